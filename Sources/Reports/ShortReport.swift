internal import Facts
package import Verdicts

/// A few lines to paste into a chat or a ticket: the verdict, what failed, versions, and nothing that wraps.
package struct ShortReport: Sendable {
    private let record: RunRecord

    package init(_ record: RunRecord) { self.record = record }

    /// Each line ended by a line feed; without colours.
    package var text: String {
        let status = record.exitStatus
        var lines = [
            "\(status.lookingLike.glyph(unicode: true)) \(record.scenario) \(status.word): \(VerdictCounts(record).sentence)"
                + ", \(record.ended.since(record.started).shortText)"
        ]
        if let reason = record.stopReason { lines.append("  stopped: \(reason)") }
        let shown = record.findings.filter { $0.verdict == .fail || $0.verdict == .inconclusive }
        for finding in shown.prefix(10) {
            lines.append(
                "  \(finding.verdict.glyph(unicode: true)) \(finding.verdict.word) \(finding.key): \(finding.sentenceBesideSubject)"
            )
        }
        if shown.count > 10 { lines.append("  and \(shown.count - 10) more") }
        lines += record.diagnoses.map { "  cause: \($0.sentence)" }
        lines += record.leftovers.prefix(5).map { "  left in the cluster: \($0)" }
        let site = record.lab.map { "\($0.rawValue) site" } ?? record.cluster ?? "no cluster"
        lines.append("  plumbline \(record.toolVersion), run \(record.id), \(site), exit \(status.rawValue)")
        return lines.map { line in
            let indent = line.prefix { $0 == " " }
            return "\(indent)\(PlainText.line(line))\n"
        }.joined()
    }
}
