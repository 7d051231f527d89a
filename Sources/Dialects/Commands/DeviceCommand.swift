/// One command as it is sent to a node, a pod or a device. Nothing outside this room can make one, so that the catalogue
/// is the whole list of what Plumbline ever sends.
package struct DeviceCommand: Hashable, Sendable, CustomStringConvertible {
    package enum Host: String, Hashable, Sendable, CaseIterable {
        /// A Kubernetes node, over SSH, in the login shell.
        case node
        /// A container, by exec, without a shell.
        case pod
        /// A switch or gateway, over SSH, in its command line or its shell.
        case device
    }

    package let host: Host
    /// The line as it is sent; for pods the words of `arguments` as one would type them.
    package let text: String
    /// The words of a pod's command; empty for nodes and devices.
    package let arguments: [String]
    /// The same line run as root without asking for a password; nil where root adds nothing.
    package let privilegedText: String?
    /// What the answer is for, to be read after "asked for": `VF lines of eno2`.
    package let purpose: String
    /// What it changes on the system: `none because …`, or traffic it sends.
    package let sideEffects: String

    /// A line for a node's shell or a device. Every part that is filled in has gone through `ShellQuoted` (nodes) or
    /// `DeviceArgument` (devices).
    init(
        host: Host, text: String, privilegedText: String? = nil, purpose: String,
        sideEffects: String = "none because it only reads"
    ) {
        self.host = host
        self.text = text
        arguments = []
        self.privilegedText = privilegedText
        self.purpose = purpose
        self.sideEffects = sideEffects
    }

    /// A command for a container. No shell reads it, so nothing needs quoting.
    init(pod arguments: [String], purpose: String, sideEffects: String = "none because it only reads") {
        host = .pod
        self.arguments = arguments
        text = arguments.map { ShellQuoted($0).text }.joined(separator: " ")
        privilegedText = nil
        self.purpose = purpose
        self.sideEffects = sideEffects
    }

    package var description: String { text }
}
