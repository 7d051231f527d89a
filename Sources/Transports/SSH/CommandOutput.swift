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
    /// Who carried it; said in the evidence.
    package var transport: Transport

    package enum Transport: String, Sendable, Hashable {
        case libssh2
        /// The system's `ssh` with a control connection, for a host that libssh2 cannot speak to.
        case systemSSH = "ssh"
    }

    package init(stdout: [UInt8], stderr: [UInt8], exit: ExitState, transport: Transport = .libssh2) {
        self.transport = transport
        self.stdout = stdout
        self.stderr = stderr
        self.exit = exit
    }
}
