import Foundation
import Glibc
import SSHPeer
import Testing

@testable import Transports

@Suite(.timeLimit(.minutes(1))) struct SSHPassphraseTests {
    private func authorize(_ daemon: SSHDaemon, _ name: String) throws {
        let line = try String(contentsOfFile: daemon.file("\(name).pub"), encoding: .utf8)
        try line.write(toFile: daemon.file("authorized_keys"), atomically: true, encoding: .utf8)
    }

    private func sentence(_ connections: SSHConnections) async -> String? {
        do throws(SSHFailure) {
            _ = try await connections.run("true", on: "node", deadline: .seconds(20))
            await connections.closeAll()
            return nil
        } catch {
            await connections.closeAll()
            return error.description
        }
    }

    @Test(arguments: ["ed25519", "ecdsa", "rsa"]) func anEncryptedKeyIsOpenedByReference(type: String) async throws {
        try await withSSHD { daemon in
            try await makeKey(daemon.file("locked"), type: type, passphrase: "a 'quoted' \"word\" $HOME")
            try "a 'quoted' \"word\" $HOME\n".write(toFile: daemon.file("secret"), atomically: true, encoding: .utf8)
            try authorize(daemon, "locked")
            try daemon.configure("IdentityFile \(daemon.file("locked"))")
            #expect(
                await sentence(daemon.connections())?.contains(
                    "\(daemon.file("locked")) (not tried: it has a passphrase and no agent holds it)") == true)
            #expect(await sentence(daemon.connections { $0.passphrase = .file(daemon.file("secret")) }) == nil)
        }
    }

    @Test func aPEMKeyWithAPassphraseIsOpenedToo() async throws {
        try await withSSHD { daemon in
            try await makeKey(daemon.file("locked"), type: "rsa", passphrase: "")
            let converted = try await LocalProcess.run(
                "ssh-keygen", ["-q", "-p", "-m", "PEM", "-P", "", "-N", "secret word", "-f", daemon.file("locked")],
                deadline: .seconds(20))
            #expect(converted.ending == .exited(0))
            try "secret word".write(toFile: daemon.file("secret"), atomically: true, encoding: .utf8)
            try authorize(daemon, "locked")
            try daemon.configure("IdentityFile \(daemon.file("locked"))")
            #expect(await sentence(daemon.connections { $0.passphrase = .file(daemon.file("secret")) }) == nil)
        }
    }

    @Test(arguments: ["", "PEM"]) func anRSAKeyFileSignsWithSHA2(form: String) async throws {
        try await withSSHD { daemon in
            try await makeKey(daemon.file("rsa"), type: "rsa")
            if !form.isEmpty {
                let converted = try await LocalProcess.run(
                    "ssh-keygen", ["-q", "-p", "-m", form, "-P", "", "-N", "", "-f", daemon.file("rsa")], deadline: .seconds(20))
                #expect(converted.ending == .exited(0))
            }
            try authorize(daemon, "rsa")
            try daemon.configure("IdentityFile \(daemon.file("rsa"))")
            #expect(await sentence(daemon.connections()) == nil)
        }
    }

    @Test func anRSAKeyOfAnAgentSignsWithSHA2() async throws {
        try await withSSHD { daemon in
            try await makeKey(daemon.file("rsa"), type: "rsa")
            try authorize(daemon, "rsa")
            try await withAgent(daemon.file("agent"), holding: [daemon.file("rsa")]) {
                unlink(daemon.file("rsa"))
                try daemon.configure("IdentityAgent \(daemon.file("agent"))\nIdentitiesOnly no")
                #expect(await sentence(daemon.connections()) == nil)
            }
        }
    }

    @Test func anOldServerGetsSHA1OnlyWhereTheConfigurationNamesIt() async throws {
        try await withSSHD("PubkeyAcceptedAlgorithms ssh-rsa") { daemon in
            try await makeKey(daemon.file("rsa"), type: "rsa")
            try authorize(daemon, "rsa")
            try daemon.configure("IdentityFile \(daemon.file("rsa"))")
            #expect(await sentence(daemon.connections())?.contains("tried ssh-rsa of") == true)
            try daemon.configure("IdentityFile \(daemon.file("rsa"))\nPubkeyAcceptedAlgorithms +ssh-rsa")
            #expect(await sentence(daemon.connections()) == nil)
        }
    }

    @Test func aKeyIsOpenedOnceForAllHosts() async throws {
        try await withSSHD { daemon in
            try await makeKey(daemon.file("locked"), type: "ed25519", passphrase: "word")
            try authorize(daemon, "locked")
            try "word".write(toFile: daemon.file("secret"), atomically: true, encoding: .utf8)
            let counter = daemon.file("count")
            let script = daemon.file("give")
            try "#!/bin/sh\necho once >>\(counter)\ncat \(daemon.file("secret"))\n".write(
                toFile: script, atomically: true, encoding: .utf8)
            chmod(script, 0o700)
            let block = try String(contentsOfFile: daemon.clientConfig, encoding: .utf8)
            try ("Host host*\nIdentityFile \(daemon.file("locked"))\n" + block.replacing("Host node", with: "Host host*")).write(
                toFile: daemon.clientConfig, atomically: true, encoding: .utf8)
            let connections = daemon.connections { $0.passphrase = .command([script]) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<6 {
                    group.addTask { _ = try await connections.run("true", on: "host\(number)", deadline: .seconds(20)) }
                }
                try await group.waitForAll()
            }
            await connections.closeAll()
            #expect(try String(contentsOfFile: counter, encoding: .utf8) == "once\n")
        }
    }

    @Test func aWrongPassphraseIsNotAHang() async throws {
        try await withSSHD { daemon in
            try await makeKey(daemon.file("locked"), type: "ed25519", passphrase: "word")
            try authorize(daemon, "locked")
            try daemon.configure("IdentityFile \(daemon.file("locked"))")
            setenv("PLUMBLINE_TEST_WRONG_PASSPHRASE", "another", 1)
            let sentence = await sentence(
                daemon.connections { $0.passphrase = .environment("PLUMBLINE_TEST_WRONG_PASSPHRASE") })
            #expect(
                sentence?.contains("(not tried: the passphrase from env:PLUMBLINE_TEST_WRONG_PASSPHRASE does not open it)")
                    == true)
            #expect(sentence?.contains("another") == false)
        }
    }

    @Test(
        arguments: [
            ("env:NAME", .environment("NAME")), ("file:/run/secrets/pw", .file("/run/secrets/pw")),
            ("command:pass show lab/switch", .command(["pass", "show", "lab/switch"])), ("prompt", .prompt), ("hunter2", nil),
            ("env:", nil), ("literal:hunter2", nil),
        ] as [(String, SecretReference?)]) func aSecretIsOnlyEverReferredTo(text: String, reference: SecretReference?)
    {
        #expect(SecretReference(text) == reference)
    }
}

@Suite(.timeLimit(.minutes(1)), .enabled(if: AsyncSSHServer.isInstalled)) struct SSHPasswordTests {
    private let passwordServer = """
        class Server(asyncssh.SSHServer):
            def begin_auth(self, username): return True
            def password_auth_supported(self): return True
            def kbdint_auth_supported(self): return False
            def validate_password(self, username, password):
                note('password of %s' % username); return password == 'right'
        """
    private let questionServer = """
        class Server(asyncssh.SSHServer):
            def begin_auth(self, username): return True
            def password_auth_supported(self): return True
            def validate_password(self, username, password):
                note('password of %s' % username); return password == 'right'
            def kbdint_auth_supported(self): return True
            def get_kbdint_challenge(self, username, lang, submethods):
                return ('Corporate TACACS', 'Authorised use only', 'en', [('Enter PASSCODE: ', False)])
            def validate_kbdint_response(self, username, responses):
                note('answer of %s' % username); return responses == ['right']
        """

    private func sentence(_ server: AsyncSSHServer, _ password: String) async throws -> String? {
        try (password + "\n").write(toFile: server.file("secret"), atomically: true, encoding: .utf8)
        let connections = server.connections { $0.password = .file(server.file("secret")) }
        do throws(SSHFailure) {
            let output = try await connections.run("show version", on: "device", mode: .serial, deadline: .seconds(20))
            await connections.closeAll()
            return text(output.stdout) == "ran show version\n" ? nil : "answered \(text(output.stdout))"
        } catch {
            await connections.closeAll()
            return error.description
        }
    }

    @Test func aPasswordByReferenceLetsIn() async throws {
        try await withAsyncSSH(passwordServer) { server in
            let sentence = try await sentence(server, "right")
            #expect(sentence == nil)
        }
    }

    @Test func aQuestionUnderAnotherNameIsAnswered() async throws {
        try await withAsyncSSH(questionServer) { server in
            let sentence = try await sentence(server, "right")
            #expect(sentence == nil)
            #expect(await server.log.count("answer of operator") == 1)
        }
    }

    @Test func aWrongAnswerIsSentOnceAndNeverShown() async throws {
        try await withAsyncSSH(questionServer) { server in
            let sentence = try await sentence(server, "wrong-secret")
            #expect(
                sentence?.hasPrefix(
                    "device: 127.0.0.1:\(server.port) did not let operator in: "
                        + "tried keyboard-interactive with the password from file:\(server.file("secret")), it takes ") == true)
            #expect(sentence?.contains("wrong-secret") == false)
            #expect(await server.log.count("answer of operator") == 1)
            #expect(await server.log.count("password of operator") == 0)
        }
    }

    @Test func aWrongPasswordNamesWhatTheServerTakes() async throws {
        try await withAsyncSSH(passwordServer) { server in
            let sentence = try await sentence(server, "wrong-secret")
            #expect(sentence?.contains("tried password from file:") == true)
            #expect(sentence?.contains("it takes password;") == true)
        }
    }

    @Test func aSecretThatIsNotThereIsSaid() async throws {
        try await withAsyncSSH(passwordServer) { server in
            let connections = server.connections { $0.password = .environment("PLUMBLINE_TEST_NO_SUCH_VARIABLE") }
            let failure = await #expect(throws: SSHFailure.self) {
                try await connections.run("true", on: "device", deadline: .seconds(20))
            }
            #expect(
                failure?.description.contains(
                    "password (not tried: none from env:PLUMBLINE_TEST_NO_SUCH_VARIABLE: "
                        + "the environment has no PLUMBLINE_TEST_NO_SUCH_VARIABLE)") == true)
            await connections.closeAll()
        }
    }
}
