internal import Archives
internal import Facts
internal import Foundation
internal import Reports
internal import Verdicts

/// The reports that lie in a run's folder, made from its record and its evidence.
struct ReportFiles {
    let record: RunRecord
    let folder: RunFolder

    /// Writes `run.json`, `junit.xml` and `report.html`.
    ///
    /// - Parameter junitCopy: one more place for the JUnit report, as `--junit` names it.
    /// - Returns: where they are, for the summary.
    func write(junitCopy: String?) throws(ArchiveError) -> ReportPlaces {
        try folder.write(JSONReport.text(record), to: "run.json")
        try folder.write(junit, to: "junit.xml")
        try folder.write(page(), to: "report.html")
        var files = ["run.json", "junit.xml", "report.html"].map { "\(folder.path)/\($0)" }
        if let junitCopy {
            try RunFolder.write(junit, toPath: junitCopy)
            files.append(junitCopy)
        }
        return ReportPlaces(folder: folder.path, files: files)
    }

    var junit: String { JUnitReport(record, hostname: ProcessInfo.processInfo.hostName, folder: folder.path).text }

    /// The page; an exchange whose file is gone or was changed is left out of it, its link stays.
    func page() throws(ArchiveError) -> String {
        let run = try StoredRun(folder.path, under: folder.path)
        let wanted = Set(HTMLReport.wantedEvidence(record))
        var excerpts: [EvidenceExcerpt] = []
        for file in record.evidence where wanted.contains(file.id) {
            do throws(ArchiveError) {
                excerpts.append(Self.excerpt(file.id, try run.evidence(at: file)))
            } catch {
                Console.err("\(error)\n")
            }
        }
        return HTMLReport(record, evidence: excerpts).text
    }

    static func excerpt(_ id: EvidenceID, _ capture: Capture) -> EvidenceExcerpt {
        let exchange = capture.exchange
        let errors = exchange.errorText
        return EvidenceExcerpt(
            id: id, sent: exchange.sent,
            outcome: exchange.outcome.text + (exchange.transport.map { ", over \($0)" } ?? ""),
            text: errors.isEmpty ? exchange.text : "\(exchange.text)\n(standard error)\n\(errors)")
    }
}
