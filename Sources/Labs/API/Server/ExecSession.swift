internal import Facts

/// A command that has been accepted, and what its end looks like on the wire.
struct ExecSession: Sendable {
    let channel: ExecChannel
    let namespace: String
    let pod: String
    let container: String
    let argv: [String]
    let wantsStdin: Bool
    let wantsStdout: Bool
    let wantsStderr: Bool
    let isTerminal: Bool
    let runtime: any PodRuntime

    /// What goes out for an outcome: messages by channel, and whether a goodbye follows.
    struct Ending {
        /// Channel number and content, in order.
        var messages: [(channel: UInt8, content: [UInt8])] = []
        /// False: the connection breaks.
        var isClean = true
    }

    /// The longest content of one message; a true server's reach 32,769 bytes with the channel's number.
    private static let longest = 32_768

    func ending(of outcome: ExecOutcome) -> Ending {
        var ending = Ending()
        switch outcome {
        case .ended(let stdout, let stderr, let exitCode):
            add(stdout, stderr, to: &ending)
            if let status = exited(exitCode) { ending.messages.append((3, status)) }
        case .commandNotFound(let message): ending.messages.append((3, internalError(message)))
        case .notRunning:
            ending.messages.append((3, internalError("container not found (\"\(container)\")")))
        case .dropped(let stdout, let stderr):
            add(stdout, stderr, to: &ending)
            ending.isClean = false
        }
        return ending
    }

    private func add(_ stdout: [UInt8], _ stderr: [UInt8], to ending: inout Ending) {
        // A terminal has one stream, and ends its lines with CR LF.
        let output = isTerminal ? (stdout + stderr).flatMap { $0 == 0x0a ? [0x0d, 0x0a] : [$0] } : stdout
        if wantsStdout { Self.cut(output, channel: 1, into: &ending) }
        if wantsStderr, !isTerminal { Self.cut(stderr, channel: 2, into: &ending) }
    }

    private static func cut(_ content: [UInt8], channel: UInt8, into ending: inout Ending) {
        var rest = content[...]
        while !rest.isEmpty {
            ending.messages.append((channel, Array(rest.prefix(longest))))
            rest = rest.dropFirst(longest)
        }
    }

    /// What channel 3 says of an exit code; nil: nothing, which in the oldest protocol means success.
    private func exited(_ code: Int) -> [UInt8]? {
        guard code != 0 else {
            return channel.tellsStatus ? (["metadata": [:], "status": "Success"] as JSONValue).wireBytes : nil
        }
        let cause =
            channel == .version5
            ? "command terminated with exit code \(code)"
            : "error executing command [\(argv.joined(separator: " "))], exit code \(code)"
        let message = "command terminated with non-zero exit code: " + cause
        guard channel.tellsStatus else { return Array(message.utf8) }
        let status: JSONValue = [
            "metadata": [:], "status": "Failure", "message": .string(message), "reason": "NonZeroExitCode",
            "details": ["causes": [["reason": "ExitCode", "message": .string(String(code))]]],
        ]
        return status.wireBytes
    }

    /// - Parameter message: what the runtime said.
    private func internalError(_ message: String) -> [UInt8] {
        let prefix = "Internal error occurred: "
        guard channel.tellsStatus else { return Array((prefix + message).utf8) }
        // Version 5 passes through one more hand, which adds its own words.
        let cause = channel == .version5 ? prefix + message : message
        let status: JSONValue = [
            "metadata": [:], "status": "Failure", "message": .string(prefix + cause), "reason": "InternalError",
            "details": ["causes": [["message": .string(cause)]]], "code": 500,
        ]
        return status.wireBytes
    }
}
