import Foundation
import Glibc
import SSHPeer
import Testing

@testable import Transports

/// Hosts that libssh2 cannot speak to are reached over the system's ssh.
@Suite(.timeLimit(.minutes(2))) struct SSHSecondTransportTests {
    private struct Outcome {
        var transport: CommandOutput.Transport?
        var sentence: String?
    }

    private func ask(_ connections: SSHConnections) async -> Outcome {
        do throws(SSHFailure) {
            let output = try await connections.run("echo here; echo there >&2; exit 3", on: "node", deadline: .seconds(20))
            await connections.closeAll()
            guard output.stdout == bytes("here\n"), output.stderr == bytes("there\n"), output.exit == .code(3) else {
                return Outcome(sentence: "answered \(output)")
            }
            return Outcome(transport: output.transport)
        } catch {
            await connections.closeAll()
            return Outcome(sentence: error.description)
        }
    }

    private func sign(_ daemon: SSHDaemon, _ arguments: [String]) async throws {
        let signed = try await LocalProcess.run("ssh-keygen", ["-q", "-s"] + arguments, deadline: .seconds(20))
        guard signed.ending == .exited(0) else { throw FixtureProblem(description: signed.errorText) }
    }

    @Test(arguments: [
        "Ciphers aes256-gcm@openssh.com,chacha20-poly1305@openssh.com", "MACs hmac-sha2-512-etm@openssh.com\nCiphers aes128-ctr",
        "KexAlgorithms sntrup761x25519-sha512@openssh.com",
    ]) func aHardenedServerIsReachedOverTheSystemsSSH(option: String) async throws {
        try await withSSHD(option) { daemon in
            let outcome = await ask(daemon.connections())
            #expect(outcome.transport == .systemSSH, "\(outcome.sentence ?? "")")
            #expect(await daemon.log.count("Accepted publickey") == 1)
        }
    }

    @Test func aServerWithAnRSAHostKeyOnlyIsReachedOverTheSystemsSSH() async throws {
        try await withSSHD(hostKeys: ["rsa"]) { daemon in
            let outcome = await ask(daemon.connections())
            #expect(outcome.transport == .systemSSH, "\(outcome.sentence ?? "")")
        }
    }

    @Test func aHostKnownByItsRSAKeyIsReachedThoughItHasOthers() async throws {
        try await withSSHD(hostKeys: ["rsa", "ed25519"]) { daemon in
            let outcome = await ask(daemon.connections())
            #expect(outcome.transport == .systemSSH, "\(outcome.sentence ?? "")")
        }
    }

    @Test func aHostCertificateIsCheckedByTheSystemsSSH() async throws {
        try await withSSHD { daemon in
            try await makeKey(daemon.file("authority"), type: "ed25519")
            try await sign(
                daemon, [daemon.file("authority"), "-I", "node", "-h", "-n", "127.0.0.1", daemon.file("host_ed25519.pub")])
            let authority = try String(contentsOfFile: daemon.file("authority.pub"), encoding: .utf8)
            try daemon.know("@cert-authority [127.0.0.*]:* \(authority)")
            // The server of this fixture shows its bare key: the authority alone does not vouch for that.
            let bare = await ask(daemon.connections())
            #expect(bare.sentence?.contains("host key") == true || bare.sentence?.contains("key") == true)
            #expect(bare.transport == nil)
            try await withSSHD("HostCertificate \(daemon.file("host_ed25519-cert.pub"))\nHostKey \(daemon.file("host_ed25519"))")
            {
                certified in
                try daemon.configure("", port: certified.port)
                try FileManager.default.copyItem(atPath: daemon.file("user_ed25519"), toPath: certified.file("borrowed"))
                let key = try String(contentsOfFile: daemon.file("user_ed25519.pub"), encoding: .utf8)
                try key.write(toFile: certified.file("authorized_keys"), atomically: true, encoding: .utf8)
                let outcome = await ask(daemon.connections())
                #expect(outcome.transport == .systemSSH, "\(outcome.sentence ?? "")")
            }
        }
    }

    @Test func aUserCertificateIsShownByTheSystemsSSH() async throws {
        try await withSSHD { daemon in
            try await makeKey(daemon.file("authority"), type: "ed25519")
            try await sign(
                daemon, [daemon.file("authority"), "-I", "op", "-n", daemon.user, daemon.file("user_ed25519.pub")])
            let line = "cert-authority " + (try String(contentsOfFile: daemon.file("authority.pub"), encoding: .utf8))
            try line.write(toFile: daemon.file("authorized_keys"), atomically: true, encoding: .utf8)
            let outcome = await ask(daemon.connections())
            #expect(outcome.transport == .systemSSH, "\(outcome.sentence ?? "")")
        }
    }

    @Test func theHostKeyCheckCannotBeTurnedOffThereEither() async throws {
        try await withSSHD("Ciphers aes256-gcm@openssh.com") { daemon in
            try daemon.configure("StrictHostKeyChecking no")
            try daemon.know("")
            let unknown = await ask(daemon.connections())
            #expect(unknown.sentence?.contains("its ED25519 key") == true, "\(unknown.sentence ?? "in")")
            try await makeKey(daemon.file("other"), type: "ed25519")
            try daemon.know(
                "\n[127.0.0.1]:\(daemon.port) \(try String(contentsOfFile: daemon.file("other.pub"), encoding: .utf8))")
            let changed = await ask(daemon.connections())
            #expect(changed.sentence?.contains("another than \(daemon.knownHosts):2 has") == true, "\(changed.sentence ?? "in")")
            #expect(try String(contentsOfFile: daemon.knownHosts, encoding: .utf8).contains(try daemon.hostKey()) == false)
        }
    }

    @Test func jumpHostsAreCheckedToo() async throws {
        try await withSSHD("Ciphers aes256-gcm@openssh.com") { daemon in
            let base = try String(contentsOfFile: daemon.clientConfig, encoding: .utf8)
            let blocks = ["node", "outer", "inner"].map { name in
                base.replacing("Host node", with: "Host \(name)") + "  HostKeyAlias \(name)\n  StrictHostKeyChecking no\n"
            }
            try (blocks.joined() + "Host node\n  ProxyJump outer,inner\n").write(
                toFile: daemon.clientConfig, atomically: true, encoding: .utf8)
            let key = try daemon.hostKey()
            try daemon.know("node \(key)\nouter \(key)\ninner \(key)\n")
            let outcome = await ask(daemon.connections())
            #expect(outcome.transport == .systemSSH, "\(outcome.sentence ?? "")")
            try daemon.know("node \(key)\nouter \(key)\n")
            #expect(await ask(daemon.connections()).transport == nil, "inner is not known")
        }
    }

    @Test func optionsForInteractiveUseAreNotTakenOver() async throws {
        try await withSSHD("Ciphers aes256-gcm@openssh.com") { daemon in
            let mark = daemon.file("ran")
            let port = try freePort()
            try daemon.configure(
                """
                RemoteCommand echo wrong
                RequestTTY force
                LocalForward \(port) 127.0.0.1:\(daemon.port)
                PermitLocalCommand yes
                LocalCommand touch \(mark)
                ForwardAgent yes
                """)
            let outcome = await ask(daemon.connections())
            #expect(outcome.transport == .systemSSH, "\(outcome.sentence ?? "")")
            #expect(!FileManager.default.fileExists(atPath: mark))
        }
    }

    @Test func manyCommandsShareOneLoginAndNothingStaysBehind() async throws {
        try await withSSHD("Ciphers aes256-gcm@openssh.com") { daemon in
            let connections = daemon.connections()
            try await withThrowingTaskGroup(of: CommandOutput.self) { group in
                for number in 0..<10 {
                    group.addTask { try await connections.run("echo \(number)", on: "node", deadline: .seconds(20)) }
                }
                for try await output in group { #expect(output.exit == .code(0)) }
            }
            let failure = await #expect(throws: SSHFailure.self) {
                try await connections.run("sleep 60", on: "node", deadline: .seconds(1))
            }
            #expect(failure?.description.hasPrefix("node: no end of `sleep 60` within 1 s") == true)
            await connections.closeAll()
            #expect(await daemon.log.count("Accepted publickey") == 1)
            #expect(await daemon.log.hasLine("Disconnected from user"))
        }
    }

    @Test func aLostConnectionIsSaidAndOpenedAgain() async throws {
        try await withSSHD("Ciphers aes256-gcm@openssh.com") { daemon in
            let connections = daemon.connections()
            _ = try await connections.run("true", on: "node", deadline: .seconds(20))
            let failure = await #expect(throws: SSHFailure.self) {
                try await connections.run("kill $PPID; exec sleep 60", on: "node", deadline: .seconds(20))
            }
            guard case .dropped? = failure?.cause else {
                Issue.record("\(failure?.description ?? "no failure")")
                return
            }
            #expect(try await connections.run("true", on: "node", deadline: .seconds(20)).exit == .code(0))
            await connections.closeAll()
        }
    }
}
