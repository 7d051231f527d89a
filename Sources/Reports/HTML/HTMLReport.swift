package import Facts
package import Verdicts

/// A run as one page that opens from disk: no script, no network, nothing beside it but links into the run's own `evidence/`.
/// It stays under 5 MB for a thousand pods and any amount of evidence: what is cut says so.
package struct HTMLReport: Sendable {
    let record: RunRecord
    let evidence: [EvidenceID: EvidenceExcerpt]
    /// Positions in `record.findings` by key, for links.
    let positions: [Finding.Key: Int]

    /// Lanes, and rows of the matrices, that are drawn; beyond, only what is not whole.
    static let largestDrawing = 60
    static let largestMatrix = 10_000

    /// - Parameter evidence: what to show of the exchanges that `wantedEvidence` names; a missing one is a link only.
    package init(_ record: RunRecord, evidence: [EvidenceExcerpt] = []) {
        self.record = record
        self.evidence = Dictionary(evidence.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        positions = Dictionary(
            record.findings.enumerated().map { ($0.element.key, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// The exchanges that the page shows inline: those behind everything that did not pass, each once, sorted.
    package static func wantedEvidence(_ record: RunRecord) -> [EvidenceID] {
        let failed = record.findings.filter { $0.verdict == .fail || $0.verdict == .inconclusive }
        let ids = failed.flatMap { $0.judgement?.evidence ?? [] } + record.diagnoses.flatMap(\.evidence)
        return Set(ids).sorted()
    }

    /// The whole page.
    package var text: String {
        var writer = MarkupWriter(prologue: "<!DOCTYPE html>")
        writer.element("html", [("lang", "en")]) { writer in
            writer.element("head") { writer in
                writer.empty("meta", [("charset", "utf-8")])
                writer.empty("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")])
                writer.empty(
                    "meta",
                    [
                        ("http-equiv", "Content-Security-Policy"),
                        ("content", "default-src 'none'; style-src 'unsafe-inline'"),
                    ])
                writer.leaf("title", [], "\(record.scenario): \(record.exitStatus.word)")
                writer.element("style") { $0.verbatim(HTMLStyle.sheet) }
            }
            writer.element("body") { writer in
                writeVerdictBar(&writer)
                writer.element("main") { writer in
                    writeDiagnoses(&writer)
                    writeLanes(&writer)
                    writeMatrices(&writer)
                    writeCards(&writer)
                    writeSkipped(&writer)
                    writeNotes(&writer)
                    writeObjects(&writer)
                }
            }
        }
        return writer.text
    }

    private func writeVerdictBar(_ writer: inout MarkupWriter) {
        let status = record.exitStatus
        let look = status.lookingLike
        writer.element("header", [("class", look.rawValue)]) { writer in
            writer.leaf("h1", [], "\(look.glyph(unicode: true)) \(record.scenario): \(status.word)")
            writer.leaf("p", [("class", "counts")], VerdictCounts(record).sentence)
            writer.leaf("p", [], "Exit code \(status.rawValue): \(status.meaning)")
            if let reason = record.stopReason { writer.leaf("p", [("class", "reason")], "Stopped: \(reason)") }
            for note in record.headerNotes { writer.leaf("p", [("class", "reason")], "! \(note)") }
            writer.element("dl") { writer in
                for (name, value) in facts {
                    writer.leaf("dt", [], name)
                    writer.leaf("dd", [], value)
                }
            }
        }
    }

    private var facts: [(String, String)] {
        [
            ("Scenario file", record.scenarioFile), ("Site", record.cluster ?? "no cluster was reached"),
            ("Simulated", record.lab.map { "yes, this site is \($0.rawValue)" } ?? "no"), ("Run", record.id),
            ("Began", record.started.seconds + "Z"), ("Took", record.ended.since(record.started).shortText),
            ("plumbline", record.toolVersion),
        ]
    }

    /// A section with its heading; nothing at all when `isShown` is false.
    func section(
        _ title: String, id: String, isShown: Bool, _ writer: inout MarkupWriter, _ content: (inout MarkupWriter) -> Void
    ) {
        guard isShown else { return }
        writer.element("section", [("id", id)]) { writer in
            writer.leaf("h2", [], title)
            content(&writer)
        }
    }

    /// `✗ fail`, with the colour of the verdict.
    func badge(_ verdict: Verdict, _ writer: inout MarkupWriter) {
        writer.leaf("span", [("class", "badge \(verdict.rawValue)")], "\(verdict.glyph(unicode: true)) \(verdict.word)")
    }

    /// A link to the finding's card, or its name where it has none.
    func reference(_ key: Finding.Key, _ writer: inout MarkupWriter) {
        guard let position = positions[key], hasCard(record.findings[position]) else {
            return writer.leaf("span", [("class", "key")], key.description)
        }
        writer.leaf("a", [("class", "key"), ("href", "#f\(position)")], key.description)
    }

    func hasCard(_ finding: Finding) -> Bool { finding.verdict == .fail || finding.verdict == .inconclusive }
}
