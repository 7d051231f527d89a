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
}

/// A question that commands answer.
package protocol CommandProbing: FactRequest {
    /// The ways to ask, best first. All are tried until one is understood.
    func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>]
    /// The container to run in; nil for the pod's only one, and for nodes and devices.
    var containerName: String? { get }
    /// Time that the command itself takes on purpose.
    var extraTime: Duration { get }
    /// Whether another container of the same pod gives the same answer: true for what belongs to the network namespace.
    var isOfWholePod: Bool { get }
    /// What to do where a program was not allowed to do this; nil where its words say it all.
    var adviceWhenRefused: String? { get }
}

extension CommandProbing {
    package var containerName: String? { nil }
    package var extraTime: Duration { .zero }
    package var isOfWholePod: Bool { false }
    package var adviceWhenRefused: String? { nil }
}

/// A question that the cluster's API answers.
package protocol ClusterProbing: FactRequest {
    var question: ClusterQuestion { get }
    func read(_ answer: ClusterAnswer) throws(DialectError) -> Answer
}
