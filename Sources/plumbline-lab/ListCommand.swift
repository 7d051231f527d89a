internal import ArgumentParser
internal import Labs

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists what there is, one a line.", subcommands: [Sites.self])

    struct Sites: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The sites that can be brought up by name.")

        func run() {
            for name in SiteLibrary.names { print(name) }
        }
    }
}
