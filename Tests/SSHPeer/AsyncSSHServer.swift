package import Foundation
internal import Subprocess
internal import SystemPackage
package import Transports

/// A second implementation of SSH as server: asyncssh (Debian's python3-asyncssh, or pip's), with what sshd gives only to accounts of the machine
/// (passwords) or not at all (a command line without exec).
package struct AsyncSSHServer: Sendable {
    package static var isInstalled: Bool { python != nil }

    /// The Python that has asyncssh: Debian's own, or the first on `PATH`.
    static let python: String? = {
        let folders = ["/usr/bin"] + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        return folders.map { $0 + "/python3" }.first { path in
            guard FileManager.default.isExecutableFile(atPath: path) else { return false }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: path)
            process.arguments = ["-c", "import asyncssh"]
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { return false }
            process.waitUntilExit()
            return process.terminationStatus == 0
        }
    }()

    package let port: Int
    package let folder: URL
    /// What the server has noted, one event a line.
    package let log: DaemonLog

    package var clientConfig: String { folder.appending(path: "client_config").path }
    package func file(_ name: String) -> String { folder.appending(path: name).path }

    package func configure(_ options: String = "") throws {
        try """
        Host device
          HostName 127.0.0.1
          Port \(port)
          User operator
          IdentityAgent none
          UserKnownHostsFile \(file("known_hosts"))
          GlobalKnownHostsFile none
          \(options)
        Host *
          IdentityFile none

        """.write(toFile: clientConfig, atomically: true, encoding: .utf8)
    }

    package func connections(_ change: (inout SSHSettings) -> Void = { _ in }) -> SSHConnections {
        var settings = SSHSettings(configPath: clientConfig)
        change(&settings)
        return SSHConnections(settings: settings)
    }
}

/// Starts the server, runs `body`, stops it.
///
/// - Parameter program: Python behind the imports and `note(text)`: it defines `Server` (an `asyncssh.SSHServer`) and, where
///   commands are answered, `async def process(p)`.
package func withAsyncSSH(_ program: String, body: (AsyncSSHServer) async throws -> Void) async throws {
    let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "plumbline-assh-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await makeKey(folder.appending(path: "host").path, type: "ed25519")
    let script = """
        import warnings; warnings.simplefilter('ignore')
        import asyncio, asyncssh, sys
        def note(text): print(text, flush=True)
        async def process(p):
            p.stdout.write('ran ' + (p.command or 'a shell') + '\\n'); p.exit(0)
        \(program)
        async def main():
            server = await asyncssh.create_server(
                Server, '127.0.0.1', 0, server_host_keys=[sys.argv[1]], process_factory=process, line_editor=False)
            note('listening %d' % server.sockets[0].getsockname()[1])
            await asyncio.sleep(600)
        asyncio.run(main())
        """
    try script.write(toFile: folder.appending(path: "server.py").path, atomically: true, encoding: .utf8)
    var platform = PlatformOptions()
    platform.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(1))]
    guard let python = AsyncSSHServer.python else { throw FixtureProblem(description: "no Python has asyncssh") }
    _ = try await Subprocess.run(
        .path(FilePath(python)),
        arguments: [folder.appending(path: "server.py").path, folder.appending(path: "host").path],
        platformOptions: platform, input: .none, output: .sequence, error: .discarded
    ) { execution in
        let log = DaemonLog()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for try await line in execution.standardOutput.strings() { await log.add(line) }
                await log.end()
            }
            guard await log.hasLine("listening"), let port = await log.lines.first.flatMap({ Int($0.dropFirst(10)) }) else {
                throw FixtureProblem(description: "asyncssh did not start")
            }
            let server = AsyncSSHServer(port: port, folder: folder, log: log)
            let key = try String(contentsOfFile: server.file("host.pub"), encoding: .utf8)
            try "[127.0.0.1]:\(port) \(key)".write(toFile: server.file("known_hosts"), atomically: true, encoding: .utf8)
            try server.configure()
            let result: Result<Void, any Error>
            do { result = .success(try await body(server)) } catch { result = .failure(error) }
            try? execution.send(signal: .terminate)
            group.cancelAll()
            try result.get()
        }
    }
}
