internal import Foundation
internal import Subprocess
internal import SystemPackage

/// The node agent's own way into a guest: one connection of the system's `ssh` that all its commands share.
struct GuestChannel: Sendable {
    let host: String
    /// `ssh -F` takes it.
    let configuration: String
    let socket: String
    let time: SiteTime

    init(host: String, files: SSHFiles, time: SiteTime) {
        self.host = host
        configuration = files.configuration
        socket = "\(files.directory)/agent-\(host)"
        self.time = time
    }

    private var log: String { socket + ".log" }

    /// Keeps the connection open until cancelled, or until the guest is gone.
    func hold() async throws {
        var options = PlatformOptions()
        options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .milliseconds(500))]
        let words = ["-F", configuration, "-M", "-N", "-S", socket, "-E", log, "-o", "ControlPersist=no", host]
        while !Task.isCancelled {
            _ = try await Subprocess.run(
                .path("/usr/bin/ssh"), arguments: Arguments(words), platformOptions: options, input: .none, output: .discarded,
                error: .discarded)
            try await time.sleep(.milliseconds(200))
        }
    }

    /// Waits until the connection is there.
    ///
    /// - Throws: `LabError` when it is not within two minutes: on a busy machine a guest is slow to exchange keys.
    func settle() async throws {
        let end = time.now() + .seconds(120)
        while !FileManager.default.fileExists(atPath: socket) {
            guard time.now() < end else {
                let last = (try? String(contentsOfFile: log, encoding: .utf8))?.split(separator: "\n").last ?? "ssh said nothing"
                throw LabError("\(host): its guest is up and does not answer over SSH: \(last)")
            }
            try await time.sleep(.milliseconds(20))
        }
    }

    /// Runs a shell script in the guest.
    ///
    /// - Returns: status 255 where the guest could not be reached, as `ssh` has it.
    func run(_ script: String) async -> CommandAnswer { await ssh(["bash", "-s"], input: Array(script.utf8)) }

    /// Runs one program in the guest, in the network namespace of a pod and with its environment.
    func run(_ words: [String], inside namespace: String, environment: [(key: String, value: String)]) async -> CommandAnswer {
        let variables = environment.map { "\($0.key)=\($0.value)" }
        // A container has its own programs and nothing of its node's.
        let all = ["ip", "netns", "exec", namespace, "/usr/bin/env", "-i", "PATH=/pod/bin", "HOME=/root"] + variables + words
        return await ssh([all.map(Self.quoted).joined(separator: " ")], input: [])
    }

    /// Unpacks a tar archive into a folder of the guest.
    func unpack(_ archive: [UInt8], into folder: String) async -> CommandAnswer {
        await ssh(["mkdir -p \(folder) && busybox tar -x -C \(folder)"], input: archive)
    }

    private func ssh(_ command: [String], input: [UInt8]) async -> CommandAnswer {
        let words = ["-F", configuration, "-T", "-S", socket, "-o", "ControlMaster=no", host, "--"] + command
        do {
            let result = try await Subprocess.run(
                .path("/usr/bin/ssh"), arguments: Arguments(words), input: .array(input), output: .bytes(limit: 4 << 20),
                error: .bytes(limit: 1 << 20))
            let status =
                switch result.terminationStatus {
                case .exited(let code): Int(code)
                case .signaled(let signal): 128 + Int(signal)
                }
            return CommandAnswer(output: result.standardOutput, errors: result.standardError, status: status)
        } catch {
            return CommandAnswer("", errors: "ssh to \(host) did not run: \(error)\n", status: 255)
        }
    }

    static func quoted(_ word: String) -> String { "'" + word.replacing("'", with: "'\\''") + "'" }
}
