internal import ArgumentParser

@main
struct PlumblineLab: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plumbline-lab",
        abstract: "A simulated site: an HTTPS Kubernetes API and real SSH in front of simulated nodes and switches.",
        subcommands: [UpCommand.self, ExecCommand.self, ListCommand.self]
    )
}
