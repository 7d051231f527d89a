internal import ArgumentParser
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import NIOWebSocket

@main
struct PlumblineLab: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plumbline-lab",
        abstract: "A simulated site: an HTTPS Kubernetes API and real SSH in front of simulated nodes and switches."
    )
}
