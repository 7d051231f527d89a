internal import ArgumentParser
internal import Dialects
internal import Documents
internal import Facts
internal import Foundation

/// `plumbline parse --as PLATFORM/TABLE [FILE]`: one dialect, from a file or stdin to JSON lines.
struct ParseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Reads one output of a device, node, pod or API object and prints its rows as JSON lines.",
        discussion: """
            `plumbline list dialects` shows what can be read. Rows go to standard output, one JSON object a line, in the \
            order of the table. Lines that are neither row nor furniture are named on standard error, and the exit status \
            is then 1; so it is where the text is another platform's or a device's error text.
            """)

    @Option(name: .customLong("as"), help: ArgumentHelp("Which table it is, as junos/mac-table.", valueName: "platform/table"))
    var dialect: String

    @Argument(help: "The output, as captured or pasted; standard input if left out or '-'.", completion: .file())
    var file: String?

    func validate() throws {
        guard DialectCatalogue.entry(named: dialect) == nil else { return }
        let names = DialectCatalogue.all.map(\.name)
        let hint = Spelling.nearest(to: dialect, among: names).map { "did you mean '\($0)'?" }
        throw ValidationError(
            "There is no dialect '\(dialect)'; \(hint ?? "`plumbline list dialects` shows them all.")")
    }

    func run() throws {
        guard let entry = DialectCatalogue.entry(named: dialect) else { throw ExitCode(ExitStatusCode.usage) }
        let table: ParsedTable
        do {
            table = try entry.parse(try text())
        } catch let error as DialectError {
            Self.tell("plumbline: \(dialect): \(error)")
            throw ExitCode(ExitStatusCode.unread)
        }
        let rows = table.rows.map { $0.compactText + "\n" }.joined()
        try FileHandle.standardOutput.write(contentsOf: Data(rows.utf8))
        guard !table.unread.isEmpty else { return }
        let count = table.unread.count
        Self.tell("plumbline: \(dialect): \(count) \(count == 1 ? "line" : "lines") could not be read:")
        for line in table.unread { Self.tell("  \(line)") }
        throw ExitCode(ExitStatusCode.unread)
    }

    /// Bytes that are not UTF-8 become U+FFFD: a capture may hold anything.
    private func text() throws -> String {
        guard let file, file != "-" else {
            return String(decoding: try FileHandle.standardInput.readToEnd() ?? Data(), as: UTF8.self)
        }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ValidationError("'\(file)' cannot be read: no such file, or no right to read it.")
        }
        return String(decoding: data, as: UTF8.self)
    }

    private static func tell(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }

    private enum ExitStatusCode {
        static let unread: Int32 = 1
        static let usage: Int32 = 64
    }
}
