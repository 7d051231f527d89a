internal import Foundation
internal import Subprocess
internal import SystemPackage

/// A real OpenSSH server before every simulated host, each with a host key of its own, on a port of 127.0.0.1.
struct SSHFront: Sendable {
    private let files: SSHFiles
    private let listener: HostListener
    private let door: String
    private let socket: String
    private let access: [String: HostAccess]

    /// Makes keys, listens, and writes the client's `ssh_config` and `known_hosts`.
    ///
    /// - Parameters:
    ///   - hosts: names as the operator's ssh configuration has them.
    ///   - access: hosts that are out of order, by name.
    ///   - directory: a private folder that is removed with the site.
    ///   - door: path of `plumbline-lab-door`.
    ///   - socket: where the door reaches the lab.
    /// - Throws: `LabError` when OpenSSH is not installed.
    static func open(
        hosts: [String], access: [String: HostAccess], in directory: String, door: String, socket: String
    ) async throws -> SSHFront {
        for program in [server, SSHFiles.keyMaker] where !FileManager.default.isExecutableFile(atPath: program) {
            throw LabError("\(program) is not there: install openssh-server and openssh-client; no service need run")
        }
        let files = SSHFiles(directory: directory)
        var keys = try await files.makeKeys(hosts: hosts)
        let stranger = try files.publicKey(of: files.identity)
        for host in hosts where access[host] == .changedKey { keys[host] = stranger }
        let listener = try HostListener(hosts: hosts, deaf: Set(hosts.filter { access[$0] == .refused }))
        try files.write(ports: listener.ports, keys: keys)
        return SSHFront(files: files, listener: listener, door: door, socket: socket, access: access)
    }

    /// Path of the `ssh_config` that reaches every host of the site by name.
    var configuration: String { files.configuration }

    /// Stops listening. Only for a front that is not run.
    func close() { listener.close() }

    /// Serves until cancelled; the servers of open connections end with it.
    func run() async {
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                for await connection in listener.connections {
                    group.addTask { await serve(connection) }
                }
                group.cancelAll()
            }
        } onCancel: {
            listener.close()
        }
    }

    private static let server = "/usr/sbin/sshd"

    private func serve(_ connection: HostListener.Connection) async {
        defer { Foundation.close(connection.descriptor) }
        if access[connection.host] == .silent {
            // Until the site goes down: nobody says a word.
            do { try await ContinuousClock().sleep(for: .seconds(86_400)) } catch {}
            return
        }
        let descriptor = FileDescriptor(rawValue: connection.descriptor)
        var options = PlatformOptions()
        options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .milliseconds(200))]
        // sshd in the manner of inetd: the connection is its stdin and stdout. What it has to say goes to its log.
        do {
            _ = try await Subprocess.run(
                .path(FilePath(Self.server)),
                arguments: [
                    "-i", "-f", files.serverConfiguration, "-h", files.hostKey(connection.host), "-E", files.log,
                    "-o", "AuthorizedKeysFile=\(access[connection.host] == .noLogin ? "none" : files.authorizedKeys)",
                    "-o", "ForceCommand=\(door) \(socket) \(connection.host)",
                ],
                environment: .custom(["PATH": "/usr/bin:/bin"]), platformOptions: options,
                input: .fileDescriptor(descriptor, closeAfterSpawningProcess: false),
                output: .fileDescriptor(descriptor, closeAfterSpawningProcess: false), error: .discarded)
        } catch {
            files.note("\(connection.host): sshd did not start: \(error)")
        }
    }
}
