internal import ArgumentParser

@main
struct Plumbline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plumbline",
        abstract: "Proves that every SR-IOV pod has its virtual function, its VLAN and its way through the switch.",
        subcommands: [
            ParseCommand.self,
            ListCommand.self,
        ]
    )
}
