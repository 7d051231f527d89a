internal import ArgumentParser
internal import Dialects

/// `plumbline list …`: what this build knows.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists what this build knows.", subcommands: [ListDialects.self])
}

/// `plumbline list dialects`: every table that `parse` and the checks can read.
struct ListDialects: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dialects", abstract: "Lists the tables that can be read, and how well each reader is known to fit.",
        discussion: """
            proven: tested on byte-exact output of a true device. restated: the form is taken from a public source. \
            unproven: neither.
            """)

    func run() {
        let entries = DialectCatalogue.all
        let width = entries.map(\.name.count).max() ?? 0
        for entry in entries {
            let name = entry.name.padded(to: width)
            let standing = entry.standing.rawValue.padded(to: 8)
            print("\(name)  \(standing)  \(entry.forms.joined(separator: ", "))  \(entry.commands.joined(separator: "; "))")
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
