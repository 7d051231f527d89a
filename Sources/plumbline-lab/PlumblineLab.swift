internal import ArgumentParser

struct PlumblineLab: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plumbline-lab",
        abstract:
            "A site to try things on: an HTTPS Kubernetes API and real SSH in front of simulated nodes and switches, or of true kernels.",
        subcommands: [UpCommand.self, ExecCommand.self, PrepareCommand.self, RecordCommand.self, ListCommand.self]
    )
}
