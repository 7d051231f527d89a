import Foundation
import Glibc
import SSHPeer
import Subprocess
import Testing

@testable import Transports

/// Whether a host is who it was: known_hosts, read as ssh reads it.
@Suite(.timeLimit(.minutes(1))) struct SSHTrustTests {
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

    private func fingerprint(_ daemon: SSHDaemon, _ type: String = "ed25519") async throws -> String {
        let output = try await LocalProcess.run(
            "ssh-keygen", ["-l", "-f", daemon.file("host_\(type).pub")], deadline: .seconds(20))
        return String(text(output.stdout).split(separator: " ")[1])
    }

    @Test func anUnknownHostIsNotTalkedTo() async throws {
        try await withSSHD { daemon in
            try daemon.know("")
            let shown = try await fingerprint(daemon)
            #expect(
                await sentence(daemon)
                    == "node: its ssh-ed25519 key \(shown) is not in \(daemon.knownHosts); compare the fingerprint on its console "
                    + "and add the key, for instance by logging in once with ssh")
            #expect(await daemon.log.count("Accepted") == 0)
        }
    }

    @Test func aChangedKeyIsAnotherFindingAndNamesTheLine() async throws {
        try await withSSHD { daemon in
            try await makeKey(daemon.file("other"), type: "ed25519")
            let other = try String(contentsOfFile: daemon.file("other.pub"), encoding: .utf8)
            try daemon.know("# a comment\n\n[127.0.0.1]:\(daemon.port) \(other)")
            let shown = try await fingerprint(daemon)
            #expect(
                await sentence(daemon)
                    == "node: its ssh-ed25519 key is now \(shown), another than \(daemon.knownHosts):3 has; "
                    + "find out why before that line is replaced")
        }
    }

    @Test func configurationCannotTurnTheCheckOff() async throws {
        try await withSSHD { daemon in
            try daemon.know("")
            for value in ["no", "accept-new", "off"] {
                try daemon.configure("StrictHostKeyChecking \(value)")
                #expect(await sentence(daemon)?.contains("is not in") == true)
            }
            let connections = daemon.connections { $0.insecureHostKeys = true }
            #expect(try await connections.run("true", on: "node", deadline: .seconds(20)).exit == .code(0))
            await connections.closeAll()
        }
    }

    @Test func hashedNamesAreFound() async throws {
        try await withSSHD { daemon in
            let hashed = try await LocalProcess.run("ssh-keygen", ["-H", "-f", daemon.knownHosts], deadline: .seconds(20))
            #expect(hashed.ending == .exited(0))
            #expect(try String(contentsOfFile: daemon.knownHosts, encoding: .utf8).hasPrefix("|1|"))
            #expect(await sentence(daemon) == nil)
        }
    }

    @Test(arguments: [
        "127.0.0.*", "127.?.0.1,!127.0.0.2", "some.other,127.0.0.1", "[127.0.0.*]:*",
    ]) func wildcardsAndNamesWithoutThePortAreFound(pattern: String) async throws {
        try await withSSHD { daemon in
            try daemon.know("\(pattern) \(try daemon.hostKey())\n")
            #expect(await sentence(daemon) == nil)
        }
    }

    @Test func aNegatedNameIsNotFound() async throws {
        try await withSSHD { daemon in
            try daemon.know("*,![127.0.0.1]:\(daemon.port),!127.0.0.1 \(try daemon.hostKey())\n")
            #expect(await sentence(daemon)?.contains("is not in") == true)
        }
    }

    @Test func aRevokedKeyIsRefusedEvenWhereItIsListed() async throws {
        try await withSSHD { daemon in
            let key = try daemon.hostKey()
            try daemon.know("[127.0.0.1]:\(daemon.port) \(key)\n@revoked * \(key)\n")
            let shown = try await fingerprint(daemon)
            #expect(
                await sentence(daemon)
                    == "node: its ssh-ed25519 key \(shown) is marked @revoked in \(daemon.knownHosts):2; the host needs a new key"
            )
        }
    }

    @Test func anAuthorityDoesNotVouchForABareKey() async throws {
        try await withSSHD { daemon in
            try daemon.know("@cert-authority * \(try daemon.hostKey())\n")
            #expect(
                await sentence(daemon)?.contains(
                    "is not listed, and it showed no certificate of the @cert-authority at \(daemon.knownHosts):1;") == true)
        }
    }

    @Test func aHostKnownByOneTypeIsAskedForThatType() async throws {
        try await withSSHD(hostKeys: ["ed25519", "ecdsa"]) { daemon in
            for type in ["ecdsa", "ed25519"] {
                try daemon.know("[127.0.0.1]:\(daemon.port) \(try daemon.hostKey(type))\n")
                #expect(await sentence(daemon) == nil, "\(type)")
            }
        }
    }

    @Test func aHostKnownByATypeThatItDoesNotShowIsUnknownAndTheSentenceSaysWhatIsKnown() async throws {
        try await withSSHD { daemon in
            try await makeKey(daemon.file("host_ecdsa"), type: "ecdsa")
            try daemon.know("[127.0.0.1]:\(daemon.port) \(try daemon.hostKey("ecdsa"))\n")
            #expect(await sentence(daemon)?.contains(", which know it by ecdsa-sha2-nistp256; compare") == true)
        }
    }

    @Test func aHostKeyAliasIsLookedUpInstead() async throws {
        try await withSSHD { daemon in
            try daemon.configure("HostKeyAlias worker1.lab")
            #expect(await sentence(daemon)?.contains("is not in") == true)
            try daemon.know("worker1.lab \(try daemon.hostKey())\n")
            #expect(await sentence(daemon) == nil)
        }
    }
}
