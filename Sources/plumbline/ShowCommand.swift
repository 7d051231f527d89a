internal import Archives
internal import ArgumentParser
internal import Facts
internal import Reports
internal import Verdicts

/// `plumbline show RUN`: a stored run again, in any format, with no cluster.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows a stored run in any format; contacts nothing.",
        discussion: """
            The exit code says whether the run could be shown, not how it went: 0, or 64 where there is no such run. Of a run that \
            was killed before its reports were written, what its journal and its evidence say is shown.
            """)

    @Argument(help: ArgumentHelp("The run: its id, the path of its folder, or 'last'.", valueName: "run"))
    var name = "last"

    @Option(help: "Where the runs' folders are.")
    var reports = "reports"

    @Option(name: [.customShort("o"), .long], help: "text, short, json, ndjson, junit, html or markdown.")
    var output: ShowFormat = .text

    @Option(help: "Shows one exchange instead, by its number, as text; the file in evidence/ has every byte.")
    var evidence: Int?

    func run() throws {
        do {
            let stored = try StoredRun(name, under: reports)
            if let evidence {
                Console.out(try Self.exchange(EvidenceID(evidence), of: stored))
            } else if let text = try stored.recordText() {
                Console.out(try render(JSONReport.record(parsing: text), stored))
            } else {
                Console.out(try Self.unfinished(stored))
            }
        } catch {
            Console.err("\(error)\n")
            throw ExitCode(ExitStatus.usage.rawValue)
        }
    }

    private func render(_ record: RunRecord, _ stored: StoredRun) throws(ArchiveError) -> String {
        let files = ReportFiles(record: record, folder: stored.folder)
        switch output {
        case .text:
            let places = ReportPlaces(folder: stored.folder.path, files: try stored.reportFiles())
            return TerminalReport(record, places: places, style: Console.style(isError: false)).text
        case .short: return ShortReport(record).text
        case .json: return JSONReport.text(record)
        case .ndjson: return EventLines.replayed(record).map { $0 + "\n" }.joined()
        case .junit: return files.junit
        case .html: return try files.page()
        case .markdown: return MarkdownReport(record).text
        }
    }

    private static func exchange(_ id: EvidenceID, of stored: StoredRun) throws(ArchiveError) -> String {
        ReportFiles.excerpt(id, try stored.evidence(id)).page
    }

    /// A run that was killed: what it was, what it may have left, what it had captured.
    private static func unfinished(_ stored: StoredRun) throws(ArchiveError) -> String {
        let journal = try stored.journal()
        var text = "\(stored.folder.id) has no run.json: it was killed, or it is still going on\n"
        if let start = journal.start {
            text += "  scenario \(start.scenario) (\(start.scenarioFile)) on \(start.server ?? "no cluster")\n"
        }
        let pending = journal.pendingObjects
        for object in pending { text += "  may be in the cluster: \(object.object) (\(object.state.rawValue))\n" }
        if !pending.isEmpty { text += "  plumbline cleanup --run \(stored.folder.id) removes them\n" }
        if !journal.unreadLines.isEmpty {
            text += "  the journal is damaged at line \(journal.unreadLines.map(String.init).joined(separator: ", "))\n"
        }
        return text + "  captured answers in \(stored.folder.path)/evidence: \(try stored.evidenceFiles().count)\n"
    }
}

/// `show --output`.
enum ShowFormat: String, ExpressibleByArgument, CaseIterable {
    case text, short, json, ndjson, junit, html, markdown
}
