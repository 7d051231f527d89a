import Facts
import HTTPPeer
import Testing

@testable import Kubernetes

/// Recorded sessions and what they become. Expected values are read off the recordings.
@Suite(.timeLimit(.minutes(1)))
struct ExecTests {
    private func exec(_ peer: HTTPPeer, _ argv: [String] = ["id"], stdin: [UInt8]? = nil) async throws -> ExecOutput {
        try await ClusterPeer.client(peer).exec(namespace: "default", pod: "sriov-pod-201-1", argv: argv, stdin: stdin)
    }

    private func failure(_ peer: HTTPPeer, _ argv: [String] = ["id"], deadline: Duration = .seconds(10)) async throws
        -> KubernetesFailure?
    {
        let client = try ClusterPeer.client(peer)
        return await ClusterPeer.failure { () throws(KubernetesFailure) in
            try await client.exec(namespace: "default", pod: "sriov-pod-201-1", argv: argv, deadline: deadline)
        }
    }

    @Test(arguments: [
        ("exec-v5-exit3", 3), ("exec-v4-exit3", 3), ("exec-v5-signal", 137), ("exec-v4-signal", 137), ("exec-v5-exit255", 255),
    ])
    func theExitCodeIsReadFromTheCause(_ recording: String, _ code: Int) async throws {
        let peer = try ClusterPeer.exec(recording)
        let output = try await exec(peer)
        #expect(output.exitCode == code)
        if recording.hasSuffix("exit3") {
            #expect(output.stdout == Array("out\n".utf8))
            #expect(output.stderr == Array("err\n".utf8))
        }
    }

    @Test func argumentsArriveAsTheyAre() async throws {
        let peer = try ClusterPeer.exec("exec-v5-ipaddr")
        let output = try await exec(peer, ["sh", "-c", "echo 'a b' && ls /; $HOME%&=+"])
        #expect(output.exitCode == 0)
        #expect(String(decoding: output.stdout, as: UTF8.self).contains("net1"))
        let request = try #require(peer.requests.first)
        #expect(
            request.target
                == "/api/v1/namespaces/default/pods/sriov-pod-201-1/exec?command=sh&command=-c&command=echo%20%27a%20b%27%20%26%26%20ls%20%2F%3B%20%24HOME%25%26%3D%2B&stdout=true&stderr=true"
        )
        #expect(request.header("sec-websocket-protocol") == "v5.channel.k8s.io, v4.channel.k8s.io")
    }

    @Test func inputIsSentAndClosed() async throws {
        let peer = try ClusterPeer.exec("exec-v5-cat-close")
        let output = try await exec(peer, ["cat"], stdin: Array("hello\n".utf8))
        #expect(output == ExecOutput(stdout: Array("hello\n".utf8), stderr: [], exitCode: 0))
    }

    @Test(arguments: ["exec-v5-missingcmd", "exec-v4-missingcmd"])
    func aProgramThatTheImageLacksIsNamed(_ recording: String) async throws {
        let failure = try await failure(try ClusterPeer.exec(recording), ["nosuchcmd"])
        #expect(failure?.kind == .commandNotFound)
        #expect(
            failure?.sentence.hasPrefix(
                "cluster: exec in pod default/sriov-pod-201-1: 'nosuchcmd' did not run, since the image has no 'nosuchcmd': ")
                == true)
        #expect(failure?.serverMessage.contains("executable file not found in $PATH") == true)
    }

    @Test(arguments: [
        (
            "exec-err-403", KubernetesFailure.Kind.forbidden(verb: "get", resource: "pods/exec"),
            "cannot get resource \"pods/exec\""
        ),
        ("rbac-exec-only-get", .forbidden(verb: "create", resource: "pods/exec"), "pods \"sriov-pod-201-1\" is forbidden: "),
        ("exec-err-401", .unauthorized, "Unauthorized"),
        ("exec-err-pod404", .notFound, "not found"),
        ("exec-err-notrunning-nonode", .notFound, "pods \"worker9\" not found"),
        ("exec-err-notrunning-crash", .containerNotRunning, "container not found (\"c\")"),
        ("exec-err-notrunning-want9", .containerNotRunning, "does not have a host assigned"),
        ("exec-err-container", .invalid, "container"),
        ("exec-v3-ipaddr", .forbidden(verb: "create", resource: "pods/exec"), ""),
    ])
    func aRefusalBeforeTheUpgradeIsToldWithItsWords(_ recording: String, _ kind: KubernetesFailure.Kind, _ words: String)
        async throws
    {
        let failure = try await failure(try ClusterPeer.exec(recording))
        #expect(failure?.kind == kind)
        #expect(failure?.serverMessage.contains(words) == true || words.isEmpty)
        if case .forbidden = kind {
            #expect(
                failure?.next?.contains(
                    "on 'pods/exec' in namespace 'default' (old servers ask exec for 'get', newer ones for 'get' and 'create')")
                    == true)
        }
    }

    @Test func aConnectionThatEndsWithoutAStatusIsNoExit() async throws {
        let peer = try HTTPPeer { request, connection in
            ClusterPeer.upgrade(request, connection)
            connection.send(ClusterPeer.frame(2, [1] + Array("half".utf8)))
            connection.close()
        }
        let client = try ClusterPeer.client(peer)
        let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in
            try await client.exec(namespace: "n", pod: "p", argv: ["ip", "addr"], isRepeatable: false)
        }
        #expect(failure?.kind == .brokenOff)
        #expect(
            failure?.sentence
                == "cluster: exec in pod n/p: 'ip addr' has no known end: expected its exit status, but after 4 bytes the connection ended without a close frame"
        )
        #expect(peer.requests.count == 1)
    }

    @Test func aReadOnlyCommandThatBrokeOffIsRunAgain() async throws {
        let count = Recorded()
        let peer = try HTTPPeer { request, connection in
            if count.next() == 0 { return connection.reset() }
            ClusterPeer.upgrade(request, connection)
            connection.send(ClusterPeer.frame(2, [1] + Array("ok".utf8)))
            connection.send(ClusterPeer.frame(2, [3] + Array(#"{"metadata":{},"status":"Success"}"#.utf8)))
            connection.send(ClusterPeer.frame(8, [0x03, 0xe8]))
            connection.close()
        }
        #expect(try await exec(peer).stdout == Array("ok".utf8))
        #expect(peer.requests.count == 2)
    }

    @Test func aCommandThatNeverEndsIsGivenUpAtTheDeadline() async throws {
        let peer = try HTTPPeer { request, connection in
            ClusterPeer.upgrade(request, connection)
            _ = connection.waitForClose()
        }
        let failure = try await failure(peer, ["sleep", "inf"], deadline: .milliseconds(300))
        #expect(failure?.kind == .timedOut)
    }

    @Test func tenMegabytesAreByteExactAndOnBothStreams() async throws {
        let block = (0..<32_768).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let peer = try HTTPPeer { request, connection in
            ClusterPeer.upgrade(request, connection)
            for index in 0..<320 { connection.send(ClusterPeer.frame(2, [index % 10 == 9 ? 2 : 1] + block)) }
            connection.send(ClusterPeer.frame(2, [3] + Array(#"{"metadata":{},"status":"Success"}"#.utf8)))
            connection.send(ClusterPeer.frame(8, [0x03, 0xe8]))
            connection.close()
        }
        let output = try await exec(peer)
        #expect(output.stdout.count == 288 * 32_768)
        #expect(output.stderr.count == 32 * 32_768)
        #expect(Array(output.stdout.suffix(32_768)) == block)
    }

    @Test func inputThatNobodyReadsDoesNotHang() async throws {
        let peer = try HTTPPeer { request, connection in
            ClusterPeer.upgrade(request, connection)
            connection.send(ClusterPeer.frame(2, [3] + Array(#"{"metadata":{},"status":"Success"}"#.utf8)))
            connection.send(ClusterPeer.frame(8, [0x03, 0xe8]))
            _ = connection.waitForClose()
        }
        let output = try await exec(peer, ["true"], stdin: [UInt8](repeating: 1, count: 32 << 20))
        #expect(output.exitCode == 0)
    }

    @Test func moreThanTheLimitIsGivenUp() async throws {
        let peer = try HTTPPeer { request, connection in
            ClusterPeer.upgrade(request, connection)
            let frame = ClusterPeer.frame(2, [1] + [UInt8](repeating: 0x79, count: 32_768))
            while connection.send(frame) == frame.count {}
            connection.close()
        }
        let client = try ClusterPeer.client(peer)
        let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in
            try await client.exec(namespace: "n", pod: "p", argv: ["yes"], outputLimitBytes: 1 << 20)
        }
        #expect(failure?.sentence == "cluster: exec in pod n/p: 'yes' printed more than 1048576 bytes and was given up")
    }

    @Test func whatACommandPrintedIsToldAsEvidence() async throws {
        let told = Collected<Exchange>()
        let pod = PodReference(namespace: "default", name: "sriov-pod-201-1")
        let peer = try ClusterPeer.exec("exec-v5-exit3")
        let client = try ClusterPeer.client(peer).observing(.pod(pod)) { told.add($0) }
        _ = try await client.exec(namespace: "default", pod: "sriov-pod-201-1", argv: ["id"])
        let exchange = try #require(told.all.first)
        #expect(exchange.source == .pod(pod))
        #expect(exchange.outcome == .exit(3))
        #expect(exchange.text == "out\n")
        #expect(exchange.errorText == "err\n")
    }
}
