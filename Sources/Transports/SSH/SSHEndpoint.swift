/// One SSH endpoint as the user's ssh configuration resolves it.
///
/// - Source: `ssh -G HOST` (ssh(1), ssh_config(5)), keys in lower case, one `key value` a line.
package struct SSHEndpoint: Sendable, Hashable {
    /// The name that was asked for.
    package let alias: String
    /// Name or address to connect to; the alias itself where nothing else is configured.
    package var hostName: String
    package var port: Int
    package var user: String
    /// Private keys in the order to try, `~` and tokens expanded; files that do not exist are among them.
    package var identityFiles: [String]
    /// Socket of the agent; `nil` when none is to be asked.
    package var identityAgent: String?
    /// Only keys that `identityFiles` name are to be tried.
    package var identitiesOnly: Bool
    package var userKnownHostsFiles: [String]
    package var globalKnownHostsFiles: [String]
    /// Looked up in known_hosts instead of the host name; `nil` for none.
    package var hostKeyAlias: String?
    /// `user@host:port` hops, first one first; empty for none.
    package var proxyJump: [String]
    /// A shell command whose standard streams are the connection, tokens expanded; `nil` for none.
    package var proxyCommand: String?
    /// `nil` where the configuration says `none`.
    package var connectTimeout: Duration?
    /// `nil` where the configuration says 0.
    package var serverAliveInterval: Duration?
    /// `any`, `inet` or `inet6`.
    package var addressFamily: String
    /// Algorithm lists as ssh itself would offer them, best first.
    package var keyExchangeAlgorithms: [String]
    package var hostKeyAlgorithms: [String]
    package var ciphers: [String]
    package var macs: [String]
    /// Signature algorithms for the user's keys.
    package var publicKeyAlgorithms: [String]

    /// An endpoint as ssh would take it with no configuration at all, but for what is given.
    package init(alias: String, hostName: String, port: Int = 22, user: String) {
        self.alias = alias
        self.hostName = hostName
        self.port = port
        self.user = user
        identityFiles = []
        identitiesOnly = false
        userKnownHostsFiles = []
        globalKnownHostsFiles = []
        proxyJump = []
        addressFamily = "any"
        keyExchangeAlgorithms = []
        hostKeyAlgorithms = []
        ciphers = []
        macs = []
        publicKeyAlgorithms = []
    }
}
