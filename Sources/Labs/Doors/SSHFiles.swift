internal import Foundation
internal import Subprocess
internal import SystemPackage

/// The keys and configurations of a site's SSH, in one private folder.
struct SSHFiles: Sendable {
    let directory: String
    /// Who logs in.
    var user = NSUserName()

    var configuration: String { directory + "/ssh_config" }
    var serverConfiguration: String { directory + "/sshd_config" }
    var log: String { directory + "/sshd.log" }
    var identity: String { directory + "/id_ed25519" }
    private var knownHosts: String { directory + "/known_hosts" }
    var authorizedKeys: String { directory + "/authorized_keys" }

    static let keyMaker = "/usr/bin/ssh-keygen"

    func hostKey(_ host: String) -> String { "\(directory)/host_\(host)" }

    /// Adds a line to the servers' log.
    func note(_ line: String) {
        guard let handle = FileHandle(forWritingAtPath: log) else { return }
        handle.seekToEndOfFile()
        handle.write(Data((line + "\n").utf8))
    }

    /// One throwaway key for the client and one for each host.
    ///
    /// - Returns: the public keys (`ssh-ed25519 AAAA…`) of the hosts, by name.
    func makeKeys(hosts: [String]) async throws -> [String: String] {
        try await withThrowingTaskGroup(of: Void.self) { group in
            // A few at a time: one process each.
            for (index, path) in ([identity] + hosts.map(hostKey)).enumerated() {
                if index >= 8 { try await group.next() }
                group.addTask { try await Self.makeKey(at: path) }
            }
            try await group.waitForAll()
        }
        var keys: [String: String] = [:]
        for host in hosts { keys[host] = try publicKey(of: hostKey(host)) }
        return keys
    }

    private static func makeKey(at path: String) async throws {
        let result = try await Subprocess.run(
            .path(FilePath(keyMaker)), arguments: ["-q", "-t", "ed25519", "-N", "", "-C", "plumbline-lab", "-f", .init(path)],
            output: .discarded, error: .string(limit: 4096))
        guard result.terminationStatus.isSuccess else {
            throw LabError("ssh-keygen made no key at \(path): \(result.standardError)")
        }
    }

    func publicKey(of path: String) throws -> String {
        let text = try String(contentsOfFile: path + ".pub", encoding: .utf8)
        return text.split(separator: " ").prefix(2).joined(separator: " ")
    }

    /// Writes what the servers and the clients read.
    func write(ports: [String: Int], keys: [String: String]) throws {
        let client = try publicKey(of: identity)
        try (client + "\n").write(toFile: authorizedKeys, atomically: false, encoding: .utf8)
        try serverText.write(toFile: serverConfiguration, atomically: false, encoding: .utf8)
        try "".write(toFile: log, atomically: false, encoding: .utf8)
        let hosts = ports.keys.sorted()
        let known = hosts.map { "[127.0.0.1]:\(ports[$0] ?? 0) \(keys[$0] ?? "")\n" }.joined()
        try known.write(toFile: knownHosts, atomically: false, encoding: .utf8)
        let blocks = hosts.map { "Host \($0)\n  HostName 127.0.0.1\n  Port \(ports[$0] ?? 0)\n\n" }.joined()
        try (blocks + clientText).write(toFile: configuration, atomically: false, encoding: .utf8)
        // sshd refuses to run as root without this folder, which Debian's start script would have made.
        if geteuid() == 0 { mkdir("/run/sshd", 0o755) }
    }

    private var serverText: String {
        """
        AllowUsers \(NSUserName())
        AuthenticationMethods publickey
        PermitRootLogin prohibit-password
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        UsePAM no
        StrictModes no
        UseDNS no
        PrintMotd no
        PrintLastLog no
        X11Forwarding no
        AllowTcpForwarding no
        AllowAgentForwarding no
        PermitUserRC no
        MaxSessions 64
        LogLevel ERROR
        # Debian's bash reads .bashrc under sshd unless it takes itself for an inner shell.
        SetEnv SHLVL=1

        """
    }

    private var clientText: String {
        """
        Host *
          User \(user)
          IdentityFile \(identity)
          IdentitiesOnly yes
          UserKnownHostsFile \(knownHosts)
          GlobalKnownHostsFile /dev/null
          StrictHostKeyChecking yes
          PreferredAuthentications publickey

        """
    }
}
