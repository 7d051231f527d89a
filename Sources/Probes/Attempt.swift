package import Dialects
package import Facts

/// One way to ask: commands to send, in order, and the pure reading of what they answered.
package struct Attempt<Answer: Sendable>: Sendable {
    package let commands: [DeviceCommand]
    /// Given one exchange for each command, in the same order.
    package let read: @Sendable ([Exchange]) throws(DialectError) -> Answer

    init(_ commands: [DeviceCommand], read: @escaping @Sendable ([Exchange]) throws(DialectError) -> Answer) {
        self.commands = commands
        self.read = read
    }

    /// One command whose standard output a dialect reads, once it is known that the command worked.
    init(_ command: DeviceCommand, read: @escaping @Sendable (String) throws(DialectError) -> Answer) {
        self.init([command]) { exchanges throws(DialectError) in
            try read(try exchanges[0].workingText())
        }
    }
}

/// A question that commands answer.
package protocol CommandProbing: FactRequest {
    /// The ways to ask, best first. All are tried until one is understood.
    func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>]
    /// The container to run in; nil for the pod's only one, and for nodes and devices.
    var containerName: String? { get }
    /// Time that the command itself takes on purpose.
    var extraTime: Duration { get }
}

extension CommandProbing {
    package var containerName: String? { nil }
    package var extraTime: Duration { .zero }
}

/// A question that the cluster's API answers.
package protocol ClusterProbing: FactRequest {
    var question: ClusterQuestion { get }
    func read(_ answer: ClusterAnswer) throws(DialectError) -> Answer
}

extension Exchange {
    /// The standard output of a command that worked.
    ///
    /// - Throws: what its error output says when it printed nothing else: not there, not allowed, no such thing.
    func workingText() throws(DialectError) -> String {
        if output.isEmpty, !errorOutput.isEmpty || !succeeded { throw problem }
        return text
    }

    var succeeded: Bool { outcome == .exit(0) || outcome == .unstated }

    /// The error text as a kind of problem.
    ///
    /// - Source: texts of dash, bash, busybox sh, coreutils and sudo.
    var problem: DialectError {
        let words = (errorText.isEmpty ? text : errorText).split(separator: "\n").map(String.init)
        let line = words.first { !$0.allSatisfy(\.isWhitespace) } ?? "no output, \(outcome)"
        let lower = line.lowercased()
        if outcome == .exit(127) || lower.hasSuffix("not found") && !lower.contains("device") { return .commandNotFound(line) }
        if ["permission denied", "operation not permitted", "a password is required", "not in the sudoers", "must be root"]
            .contains(where: { lower.contains($0) })
        {
            return .permissionDenied(line)
        }
        if lower.contains("does not exist") || lower.contains("no such") || lower.contains("cannot find device") {
            return .noSuchSubject(line)
        }
        if ["option", "usage:", "unrecognized", "is unknown", "invalid argument"].contains(where: { lower.contains($0) }) {
            return .formNotSupported(line)
        }
        return .deviceError(line)
    }
}
