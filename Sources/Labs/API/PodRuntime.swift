/// What became of a command in a container.
package enum ExecOutcome: Sendable {
    /// It ran and ended; 128 + the signal's number where a signal ended it.
    case ended(stdout: [UInt8], stderr: [UInt8], exitCode: Int)
    /// The container has no such program. The message is the runtime's (`OCI runtime exec failed: … no such file or directory`).
    case commandNotFound(message: String)
    /// The container is not running: `container not found ("c")`.
    case notRunning
    /// The connection breaks after this much output, with no close frame and no status, as when a kubelet dies.
    case dropped(stdout: [UInt8], stderr: [UInt8])
}

/// What the API asks of the running site.
package protocol PodRuntime: Sendable {
    /// Runs a command in a container of a pod that exists and is bound to a node.
    ///
    /// The latency of the site is in the answer's time. The caller's cancellation ends the command.
    ///
    /// - Parameter stdin: everything the client sent before it closed its input; empty when it sent none.
    func exec(namespace: String, pod: String, container: String, argv: [String], stdin: [UInt8]) async -> ExecOutcome

    /// Whether a command reads its standard input: if it does, it does not end before its input does.
    func readsInput(_ argv: [String]) -> Bool

    /// Why the kubelet of a node cannot be talked to (`dial tcp 10.88.0.13:10250: connect: connection refused`); nil when it can.
    func whyUnreachable(node: String) async -> String?

    /// What the container has printed so far; nil when it has not started.
    func logs(namespace: String, pod: String, container: String) async -> String?
}

extension PodRuntime {
    /// The programs that read until the end of their input.
    package func readsInput(_ argv: [String]) -> Bool {
        switch argv.first?.split(separator: "/").last {
        case "sh"?, "ash"?, "bash"?: !argv.dropFirst().contains("-c")
        case "cat"?, "tee"?, "wc"?, "sort"?, "od"?, "hexdump"?, "md5sum"?, "xargs"?: true
        default: false
        }
    }

    /// Every kubelet answers.
    package func whyUnreachable(node: String) async -> String? { nil }
}
