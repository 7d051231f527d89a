/// How to find and trust hosts, the same for all connections of a run.
package struct SSHSettings: Sendable {
    /// A file for `ssh -F`; `nil` is the user's own configuration.
    package var configPath: String?
    /// Accept whatever key a host shows. The only way to skip the check: `StrictHostKeyChecking` is not obeyed.
    package var insecureHostKeys: Bool
    /// What a profile or the scenario says about single hosts, by the name they are asked for.
    package var hosts: [String: SSHHostOptions]
    /// Where the passphrase of key files is to be had from, for hosts that say nothing else; `nil` leaves such keys to the agent.
    package var passphrase: SecretReference?
    /// Where a password is to be had from, for hosts that say nothing else; `nil` sends none.
    package var password: SecretReference?
    /// From the first packet to a host until its session is authenticated. `ConnectTimeout` of the ssh configuration goes
    /// before it.
    package var connectDeadline: Duration
    /// For a device's shell to show its prompt and take the preparing commands.
    package var shellDeadline: Duration
    /// How many connections are being opened at one moment; those that are open do not count.
    package var connectionsOpeningAtOnce: Int
    /// How many channels one connection carries at most where commands run in parallel. OpenSSH allows 10 (`MaxSessions`).
    package var channelsPerConnection: Int
    /// The most that one command may answer, both streams together, in bytes; more is a failure, not a truncated answer.
    package var outputLimitBytes: Int

    package init(
        configPath: String? = nil, insecureHostKeys: Bool = false,
        hosts: [String: SSHHostOptions] = [:], passphrase: SecretReference? = nil, password: SecretReference? = nil,
        connectDeadline: Duration = .seconds(10), shellDeadline: Duration = .seconds(15),
        connectionsOpeningAtOnce: Int = 64, channelsPerConnection: Int = 8, outputLimitBytes: Int = 64 << 20
    ) {
        self.configPath = configPath
        self.insecureHostKeys = insecureHostKeys
        self.hosts = hosts
        self.passphrase = passphrase
        self.password = password
        self.connectDeadline = connectDeadline
        self.shellDeadline = shellDeadline
        self.connectionsOpeningAtOnce = connectionsOpeningAtOnce
        self.channelsPerConnection = channelsPerConnection
        self.outputLimitBytes = outputLimitBytes
    }
}
