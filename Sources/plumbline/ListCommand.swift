internal import ArgumentParser
internal import Checks
internal import Dialects
internal import Facts
internal import Verdicts

/// `plumbline list …`: what this build knows.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists what this build knows.", subcommands: [ListChecks.self, ListDialects.self])
}

/// `plumbline list checks`: every check, in the order of the chain.
struct ListChecks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checks",
        abstract: "Lists the checks: id, when it is judged, what it states, and what may explain its failure.")

    func run() {
        let width = CheckCatalogue.ids.map(\.description.count).max() ?? 0
        for check in CheckCatalogue.all {
            let blockers = check.blockedBy.map(\.description).joined(separator: ", ")
            print(
                "\(check.id.description.padded(to: width))  \(check.moment.rawValue.padded(to: 14))  \(check.title)"
                    + (blockers.isEmpty ? "" : " (blocked by \(blockers))"))
        }
    }
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
