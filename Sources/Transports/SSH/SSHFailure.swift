/// Why no answer came from a host.
package struct SSHFailure: Error, Hashable, Sendable {
    /// The host as it was asked for.
    package let host: String
    /// Address and port that were spoken to, `192.0.2.7:22`; `nil` when it never came so far.
    package let address: String?
    package let cause: Cause

    package init(host: String, address: String? = nil, cause: Cause) {
        self.host = host
        self.address = address
        self.cause = cause
    }

    /// How far a connection had come.
    package enum Stage: String, Hashable, Sendable {
        case nameLookup = "looking up its name"
        case connecting = "connecting"
        case banner = "waiting for its SSH banner"
        case keyExchange = "exchanging keys"
        case authentication = "logging in"
        case channel = "opening a channel"
    }

    /// What was being done on an open connection.
    package enum Activity: String, Hashable, Sendable {
        case loggingIn = "logging in"
        /// Nothing of the command had been sent.
        case openingChannel = "opening a channel"
        case startingCommand = "starting the command"
        case readingAnswer = "reading the answer"
        case awaitingExit = "awaiting the exit status"
        case waitingForTurn = "waiting for its turn"
    }

    package enum Cause: Hashable, Sendable {
        /// `ssh -G` gave no usable answer for the host; the text says what it gave.
        case configuration(String)
        case unresolved(name: String, reason: String)
        case refused
        case noRoute(String)
        case timedOut(Stage, after: Duration)
        /// The connection was accepted and closed before a banner, as `MaxStartups` and TCP wrappers do.
        case closedBeforeBanner
        /// A banner came and nothing after it.
        case bannerOnly(banner: String)
        /// Something answered that is no SSH server.
        case notSSH(firstBytes: String)
        /// No algorithm in common. `kind` is `key exchange`, `host key`, `cipher` or `MAC`.
        case noCommonAlgorithm(kind: String, ours: [String], theirs: [String])
        /// The key exchange ended otherwise; the text is what the library or the server said.
        case keyExchange(String)
        /// No line for this host and this type of key. `knownTypes` are types for which it has lines.
        case hostKeyUnknown(type: String, fingerprint: String, files: [String], knownTypes: [String])
        case hostKeyChanged(type: String, fingerprint: String, file: String, line: Int)
        case hostKeyRevoked(type: String, fingerprint: String, file: String, line: Int)
        /// The host is known only through a certificate authority, and showed no certificate of it.
        case hostKeyAuthority(type: String, fingerprint: String, file: String, line: Int)
        /// Nothing that was tried was accepted. `offered` is what the server would take; empty when it did not say.
        case authentication(user: String, offered: [String], tried: [String])
        /// The host on the way there could not be reached, or did not go on from there.
        indirect case jumpHost(SSHFailure)
        /// A jump host would not connect to the next one.
        case forwardRefused(target: String, reason: String)
        /// The configured ProxyCommand ended without a connection. `said` is what it wrote to standard error.
        case proxyCommand(String, said: String)
        /// The system's ssh, used as second transport, gave no connection and its words are not known here.
        case systemSSH(said: String)
        /// The server opened no channel.
        case channelRefused(String)
        /// The server opened a channel and would not start the command on it.
        case commandRefused(command: String)
        /// The server took the command and showed its prompt in place of an answer.
        case promptInstead(String)
        /// A device's shell showed no prompt twice alike. `seen` is the line that stood there at the end.
        case noPrompt(seen: String, after: Duration)
        /// A device's shell waits at a pager, which is not answered. `refused` is a preparing command that it did not take, with its
        /// words; `nil` when it took all.
        case pager(String, refused: String?)
        /// The connection ended while something was awaited. `bytesSoFar` counts what had come of the answer.
        case dropped(Activity, bytesSoFar: Int, reason: String)
        case commandDeadline(command: String, after: Duration, bytesSoFar: Int)
        case outputTooLong(command: String, limitBytes: Int)
        /// The task that waited was cancelled.
        case cancelled
        /// The connections were closed while this one was wanted.
        case closed
    }

    /// Whether another host on the way there is to blame, which is told by itself.
    var isOfJumpHost: Bool { if case .jumpHost = cause { true } else { false } }

    /// Whether the host is to be taken as unreachable from now on, rather than one command as unanswered.
    var concernsHost: Bool {
        switch cause {
        case .channelRefused, .commandRefused, .promptInstead, .dropped, .commandDeadline, .outputTooLong, .cancelled, .closed:
            false
        case .jumpHost(let failure): failure.concernsHost
        default: true
        }
    }
}
