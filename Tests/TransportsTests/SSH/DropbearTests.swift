import Foundation
import SSHPeer
import Subprocess
import SystemPackage
import Testing

@testable import Transports

/// A second implementation of SSH, from the package dropbear-bin, which small devices run.
@Suite(
    .timeLimit(.minutes(1)),
    .enabled(if: Dropbear.isUsable, "dropbear-bin is not installed, or there are no rights for a mount namespace")
)
struct DropbearTests {
    @Test func commandsAnswerAsOpenSSHsDo() async throws {
        try await withDropbear { daemon in
            let connections = daemon.connections()
            let output = try await connections.run("echo out; echo err >&2; exit 7", on: "node", deadline: .seconds(20))
            #expect(output == CommandOutput(stdout: bytes("out\n"), stderr: bytes("err\n"), exit: .code(7)))
            let large = try await connections.run("head -c 3000000 /dev/zero", on: "node", deadline: .seconds(40))
            #expect(large.stdout.count == 3_000_000)
            let killed = try await connections.run("kill -TERM $$", on: "node", deadline: .seconds(20))
            #expect(killed.exit == .signal("TERM"))
            await connections.closeAll()
        }
    }

    /// One after the other: Dropbear 2022.83 ends itself now and then when channels open and close at once (`Failed assertion
    /// (common-channel.c:705): !channel->sent_close`, 2 of 30 logins with ten channels each, by another client too).
    @Test func severalCommandsShareOneLogin() async throws {
        try await withDropbear { daemon in
            let connections = daemon.connections()
            for number in 0..<10 {
                let output = try await connections.run("echo \(number)", on: "node", deadline: .seconds(20))
                #expect(text(output.stdout) == "\(number)\n")
            }
            await connections.closeAll()
            #expect(await daemon.log.count("Pubkey auth succeeded") == 1)
        }
    }

    @Test func itsShellIsReadLikeAnyOther() async throws {
        try await withDropbear { daemon in
            let connections = daemon.connections()
            let output = try await connections.run(
                "echo number 1", on: "node", mode: .serial, channel: .shell(preparation: []), deadline: .seconds(20))
            #expect(text(output.stdout) == "number 1\n")
            await connections.closeAll()
        }
    }

    @Test func anotherKeyThanTheKnownOneIsRefused() async throws {
        try await withDropbear { daemon in
            try await makeKey(daemon.file("other"), type: "ed25519")
            try daemon.know(
                "[127.0.0.1]:\(daemon.port) \(try String(contentsOfFile: daemon.file("other.pub"), encoding: .utf8))")
            let connections = daemon.connections()
            let failure = await #expect(throws: SSHFailure.self) {
                try await connections.run("true", on: "node", deadline: .seconds(20))
            }
            guard case .hostKeyChanged? = failure?.cause else {
                Issue.record("\(failure?.description ?? "no failure")")
                return
            }
            await connections.closeAll()
        }
    }
}

enum Dropbear {
    static let program = ["/usr/sbin/dropbear", "/usr/bin/dropbear"].first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Dropbear reads the keys of its callers in the home folder of their account only. A folder of the test's own stands in for that, in
    /// a mount namespace that nobody else sees.
    static let isUsable: Bool = {
        guard program != nil else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
        process.arguments = ["-m", "true"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()
}

/// Starts Dropbear with the keys of an sshd's folder, and stops it again.
private func withDropbear(body: (SSHDaemon) async throws -> Void) async throws {
    guard let program = Dropbear.program else { return }
    try await withSSHD { daemon in
        let key = try await LocalProcess.run(
            "dropbearconvert", ["openssh", "dropbear", daemon.file("host_ed25519"), daemon.file("host_dropbear")],
            deadline: .seconds(20))
        guard key.ending == .exited(0) else { throw FixtureProblem(description: key.errorText) }
        let home = daemon.file("home")
        try FileManager.default.createDirectory(
            atPath: home + "/.ssh", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try FileManager.default.copyItem(atPath: daemon.file("authorized_keys"), toPath: home + "/.ssh/authorized_keys")
        for (path, mode) in [("", 0o700), ("/.ssh", 0o700), ("/.ssh/authorized_keys", 0o600)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: home + path)
        }
        let port = try freePort()
        let log = DaemonLog()
        var platform = PlatformOptions()
        platform.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(2))]
        _ = try await Subprocess.run(
            .path("/usr/bin/unshare"),
            arguments: [
                "-m", "sh", "-c", "mount --make-rprivate / && mount --bind \"$1\" \"$2\" && shift 2 && exec \"$@\"", "sh", home,
                NSHomeDirectory(), program, "-F", "-E", "-s", "-r", daemon.file("host_dropbear"), "-p", "127.0.0.1:\(port)",
                // A file of ours: Dropbear removes it when it ends.
                "-P", daemon.file("dropbear.pid"),
            ], platformOptions: platform, input: .none, output: .discarded, error: .sequence
        ) { execution in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for try await line in execution.standardError.strings() { await log.add(line) }
                    await log.end()
                }
                guard await log.hasLine("Not backgrounding") else {
                    throw FixtureProblem(description: "dropbear did not start: \(await log.lines)")
                }
                let dropbear = SSHDaemon(port: port, folder: daemon.folder, log: log, user: daemon.user)
                try dropbear.know("[127.0.0.1]:\(port) \(try daemon.hostKey())\n")
                try dropbear.configure("")
                let result: Result<Void, any Error>
                do { result = .success(try await body(dropbear)) } catch { result = .failure(error) }
                try? execution.send(signal: .terminate)
                group.cancelAll()
                try result.get()
            }
        }
    }
}
