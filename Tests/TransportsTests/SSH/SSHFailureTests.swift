import Foundation
import Glibc
import SSHPeer
import Testing

@testable import Transports

/// What goes wrong on the way, at every stage: each has a sentence, and nothing hangs.
@Suite(.timeLimit(.minutes(2))) struct SSHFailureTests {
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
}
