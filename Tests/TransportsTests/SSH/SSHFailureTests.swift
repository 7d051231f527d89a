import Foundation
import Glibc
import SSHPeer
import Testing

@testable import Transports

/// What goes wrong on the way, at every stage: each has a sentence, and nothing hangs.
@Suite(.timeLimit(.minutes(2))) struct SSHFailureTests {
    private func failure(
        _ connections: SSHConnections, _ command: String = "true", deadline: Duration = .seconds(20)
    ) async -> SSHFailure? {
        do throws(SSHFailure) {
            _ = try await connections.run(command, on: "node", deadline: deadline)
            return nil
        } catch {
            return error
        }
    }

    private func sentence(_ daemon: SSHDaemon) async -> String? {
        let connections = daemon.connections()
        let failure = await failure(connections)
        await connections.closeAll()
        return failure?.description
    }

    @Test func nothingListens() async throws {
        try await withSSHD { daemon in
            let port = try freePort()
            try daemon.configure("", port: port)
            #expect(
                await sentence(daemon)
                    == "node: connection refused at 127.0.0.1:\(port); see that sshd runs there and that Port is right")
        }
    }

    @Test func aNameThatNobodyKnows() async throws {
        try await withSSHD { daemon in
            try daemon.configure("", address: "no-such-host.invalid")
            #expect(await sentence(daemon)?.hasPrefix("node: no address for the name no-such-host.invalid (") == true)
        }
    }

    @Test func aListenerThatSaysNothing() async throws {
        try await withSSHD { daemon in
            let mute = try SilentListener()
            defer { mute.stop() }
            try daemon.configure("ConnectTimeout 1", port: mute.port)
            #expect(
                await sentence(daemon)
                    == "node: SSH timed out after 1 s while waiting for its SSH banner at 127.0.0.1:\(mute.port); "
                    + "see the load of the host and what stands between")
        }
    }

    @Test(arguments: [
        ("", "accepted the connection and closed it before the SSH banner; see MaxStartups and the server's log"),
        ("HTTP/1.1 400 Bad Request\r\n\r\n", "is no SSH server: it began with 'HTTP/1.1 400 Bad Request"),
        ("SSH-2.0-Old_1.0\r\n", "said SSH-2.0-Old_1.0 and closed the connection before the key exchange"),
    ]) func whatAnswersIsNoSSHServer(words: String, sentencePart: String) async throws {
        try await withSSHD { daemon in
            let speaker = try OneLineServer(words)
            defer { speaker.stop() }
            try daemon.configure("ConnectTimeout 5", port: speaker.port)
            let sentence = await sentence(daemon)
            #expect(sentence?.contains(sentencePart) == true, "\(sentence ?? "no failure")")
        }
    }

    @Test func noAlgorithmInCommonShowsBothLists() async throws {
        try await withSSHD("KexAlgorithms diffie-hellman-group14-sha1") { daemon in
            let sentence = try #require(await sentence(daemon))
            #expect(
                sentence.contains(
                    "no key exchange algorithm in common with 127.0.0.1:\(daemon.port): we offered curve25519-sha256"))
            #expect(
                sentence.hasSuffix(
                    "it offers diffie-hellman-group14-sha1; name one of its own for this host in the ssh configuration"))
        }
    }

    @Test func anOldAlgorithmIsUsedOnlyWhereTheConfigurationNamesItForTheHost() async throws {
        try await withSSHD("KexAlgorithms diffie-hellman-group14-sha1\nMACs hmac-sha1") { daemon in
            #expect(await sentence(daemon)?.contains("no key exchange algorithm in common") == true)
            try daemon.configure("KexAlgorithms +diffie-hellman-group14-sha1\nMACs +hmac-sha1")
            #expect(await sentence(daemon) == nil)
        }
    }

    @Test func aHostThatIsUnreachableIsAskedOnce() async throws {
        try await withSSHD { daemon in
            try daemon.know("")
            let connections = daemon.connections()
            let first = await failure(connections)
            let second = await failure(connections)
            #expect(first == second)
            await connections.closeAll()
            #expect(await daemon.log.count("Connection from") == 1)
        }
    }

    @Test func aConnectionCutAtAnyByteOfItsOpeningEndsWithASentence() async throws {
        try await withSSHD("MaxStartups 100") { daemon in
            let whole = try FaultyProxy(to: daemon.port, .init())
            try daemon.configure("", port: whole.port)
            try daemon.know("[127.0.0.1]:* \(try daemon.hostKey())\n")
            #expect(await sentence(daemon) == nil)
            whole.stop()
            // Densely where the small messages are, every stage at least once.
            let length = whole.passed
            for bytes in Array(stride(from: 0, to: length - 1, by: max(1, length / 60))) {
                let proxy = try FaultyProxy(to: daemon.port, .init(bytes: max(1, bytes), end: .cut))
                try daemon.configure("ConnectTimeout 10", port: proxy.port)
                let connections = daemon.connections()
                do throws(SSHFailure) {
                    let output = try await connections.run("true", on: "node", deadline: .seconds(20))
                    // The answer's end had come, the exit status had not.
                    #expect(output.exit == .unstated, "cut after \(bytes) of \(length) bytes")
                } catch {
                    #expect(error.description.hasPrefix("node: "))
                }
                await connections.closeAll()
                proxy.stop()
            }
        }
    }

    @Test func aConnectionThatStallsAtAnyStageEndsAtItsDeadline() async throws {
        try await withSSHD("MaxStartups 100") { daemon in
            try daemon.know("[127.0.0.1]:* \(try daemon.hostKey())\n")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for bytes in [1, 30, 500, 1500, 1800, 2000] {
                    let proxy = try FaultyProxy(to: daemon.port, .init(bytes: bytes, end: .stall))
                    let config = daemon.file("stall\(bytes)")
                    let base = try String(contentsOfFile: daemon.clientConfig, encoding: .utf8)
                    try ("Host node\nPort \(proxy.port)\n" + base).write(toFile: config, atomically: true, encoding: .utf8)
                    group.addTask {
                        let connections = SSHConnections(settings: SSHSettings(configPath: config, connectDeadline: .seconds(2)))
                        let began = ContinuousClock.now
                        let failure = await self.failure(connections, deadline: .seconds(2))
                        #expect(failure?.description.contains("2 s") == true, "\(bytes): \(failure?.description ?? "no failure")")
                        #expect(ContinuousClock.now - began < .seconds(30))
                        await connections.closeAll()
                        proxy.stop()
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func aCutInMidAnswerSaysHowMuchHadCome() async throws {
        try await withSSHD { daemon in
            try daemon.know("[127.0.0.1]:* \(try daemon.hostKey())\n")
            let proxy = try FaultyProxy(to: daemon.port, .init(bytes: 200_000, end: .cut))
            defer { proxy.stop() }
            try daemon.configure("", port: proxy.port)
            let connections = daemon.connections()
            let failure = await failure(connections, "head -c 5000000 /dev/zero")
            guard case .dropped(.readingAnswer, let bytes, _)? = failure?.cause else {
                Issue.record("not dropped while reading: \(failure?.description ?? "no failure")")
                return
            }
            #expect((50_000..<200_000).contains(bytes))
            await connections.closeAll()
        }
    }

    @Test(arguments: [1, 7, 100]) func bytesInSmallPiecesMakeNoDifference(pieceBytes: Int) async throws {
        try await withSSHD { daemon in
            try daemon.know("[127.0.0.1]:* \(try daemon.hostKey())\n")
            let proxy = try FaultyProxy(to: daemon.port, .init(pieceBytes: pieceBytes))
            defer { proxy.stop() }
            try daemon.configure("", port: proxy.port)
            let connections = daemon.connections()
            let output = try await connections.run("seq 1 2000", on: "node", deadline: .seconds(30))
            #expect(text(output.stdout).split(separator: "\n").count == 2000)
            await connections.closeAll()
        }
    }

    @Test func pausesOnTheWayMakeNoDifference() async throws {
        try await withSSHD { daemon in
            try daemon.know("[127.0.0.1]:* \(try daemon.hostKey())\n")
            let proxy = try FaultyProxy(to: daemon.port, .init(pieceBytes: 300, pauseMilliseconds: 20))
            defer { proxy.stop() }
            try daemon.configure("", port: proxy.port)
            let connections = daemon.connections()
            #expect(try await connections.run("echo slow", on: "node", deadline: .seconds(30)).exit == .code(0))
            await connections.closeAll()
        }
    }

    @Test func aConnectionLostBetweenTwoCommandsIsOpenedAgain() async throws {
        try await withSSHD { daemon in
            let connections = daemon.connections()
            // The command ends its own server: the session's process is the parent of the shell.
            _ = await failure(connections, "kill $PPID; exec sleep 60")
            let output = try await connections.run("echo again", on: "node", deadline: .seconds(20))
            #expect(text(output.stdout) == "again\n")
            await connections.closeAll()
            #expect(await daemon.log.count("Accepted publickey") == 2)
        }
    }

    @Test func aKeyThatChangesInMidRunIsFoundWhenTheConnectionIsOpenedAgain() async throws {
        try await withSSHD { daemon in
            try await withSSHD { other in
                try FileManager.default.removeItem(atPath: other.file("authorized_keys"))
                try FileManager.default.copyItem(atPath: daemon.file("authorized_keys"), toPath: other.file("authorized_keys"))
                let proxy = try FaultyProxy(to: daemon.port, .init(laterTarget: (2, other.port)))
                defer { proxy.stop() }
                try daemon.configure("", port: proxy.port)
                try daemon.know("[127.0.0.1]:\(proxy.port) \(try daemon.hostKey())\n")
                let connections = daemon.connections()
                #expect(await failure(connections) == nil)
                _ = await failure(connections, "kill $PPID; exec sleep 60")
                for _ in 0..<2 {
                    let later = await failure(connections)
                    guard case .hostKeyChanged(let type, _, let file, 1)? = later?.cause else {
                        Issue.record("\(later?.description ?? "no failure")")
                        return
                    }
                    #expect(type == "ssh-ed25519")
                    #expect(file == daemon.knownHosts)
                    #expect(later?.description.hasSuffix("find out why before that line is replaced") == true)
                }
                #expect(await connections.unreachableSentences.count == 1)
                await connections.closeAll()
                #expect(await other.log.count("Accepted publickey") == 0)
                #expect(await other.log.count("Connection from") == 1, "told again without asking again")
            }
        }
    }

    /// TCP to a multicast address: the kernel has no way there, and nothing leaves the machine.
    @Test func noWayToTheHostIsSaid() async throws {
        try await withSSHD { daemon in
            try daemon.configure("", address: "224.0.0.1", port: 22)
            #expect(
                await sentence(daemon)
                    == "node: no way to 224.0.0.1:22 (Network is unreachable); see the route and the firewall, or a ProxyJump in "
                    + "the ssh configuration")
        }
    }

    @Test(arguments: ["Exceeded MaxStartups\r\n", "Not allowed at this time\r\n"])
    func aServerThatTakesNoMoreCallersIsTakenAtItsWord(words: String) async throws {
        try await withSSHD { daemon in
            let speaker = try OneLineServer(words)
            defer { speaker.stop() }
            try daemon.configure("ConnectTimeout 5", port: speaker.port)
            #expect(
                await sentence(daemon)
                    == "node: 127.0.0.1:\(speaker.port) accepted the connection and closed it before the SSH banner; see MaxStartups "
                    + "and the server's log")
        }
    }

    @Test func aServerThatIsBusyForAMomentIsAskedOnceMore() async throws {
        try await withSSHD("MaxStartups 1:100:1") { daemon in
            // A caller who says nothing takes the only place, until the first refusal.
            let busy = try FaultyProxy(to: daemon.port, .init())
            let holder = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = FaultyProxy.loopback(port: busy.port)
            _ = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(holder, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            #expect(await daemon.log.hasLine("Connection from"))
            let connections = daemon.connections()
            async let released: Void = {
                _ = await daemon.log.hasLine("past MaxStartups")
                close(holder)
                busy.stop()
            }()
            #expect(await failure(connections) == nil)
            await released
            await connections.closeAll()
        }
    }

    @Test func aStallNamesWhatWasWaitedFor() async throws {
        try await withSSHD("MaxStartups 100") { daemon in
            let whole = try FaultyProxy(to: daemon.port, .init())
            try daemon.configure("", port: whole.port)
            try daemon.know("[127.0.0.1]:* \(try daemon.hostKey())\n")
            #expect(await sentence(daemon) == nil)
            whole.stop()
            let base = try String(contentsOfFile: daemon.clientConfig, encoding: .utf8)
            let sentences = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<14 {
                    let bytes = number == 0 ? 1 : whole.passed * number / 14
                    let proxy = try FaultyProxy(to: daemon.port, .init(bytes: bytes, end: .stall))
                    let config = daemon.file("stalled\(number)")
                    try ("Host node\nPort \(proxy.port)\n" + base).write(toFile: config, atomically: true, encoding: .utf8)
                    group.addTask {
                        let connections = SSHConnections(settings: SSHSettings(configPath: config, connectDeadline: .seconds(2)))
                        let failure = await self.failure(connections, "echo answer", deadline: .seconds(2))
                        await connections.closeAll()
                        proxy.stop()
                        return failure?.description ?? "no failure after \(bytes) bytes"
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for stage in ["exchanging keys", "logging in", "no end of `echo answer` within 2 s"] {
                #expect(sentences.contains { $0.contains(stage) }, "\(stage): \(sentences)")
            }
            #expect(!sentences.contains { $0.hasPrefix("no failure") })
        }
    }
}
