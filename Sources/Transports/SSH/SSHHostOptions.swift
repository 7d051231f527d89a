/// What a profile or a scenario says about one host, over the user's ssh configuration.
package struct SSHHostOptions: Sendable, Hashable {
    /// Name or address to connect to; `nil` leaves it to the configuration, as everywhere here.
    package var hostName: String?
    package var port: Int?
    package var user: String?
    /// Path of a private key, tried before those of the configuration.
    package var identityFile: String?
    /// Hops as for `ssh -J`, first one first; empty for none whatever the configuration says.
    package var proxyJump: [String]?
    /// A shell command whose standard streams are the connection.
    package var proxyCommand: String?
    /// For the key files of this host; else the run's.
    package var passphrase: SecretReference?
    /// Tried after all keys; else the run's.
    package var password: SecretReference?
    /// Over the system's `ssh` from the start, rather than where libssh2 turns out not to do.
    package var usesSystemSSH = false

    package init(
        hostName: String? = nil, port: Int? = nil, user: String? = nil, identityFile: String? = nil, proxyJump: [String]? = nil,
        passphrase: SecretReference? = nil, password: SecretReference? = nil
    ) {
        self.passphrase = passphrase
        self.password = password
        self.hostName = hostName
        self.port = port
        self.user = user
        self.identityFile = identityFile
        self.proxyJump = proxyJump
    }

    /// As options of ssh, which go before every file. Given to `ssh -G`, so that `Match` blocks see them too.
    var arguments: [String] {
        var arguments: [String] = []
        let add = { (key: String, value: String?) in
            if let value { arguments += ["-o", "\(key)=\(value)"] }
        }
        add("HostName", hostName)
        add("Port", port.map { "\($0)" })
        add("User", user)
        add("IdentityFile", identityFile)
        add("ProxyJump", proxyJump.map { $0.isEmpty ? "none" : $0.joined(separator: ",") })
        // ssh takes whichever of the two comes first, and ProxyJump is the one that is gone through by libssh2.
        if proxyJump == nil { add("ProxyCommand", proxyCommand) }
        return arguments
    }
}
