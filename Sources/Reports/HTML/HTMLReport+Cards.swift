internal import Facts
internal import Verdicts

extension HTMLReport {
    func writeDiagnoses(_ writer: inout MarkupWriter) {
        let title = record.diagnoses.count == 1 ? "Cause" : "Causes"
        section(title, id: "causes", isShown: !record.diagnoses.isEmpty, &writer) { writer in
            for diagnosis in record.diagnoses {
                writer.element("article", [("class", "cause")]) { writer in
                    writer.leaf("h3", [], diagnosis.sentence)
                    writer.element("dl") { writer in
                        entry("Code", diagnosis.code, &writer)
                        keys("Found by", [diagnosis.cause], &writer)
                        for sentence in diagnosis.ruledOut { entry("Ruled out", sentence, &writer) }
                        keys("Explains", diagnosis.consequences, &writer)
                        command("Next", diagnosis.next, &writer)
                        links(diagnosis.evidence, &writer)
                    }
                }
            }
        }
    }

    /// A card for everything that failed or could not be looked at; the raw answers are in it, folded away.
    func writeCards(_ writer: inout MarkupWriter) {
        var budget = ExcerptBudget()
        for (verdict, title) in [(Verdict.fail, "What failed"), (.inconclusive, "What could not be looked at")] {
            let found = record.findings.enumerated().filter { $0.element.verdict == verdict }
            section(title, id: verdict.rawValue, isShown: !found.isEmpty, &writer) { writer in
                for (position, finding) in found.prefix(500) { writeCard(finding, position: position, budget: &budget, &writer) }
                if found.count > 500 { writer.leaf("p", [], "\(found.count - 500) more are in run.json.") }
            }
        }
    }

    private func writeCard(_ finding: Finding, position: Int, budget: inout ExcerptBudget, _ writer: inout MarkupWriter) {
        let judgement = finding.judgement
        writer.element("article", [("id", "f\(position)"), ("class", finding.verdict.rawValue)]) { writer in
            writer.element("p") { writer in
                badge(finding.verdict, &writer)
                writer.leaf("span", [("class", "key")], finding.key.description)
                writer.leaf("span", [("class", "title")], finding.title)
            }
            writer.leaf("h3", [], finding.sentence)
            writer.element("dl") { writer in
                if let expected = judgement?.expected { entry("Expected", expected, &writer) }
                if let seen = judgement?.seen { entry("Seen", seen, &writer) }
                if let code = judgement?.code { entry("Code", code, &writer) }
                command("Next", judgement?.next, &writer)
                if let location = finding.location { entry("Stated at", location, &writer) }
                if finding.attempts > 1 {
                    entry("Looked", "\(finding.attempts) times in \(finding.duration.shortText)", &writer)
                }
                links(judgement?.evidence ?? [], &writer)
            }
            for id in judgement?.evidence ?? [] { writeExcerpt(id, budget: &budget, &writer) }
        }
    }

    /// The raw answer, once on the page; further cards that rest on it point there.
    private func writeExcerpt(_ id: EvidenceID, budget: inout ExcerptBudget, _ writer: inout MarkupWriter) {
        guard let excerpt = evidence[id] else { return }
        if budget.hasShown(id) { return writer.leaf("a", [("href", "#e\(id.number)")], "\(id) is shown above") }
        guard let text = budget.take(excerpt) else { return }
        writer.element("details", [("id", "e\(id.number)")]) { writer in
            writer.leaf("summary", [], "\(id): \(PlainText.line(excerpt.sent)) (\(PlainText.line(excerpt.outcome)))")
            writer.leaf("pre", [], text)
        }
    }

    /// What was not judged and why, one line each.
    func writeSkipped(_ writer: inout MarkupWriter) {
        let skipped = record.findings.filter { $0.verdict == .skipped }
        section("Skipped", id: "skipped", isShown: !skipped.isEmpty, &writer) { writer in
            writer.element("ul") { writer in
                for finding in skipped.prefix(1000) {
                    writer.element("li") { writer in
                        writer.leaf("span", [("class", "key")], finding.key.description)
                        writer.leaf("span", [], finding.sentence)
                        for cause in finding.blockedBy { reference(cause, &writer) }
                    }
                }
            }
        }
    }

    func writeNotes(_ writer: inout MarkupWriter) {
        let hung = record.findings.flatMap { finding in
            (finding.judgement?.notes ?? []).map { (note: $0, place: finding.key.description) }
        }
        let all = record.notes.map { (note: $0, place: "scenario") } + hung
        section("Notes", id: "notes", isShown: !all.isEmpty, &writer) { writer in
            writer.element("ul") { writer in
                for (note, place) in all.prefix(1000) {
                    writer.leaf("li", [], "\(note.sentence) (\(note.code), \(place))")
                }
            }
        }
    }

    func writeObjects(_ writer: inout MarkupWriter) {
        section("Objects in the cluster", id: "objects", isShown: !record.created.isEmpty, &writer) { writer in
            writer.element("ul") { writer in
                for created in record.created.prefix(2000) {
                    let state =
                        created.verifiedGone
                        ? "removed and seen gone" : record.kept ? "kept, as asked" : "could not be verified gone"
                    writer.leaf("li", [], "\(created.object): \(state)" + (created.reason.map { ": \($0)" } ?? ""))
                }
            }
            if record.created.contains(where: { !$0.verifiedGone }) {
                writer.leaf("pre", [], "plumbline cleanup --run \(record.id)")
            }
        }
    }

    private func entry(_ name: String, _ value: String, _ writer: inout MarkupWriter) {
        writer.leaf("dt", [], name)
        writer.leaf("dd", [], value)
    }

    private func command(_ name: String, _ value: String?, _ writer: inout MarkupWriter) {
        guard let value else { return }
        writer.leaf("dt", [], name)
        writer.element("dd") { $0.leaf("code", [], value) }
    }

    private func keys(_ name: String, _ keys: [Finding.Key], _ writer: inout MarkupWriter) {
        guard !keys.isEmpty else { return }
        writer.leaf("dt", [], name)
        writer.element("dd") { writer in
            for key in keys.prefix(50) { reference(key, &writer) }
        }
    }

    /// Links into the run's folder, beside which the page lies.
    private func links(_ ids: [EvidenceID], _ writer: inout MarkupWriter) {
        for id in ids {
            writer.leaf("dt", [], "Evidence")
            writer.element("dd") { writer in
                if let file = record.evidence.first(where: { $0.id == id }) {
                    writer.leaf("a", [("href", file.path)], file.path)
                } else {
                    writer.leaf("span", [], id.description)
                }
            }
        }
    }
}
