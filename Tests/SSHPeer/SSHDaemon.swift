package import Foundation
internal import Glibc
internal import Subprocess
internal import SystemPackage
package import Transports

/// A real sshd on loopback with throwaway keys, and an ssh configuration that knows it as `node`.
package struct SSHDaemon: Sendable {
    package let port: Int
    package let folder: URL
    package let log: DaemonLog
    package let user: String

    package init(port: Int, folder: URL, log: DaemonLog, user: String) {
        self.port = port
        self.folder = folder
        self.log = log
        self.user = user
    }

    package var clientConfig: String { folder.appending(path: "client_config").path }
    package var knownHosts: String { folder.appending(path: "known_hosts").path }
    package func file(_ name: String) -> String { folder.appending(path: name).path }

    /// What the server's host key file says, as `type base64`.
    package func hostKey(_ type: String = "ed25519") throws -> String {
        let line = try String(contentsOfFile: file("host_\(type).pub"), encoding: .utf8)
        return line.split(separator: " ").prefix(2).joined(separator: " ")
    }

    /// Replaces the known_hosts file.
    package func know(_ lines: String) throws {
        try lines.write(toFile: knownHosts, atomically: true, encoding: .utf8)
    }

    /// Replaces the ssh configuration's block for `node`; the rest of the file stays.
    package func configure(_ options: String, address: String = "127.0.0.1", port: Int? = nil) throws {
        let text = """
            Host node
              HostName \(address)
              Port \(port ?? self.port)
              User \(user)
              IdentityFile \(file("user_ed25519"))
              IdentitiesOnly yes
              IdentityAgent none
              UserKnownHostsFile \(knownHosts)
              GlobalKnownHostsFile none
            """
        // The first value wins in ssh_config, so what a test is about goes to the top.
        try ("Host node\n" + options + "\n" + text + "\n").write(toFile: clientConfig, atomically: true, encoding: .utf8)
    }

    package func connections(_ change: (inout SSHSettings) -> Void = { _ in }) -> SSHConnections {
        var settings = SSHSettings(configPath: clientConfig)
        change(&settings)
        return SSHConnections(settings: settings)
    }
}

/// Lines that the server has written to its standard error.
package actor DaemonLog {
    package private(set) var lines: [String] = []
    private var waiting: [(text: String, continuation: CheckedContinuation<Bool, Never>)] = []
    private var hasEnded = false

    package init() {}

    package func add(_ line: String) {
        lines.append(line)
        for (index, waiter) in waiting.enumerated().reversed() where line.contains(waiter.text) {
            waiting.remove(at: index).continuation.resume(returning: true)
        }
    }

    package func end() {
        hasEnded = true
        for waiter in waiting { waiter.continuation.resume(returning: false) }
        waiting = []
    }

    /// Whether a line with this text came before the server ended.
    package func hasLine(_ text: String) async -> Bool {
        if lines.contains(where: { $0.contains(text) }) { return true }
        if hasEnded { return false }
        return await withCheckedContinuation { waiting.append((text, $0)) }
    }

    package func count(_ text: String) -> Int { lines.count { $0.contains(text) } }
}

/// Starts sshd, runs `body`, stops sshd and removes its folder.
///
/// - Parameters:
///   - options: lines for sshd_config.
///   - hostKeys: types of key that the server shows.
package func withSSHD(
    _ options: String = "", hostKeys: [String] = ["ed25519"], body: (SSHDaemon) async throws -> Void
) async throws {
    let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "plumbline-sshd-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    if getuid() == 0 { try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true) }

    for type in hostKeys { try await makeKey(folder.appending(path: "host_\(type)").path, type: type) }
    try await makeKey(folder.appending(path: "user_ed25519").path, type: "ed25519")
    try FileManager.default.copyItem(
        at: folder.appending(path: "user_ed25519.pub"), to: folder.appending(path: "authorized_keys"))

    // A port that was free when it was looked at may be taken when sshd comes.
    for attempt in 1...5 {
        let daemon = SSHDaemon(port: try freePort(), folder: folder, log: DaemonLog(), user: NSUserName())
        try daemon.write(options, hostKeys)
        do {
            return try await daemon.serve(body)
        } catch is PortTaken where attempt < 5 {
            continue
        }
    }
}

package struct PortTaken: Error {}

extension SSHDaemon {
    fileprivate func write(_ options: String, _ hostKeys: [String]) throws {
        // bash reads .bashrc under sshd, unless it takes itself for an inner shell; the account's own may be slow.
        let config = """
            \(options)
            SetEnv SHLVL=3
            Port \(port)
            ListenAddress 127.0.0.1
            ListenAddress ::1
            \(hostKeys.map { "HostKey \(file("host_\($0)"))" }.joined(separator: "\n"))
            AuthorizedKeysFile \(file("authorized_keys"))
            PidFile none
            StrictModes no
            UsePAM no
            PermitRootLogin prohibit-password
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PrintMotd no
            LogLevel VERBOSE
            """
        try config.write(toFile: file("sshd_config"), atomically: true, encoding: .utf8)
        try know("[127.0.0.1]:\(port) \(try hostKey(hostKeys[0]))\n")
        try configure("")
    }

    fileprivate func serve(_ body: (SSHDaemon) async throws -> Void) async throws {
        var platform = PlatformOptions()
        platform.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(2))]
        _ = try await Subprocess.run(
            .path("/usr/sbin/sshd"), arguments: ["-D", "-e", "-f", file("sshd_config")], platformOptions: platform,
            input: .none, output: .discarded, error: .sequence
        ) { execution in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for try await line in execution.standardError.strings() { await log.add(line) }
                    await log.end()
                }
                guard await log.hasLine("Server listening on 127.0.0.1") else {
                    if await log.count("Address already in use") > 0 { throw PortTaken() }
                    throw FixtureProblem(description: "sshd did not start: \(await log.lines)")
                }
                let result: Result<Void, any Error>
                do { result = .success(try await body(self)) } catch { result = .failure(error) }
                try? execution.send(signal: .terminate)
                group.cancelAll()
                try result.get()
            }
        }
    }
}

package struct FixtureProblem: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
}

package func makeKey(_ path: String, type: String, passphrase: String = "") async throws {
    let output = try await LocalProcess.run(
        "ssh-keygen", ["-q", "-t", type, "-N", passphrase, "-C", "test", "-f", path], deadline: .seconds(60))
    guard output.ending == .exited(0) else { throw FixtureProblem(description: output.errorText) }
}

/// A loopback port that was free a moment ago, below those that the kernel gives to callers, so that it stays free.
package func freePort() throws -> Int {
    for _ in 0..<100 {
        let port = Int.random(in: 20_000..<32_000)
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(number) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isFree = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        if isFree { return port }
    }
    throw FixtureProblem(description: "no free port on loopback")
}
