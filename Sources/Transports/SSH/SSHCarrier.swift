/// One open connection that carries commands: over libssh2, or over the system's ssh where libssh2 cannot speak to the host.
protocol SSHCarrier: Actor {
    /// How many other connections the bytes of this one go through.
    nonisolated var depth: Int { get }
    /// Whether a new command can be sent on it.
    var isUsable: Bool { get }

    /// Runs a command on a channel of its own.
    ///
    /// - Parameter watchingForPrompt: give up, with cause `promptInstead`, once a prompt stands where an answer should come.
    func run(
        _ command: String, serial: Bool, deadline: Duration, watchingForPrompt: Bool
    ) async throws(SSHFailure) -> CommandOutput
    /// Runs a command in the one shell of this connection.
    func runInShell(_ command: String, preparation: [String], deadline: Duration) async throws(SSHFailure) -> CommandOutput
    /// Says goodbye and closes the connection, within a bounded time.
    func close() async
}

extension SSHSession: SSHCarrier {
    func close() async { await close(patience: .milliseconds(500)) }
}
