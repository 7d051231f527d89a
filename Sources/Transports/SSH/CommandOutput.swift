/// What one remote command answered.
package struct CommandOutput: Sendable, Hashable {
    /// How a command ended, as the other side stated it.
    package enum ExitState: Sendable, Hashable {
        /// The exit status of the command, 0 to 255.
        case code(Int)
        /// The signal that ended the command, without `SIG`: `TERM`, `KILL` (RFC 4254 §6.10).
        case signal(String)
        /// Nothing was said about it: a pty shell, or a device that closes the channel without a word.
        case unstated
    }

    /// What came on standard output, byte for byte. Empty means that the command ended and wrote nothing.
    package var stdout: [UInt8]
    /// What came on standard error; always empty where the device has one stream only (pty shell).
    package var stderr: [UInt8]
    package var exit: ExitState
    /// What carried it; said in the evidence.
    package var transport: Transport
    /// Why it was not an exec channel over libssh2, as a sentence about the host; `nil` where it was.
    package var transportReason: String?

    /// Both in one line, as evidence says it.
    package var carrier: String { transport.rawValue + (transportReason.map { ": \($0)" } ?? "") }

    package enum Transport: String, Sendable, Hashable {
        /// A channel of its own.
        case exec = "an exec channel of libssh2"
        /// Typed into a shell on a pty, for a device without exec channels.
        case shell = "a shell on a pty of libssh2"
        /// The system's `ssh` with a control connection, for a host that libssh2 cannot speak to.
        case systemSSH = "the system's ssh"
    }

    package init(
        stdout: [UInt8], stderr: [UInt8], exit: ExitState, transport: Transport = .exec, transportReason: String? = nil
    ) {
        self.stdout = stdout
        self.stderr = stderr
        self.exit = exit
        self.transport = transport
        self.transportReason = transportReason
    }
}
