internal import Facts
internal import Verdicts

extension TerminalReport {
    /// One line per check and subject.
    var checkList: [String] {
        guard !record.findings.isEmpty else { return [] }
        let folds = record.findings.count > Self.largestFullList
        let listed = folds ? record.findings.filter { $0.verdict != .pass } : record.findings
        let checkWidth = record.findings.map(\.key.check.text.count).max() ?? 0
        let subjectWidth = min(40, listed.map(\.key.subject.description.count).max() ?? 0)
        var lines = [style.paint("Checks", .bold)]
        if folds { lines += foldedPasses(checkWidth: checkWidth) }
        for finding in listed {
            let verdict = finding.verdict
            let mark = style.mark(verdict.glyph(unicode: style.unicode), verdict.word, verdict.colour)
            let subject = PlainText.line(finding.key.subject.description).padded(to: subjectWidth)
            let head = "  \(mark) \(finding.key.check.text.padded(to: checkWidth))  \(subject)  "
            let width = 2 + TerminalStyle.markColumns + 1 + checkWidth + 2 + subject.count + 2
            lines += style.wrapped(
                head, headWidth: width, finding.sentenceBesideSubject + (finding.isPrerequisite ? " (prerequisite)" : ""))
        }
        return lines
    }

    /// The passed findings of a large run, one line a check.
    private func foldedPasses(checkWidth: Int) -> [String] {
        var counts: [(check: CheckID, count: Int)] = []
        for finding in record.findings where finding.verdict == .pass {
            if let index = counts.firstIndex(where: { $0.check == finding.key.check }) {
                counts[index].count += 1
            } else {
                counts.append((finding.key.check, 1))
            }
        }
        let mark = style.mark(Verdict.pass.glyph(unicode: style.unicode), Verdict.pass.word, Verdict.pass.colour)
        return counts.map { check, count in
            "  \(mark) \(check.text.padded(to: checkWidth))  \(count) \(count == 1 ? "subject" : "subjects")"
        }
    }

    /// Every failed finding, and every one that could not be looked at, with all that is known of it.
    var failures: [String] {
        var lines: [String] = []
        for (verdict, title) in [(Verdict.fail, "Failed"), (.inconclusive, "Could not be looked at")] {
            let findings = record.findings.filter { $0.verdict == verdict }
            guard !findings.isEmpty else { continue }
            lines.append(style.paint("\(title) (\(findings.count))", .bold))
            for finding in findings { lines += block(finding) }
        }
        return lines
    }

    private func block(_ finding: Finding) -> [String] {
        let verdict = finding.verdict
        let head = style.paint("\(verdict.glyph(unicode: style.unicode)) \(verdict.word)", verdict.colour)
        let judgement = finding.judgement
        let code = judgement.map { "  \($0.code)" } ?? ""
        var lines = ["  \(head)  \(finding.key)\(code)"]
        lines += style.wrapped("    ", finding.sentence)
        lines += field("expected", judgement?.expected)
        lines += field("seen", judgement?.seen)
        lines += field("next", judgement?.next)
        for path in paths(judgement?.evidence ?? []) { lines += field("evidence", path) }
        if finding.attempts > 1 { lines += field("looked", "\(finding.attempts) times in \(finding.duration.shortText)") }
        lines += field("stated at", finding.location)
        return lines
    }

    /// `      expected   vlan 201`; nothing where the value is nil.
    func field(_ name: String, _ value: String?) -> [String] {
        guard let value else { return [] }
        return style.wrapped("      \(name.padded(to: 9))  ", value)
    }

    /// The files of these exchanges, in the order given; an exchange without a file is named by its number.
    func paths(_ evidence: [EvidenceID]) -> [String] {
        evidence.map { id in
            record.evidence.first { $0.id == id }.map { places.path($0.path) } ?? id.description
        }
    }

    var diagnoses: [String] {
        guard !record.diagnoses.isEmpty else { return [] }
        var lines = [style.paint(record.diagnoses.count == 1 ? "Cause" : "Causes", .bold)]
        for diagnosis in record.diagnoses {
            lines += style.wrapped("  ", "\(diagnosis.sentence) (\(diagnosis.code))")
            lines += field("found by", diagnosis.cause.description)
            for sentence in diagnosis.ruledOut { lines += field("ruled out", sentence) }
            if !diagnosis.consequences.isEmpty {
                lines += field("explains", diagnosis.consequences.map(\.description).joined(separator: ", "))
            }
            lines += field("next", diagnosis.next)
            // The cause's own finding has named its evidence above.
            let named = record.findings.first { $0.key == diagnosis.cause && $0.verdict != .pass }?.judgement?.evidence ?? []
            for path in paths(diagnosis.evidence.filter { !named.contains($0) }) { lines += field("evidence", path) }
        }
        return lines
    }

    /// Notes are shown and counted and never change the exit code.
    var notes: [String] {
        let own = record.notes.map { ($0, "scenario") }
        let hung = record.findings.flatMap { finding in
            (finding.judgement?.notes ?? []).map { ($0, finding.key.description) }
        }
        guard !own.isEmpty || !hung.isEmpty else { return [] }
        let lines = (own + hung).flatMap { note, place in
            style.wrapped(style.paint("  i", .cyan) + " ", headWidth: 4, "\(note.sentence) (\(note.code), \(place))")
        }
        return [style.paint("Notes (\(own.count + hung.count))", .bold)] + lines
    }
}

extension Finding {
    /// The sentence without the subject at its start, for where the subject stands before it.
    var sentenceBesideSubject: String {
        let subject = "\(key.subject): "
        return sentence.hasPrefix(subject) ? String(sentence.dropFirst(subject.count)) : sentence
    }
}
