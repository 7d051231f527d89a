import Foundation
import Glibc
import SSHPeer
import Subprocess
import Testing

@testable import Transports

@Suite(.timeLimit(.minutes(1))) struct SSHLoginTests {
    private func authorize(_ daemon: SSHDaemon, _ name: String) throws {
        let line = try String(contentsOfFile: daemon.file("\(name).pub"), encoding: .utf8)
        try line.write(toFile: daemon.file("authorized_keys"), atomically: true, encoding: .utf8)
    }

    private func sentence(_ daemon: SSHDaemon) async -> String? {
        let connections = daemon.connections()
        do throws(SSHFailure) {
            _ = try await connections.run("true", on: "node", deadline: .seconds(20))
            await connections.closeAll()
            return nil
        } catch {
            await connections.closeAll()
            return error.description
        }
    }

    @Test(arguments: ["ed25519", "ecdsa"]) func aKeyFileOpensTheDoor(type: String) async throws {
        try await withSSHD { daemon in
            try await makeKey(daemon.file("key"), type: type)
            try authorize(daemon, "key")
            try daemon.configure("IdentityFile \(daemon.file("key"))")
            #expect(await sentence(daemon) == nil)
        }
    }

    @Test func aRefusedKeyNamesWhatWasTriedAndWhatIsTaken() async throws {
        try await withSSHD { daemon in
            try "".write(toFile: daemon.file("authorized_keys"), atomically: true, encoding: .utf8)
            #expect(
                await sentence(daemon)
                    == "node: 127.0.0.1:\(daemon.port) did not let \(daemon.user) in: tried ssh-ed25519 of \(daemon.file("user_ed25519")), "
                    + "it takes publickey; see User and IdentityFile in the ssh configuration and the agent's keys")
        }
    }

    @Test(arguments: ["ed25519", "ecdsa"]) func anAgentOpensTheDoor(type: String) async throws {
        try await withSSHD { daemon in
            try await makeKey(daemon.file("held"), type: type)
            try authorize(daemon, "held")
            try await withAgent(daemon.file("agent"), holding: [daemon.file("held")]) {
                // The file is gone: only the agent has the key.
                unlink(daemon.file("held"))
                try daemon.configure("IdentityAgent \(daemon.file("agent"))\nIdentitiesOnly no")
                #expect(await sentence(daemon) == nil)
                try daemon.configure("IdentityAgent \(daemon.file("agent"))\nIdentityFile \(daemon.file("held"))")
                #expect(await sentence(daemon) == nil, "IdentitiesOnly with the public half beside")
            }
        }
    }

    @Test func onlyNamedKeysOfTheAgentAreTriedWhereTheConfigurationSaysSo() async throws {
        try await withSSHD { daemon in
            try await makeKey(daemon.file("held"), type: "ed25519")
            try authorize(daemon, "held")
            try await withAgent(daemon.file("agent"), holding: [daemon.file("held")]) {
                try daemon.configure("IdentityAgent \(daemon.file("agent"))")
                #expect(await sentence(daemon)?.contains("tried ssh-ed25519 of \(daemon.file("user_ed25519")), it takes") == true)
            }
        }
    }

    @Test func anAgentThatIsNotThereIsPassedOver() async throws {
        try await withSSHD { daemon in
            try daemon.configure("IdentityAgent \(daemon.file("nobody"))")
            #expect(await sentence(daemon) == nil)
        }
    }

    @Test func anAgentThatDoesNotAnswerHoldsNobodyLongerThanTheDeadline() async throws {
        try await withSSHD { daemon in
            let listener = try SilentListener(unixPath: daemon.file("mute"))
            defer { listener.stop() }
            try daemon.configure("IdentityAgent \(daemon.file("mute"))\nConnectTimeout 1")
            #expect(
                await sentence(daemon)
                    == "node: SSH timed out after 1 s while logging in at 127.0.0.1:\(daemon.port); "
                    + "see the agent here and the host's account service")
        }
    }
}

/// Runs `body` beside an ssh-agent that holds some keys.
func withAgent(_ path: String, holding keys: [String], body: () async throws -> Void) async throws {
    var platform = PlatformOptions()
    platform.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(1))]
    _ = try await Subprocess.run(
        .name("ssh-agent"), arguments: ["-D", "-a", path], platformOptions: platform, input: .none, output: .sequence,
        error: .discarded
    ) { execution in
        // Its first line comes when it listens.
        for try await _ in execution.standardOutput.strings() { break }
        let added = try await LocalProcess.run(
            "ssh-add", ["-q"] + keys, environment: ["SSH_AUTH_SOCK": path], deadline: .seconds(20))
        guard added.ending == .exited(0) else { throw FixtureProblem(description: added.errorText) }
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        try? execution.send(signal: .terminate)
        try result.get()
    }
}
