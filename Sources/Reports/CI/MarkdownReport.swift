internal import Facts
package import Verdicts

/// A run as Markdown for a CI job's summary page: what failed first, and never more than the page takes.
package struct MarkdownReport: Sendable {
    private let record: RunRecord

    /// GitHub drops a step's summary of more than 1 MiB, and drops some a little smaller without a word.
    static let largestText = 900 * 1024

    package init(_ record: RunRecord) { self.record = record }

    package var text: String {
        let sections = [head, failures, causes, chains, leftovers, notes]
        var text = ""
        for section in sections where !section.isEmpty {
            var lines = section
            let room = Self.largestText - text.utf8.count - 200
            while lines.reduce(0, { $0 + $1.utf8.count + 1 }) > room, !lines.isEmpty { lines.removeLast(max(1, lines.count / 4)) }
            text += lines.joined(separator: "\n") + "\n"
            if lines.count < section.count {
                text += "\n\(section.count - lines.count) lines are left out here; run.json has all.\n"
            }
            text += "\n"
        }
        return text
    }

    private var head: [String] {
        let status = record.exitStatus
        var lines = [
            "## \(status.lookingLike.glyph(unicode: true)) \(Self.escaped(record.scenario)): \(status.word)", "",
            "\(VerdictCounts(record).sentence). Exit code \(status.rawValue): \(status.meaning).", "",
        ]
        if let reason = record.stopReason { lines += ["Stopped: \(Self.escaped(reason))", ""] }
        lines += record.headerNotes.map { "> \(Self.escaped($0))" }
        let site = Self.escaped(record.cluster ?? "no cluster was reached") + (record.lab.map { ", \($0.rawValue)" } ?? "")
        lines.append(
            "plumbline \(Self.escaped(record.toolVersion)), run `\(Self.code(record.id))`, \(site), "
                + "\(record.started.seconds)Z, \(record.ended.since(record.started).shortText)")
        return lines
    }

    private var failures: [String] {
        let found = record.findings.filter { $0.verdict == .fail } + record.findings.filter { $0.verdict == .inconclusive }
        guard !found.isEmpty else { return [] }
        let rows = found.map { finding in
            let next = finding.judgement?.next.map { "`\(Self.code($0, inTable: true))`" } ?? ""
            return "| \(finding.verdict.glyph(unicode: true)) \(finding.verdict.word) | \(Self.escaped(finding.key.check.text)) "
                + "| \(Self.escaped(finding.key.subject.description)) | \(Self.escaped(finding.sentence)) | \(next) |"
        }
        return ["| verdict | check | subject | what was seen | next |", "|---|---|---|---|---|"] + rows
    }

    private var causes: [String] {
        record.diagnoses.map { diagnosis in
            let ruledOut = diagnosis.ruledOut.map { " Ruled out: \(Self.escaped($0))" }.joined()
            let next = diagnosis.next.map { " Next: `\(Self.code($0))`" } ?? ""
            return "- **\(Self.escaped(diagnosis.sentence))** (\(Self.escaped(diagnosis.code)))\(ruledOut)\(next)"
        }
    }

    /// The identity row and the chain of each pod in one line: `pod claim ✓ → … node truth ✗`.
    private var chains: [String] {
        guard !record.chains.isEmpty else { return [] }
        let rows = record.chains.map { chain in
            let links = chain.links.map { "\(Self.escaped($0.witness)) \($0.verdict.glyph(unicode: true))" }
            let vf = [chain.pf?.printed, chain.vfIndex.map { "VF \($0)" }].compactMap { $0 }.joined(separator: " ").orDash
            let cells = [
                chain.pod.name, chain.node?.text ?? "-", vf, chain.mac?.description ?? "-", chain.address?.description ?? "-",
                chain.port?.printed ?? "-",
            ]
            return "| " + cells.map(Self.escaped).joined(separator: " | ") + " | \(links.joined(separator: " → ")) |"
        }
        return ["| pod | node | VF | MAC | address | port | chain |", "|---|---|---|---|---|---|---|"] + rows
    }

    private var leftovers: [String] {
        guard !record.leftovers.isEmpty else { return [] }
        let listed = record.leftovers.map { "- \(Self.escaped($0.description))" }
        return ["Left in the cluster, to be removed by `plumbline cleanup --run \(Self.code(record.id))`:", ""] + listed
    }

    private var notes: [String] {
        let all = record.notes + record.findings.flatMap { $0.judgement?.notes ?? [] }
        return all.map { "- note: \(Self.escaped($0.sentence)) (\(Self.escaped($0.code)))" }
    }

    /// One line in which nothing is markup.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in PlainText.line(text) {
            switch character {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!", "@": result += "\\\(character)"
            default: result.append(character)
            }
        }
        return result
    }

    /// One line for a code span, where only the back-tick means something, and in a table the cell's end.
    static func code(_ text: String, inTable: Bool = false) -> String {
        PlainText.line(text).map { $0 == "`" ? "'" : $0 == "|" && inTable ? "\\|" : String($0) }.joined()
    }
}
