import Facts
import Foundation
import Testing

@testable import Labs

/// Commands over WebSocket, held frame by frame to the sessions of a true server.
@Suite(.timeLimit(.minutes(1))) struct ExecRecordingTests {
    /// Sessions whose client only reads.
    static let sessions = [
        "exec-v5-exit3", "exec-v4-exit3", "exec-v1-exit3", "exec-v5-exit255", "exec-v4-exit255", "exec-v1-exit255",
        "exec-v5-signal", "exec-v4-signal", "exec-v1-signal", "exec-v5-ipaddr", "exec-v4-ipaddr", "exec-v1-ipaddr",
        "exec-none-ipaddr", "exec-b64-ipaddr", "exec-v4first-ipaddr", "exec-kubectl-ipaddr", "exec-v5-stdoutonly",
        "exec-v4-stdoutonly", "exec-v1-stdoutonly", "exec-v5-missingcmd", "exec-v4-missingcmd", "exec-v1-missingcmd",
        "exec-v5-nocommand", "exec-v4-nocommand", "exec-v1-nocommand", "exec-v5-container-ok", "exec-token-in-subprotocol",
        "exec-stdin-tty-stderr",
    ]

    @Test(arguments: sessions) func framesAreThoseOfATrueServer(_ name: String) async throws {
        let session = try ExecRecording(name)
        let seen = try await Self.play(session)
        #expect(seen.protocolLine == session.protocolLine)
        #expect(seen.frames.map(\.description) == session.frames.map(\.description))
    }

    static let refusals = [
        "exec-err-401", "exec-err-403", "exec-err-anon", "exec-err-container", "exec-err-pod404", "exec-err-notrunning-badimg",
        "exec-err-notrunning-crash", "exec-err-notrunning-nonode", "exec-err-notrunning-want9", "exec-err-notrunning-want9node",
        "exec-v5-nostreams", "exec-v4-nostreams", "exec-b64v4-ipaddr", "exec-v2-ipaddr", "exec-v3-ipaddr", "exec-unknown-ipaddr",
        "exec-post-upgrade", "rbac-exec-only-get", "rbac-exec-only-create",
    ]

    @Test(arguments: refusals) func refusalsBeforeTheUpgradeAreThoseOfATrueServer(_ name: String) async throws {
        let session = try ExecRecording(name)
        let seen = try await Self.play(session)
        #expect(seen.statusLine == session.statusLine)
        #expect(seen.body == session.body)
        #expect(seen.contentType == session.contentType)
    }

    @Test func inputIsClosedByTheClientInVersion5() async throws {
        let session = try ExecRecording("exec-v5-cat-close")
        let seen = try await Self.play(session)
        #expect(seen.frames.map(\.description) == session.frames.map(\.description))
    }

    @Test func pingIsAnswered() async throws {
        let session = try ExecRecording("exec-v5-ping")
        let seen = try await Self.play(session)
        #expect(seen.frames.map(\.description) == session.frames.map(\.description))
    }

    @Test func inVersion4InputNeverEnds() async throws {
        var session = try ExecRecording("exec-v4-cat-noclose")
        session.sendPing()
        let seen = try await Self.play(session, until: "pong")
        // The pong says that the input and its end have been read; a command whose input had ended would have ended before it.
        #expect(seen.frames.map(\.description) == ["binary 01", "pong 7070"])
    }

    @Test func aKubeletThatDiesLeavesNoGoodbye() async throws {
        let session = try ExecRecording(
            handshake:
                "GET /api/v1/namespaces/default/pods/sriov-pod-201-1/exec?command=die&stdout=true HTTP/1.1\r\nConnection: Upgrade"
                + "\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: oGDeEYEOJUqq0ju+9tMZyg==\r\n"
                + "Sec-WebSocket-Protocol: v5.channel.k8s.io\r\n\r\n")
        let seen = try await Self.play(session)
        #expect(seen.frames.map(\.description) == ["binary 01", "binary 0168616c66"])
        #expect(seen.ending == .closed)
    }

    /// Sends what the recorded client sent to a lab whose containers do what the true ones did.
    private static func play(_ session: ExecRecording, until last: String = "close") async throws -> ExecRecording.Seen {
        let seen = Seen()
        let (gate, opener) = AsyncStream.makeStream(of: Never.self)
        try await APIBench.run(authorization: .rbac, runtime: RecordedRuntime(session: session, gate: gate)) { bench in
            try await furnish(bench.store)
            let sent = session.sent
            let outcome = try await RawClient(port: bench.port).exchange(
                session.handshake,
                then: { bytes in
                    // One reply, once the connection is a WebSocket and its first frame has come.
                    !sent.isEmpty && String(decoding: bytes, as: UTF8.self).hasPrefix("HTTP/1.1 101") && seen.isFirst()
                        ? sent : nil
                },
                until: { bytes in
                    let soFar = ExecRecording.Seen(bytes)
                    if soFar.frames.contains(where: { $0.kind == "pong" }) { opener.finish() }
                    return soFar.hasEnded || soFar.frames.last?.kind == last
                })
            seen.keep(ExecRecording.Seen(outcome.bytes, ending: outcome.ending))
        }
        return seen.value
    }

    /// The pods that the recorded sessions name, in the states in which they were.
    private static func furnish(_ store: ObjectStore) async throws {
        func pod(_ name: String, container: String, node: String?, state: JSONValue?) async throws {
            var pod: JSONValue = [
                "metadata": ["name": .string(name)], "spec": ["containers": [["name": .string(container), "image": "busybox"]]],
            ]
            if let node { pod.set("spec", "nodeName", to: .string(node)) }
            if let state { pod.set("status", "containerStatuses", to: [["name": .string(container), "state": state]]) }
            try await store.create(pod, kind: .pods, namespace: "default")
        }
        let running: JSONValue = ["running": ["startedAt": "2026-11-23T22:00:17Z"]]
        try await pod("sriov-pod-201-1", container: "sriov-pod-200-1c", node: "worker1", state: running)
        try await pod("badimg", container: "c", node: "worker1", state: ["waiting": ["reason": "ImagePullBackOff"]])
        try await pod("crash", container: "c", node: "worker1", state: ["waiting": ["reason": "CrashLoopBackOff"]])
        try await pod("nonode", container: "c", node: "worker9", state: nil)
        try await pod("want9", container: "c", node: nil, state: nil)
        try await pod("want9node", container: "c", node: "worker1", state: nil)
        let rights: [(user: String, verbs: [JSONValue])] = [("only-get", ["get"]), ("only-create", ["create"])]
        for (user, verbs) in rights {
            try await store.create(
                [
                    "metadata": ["name": .string(user)],
                    "rules": [["apiGroups": [""], "resources": ["pods/exec"], "verbs": .array(verbs)]],
                ], kind: .roles, namespace: "default")
            try await store.create(
                [
                    "metadata": ["name": .string(user)], "roleRef": ["kind": "Role", "name": .string(user)],
                    "subjects": [["kind": "Group", "name": .string(user)]],
                ], kind: .roleBindings, namespace: "default")
        }
    }

    /// Shared by the client's closures, one after the other.
    private final class Seen: @unchecked Sendable {
        // Guarded by the lock: the client's closures run on its task, the test reads after it.
        private let lock = NSLock()
        private var isSent = false
        private var kept = ExecRecording.Seen([])

        func isFirst() -> Bool {
            lock.withLock {
                defer { isSent = true }
                return !isSent
            }
        }
        func keep(_ seen: ExecRecording.Seen) { lock.withLock { kept = seen } }
        var value: ExecRecording.Seen { lock.withLock { kept } }
    }
}

/// Containers in which the recorded commands do what they did.
struct RecordedRuntime: PodRuntime {
    let session: ExecRecording
    /// Ends when the command that sleeps is to wake: when its client has seen a pong.
    let gate: AsyncStream<Never>

    func exec(namespace: String, pod: String, container: String, argv: [String], stdin: [UInt8]) async -> ExecOutcome {
        func ended(_ stdout: String, _ stderr: String = "", _ code: Int = 0) -> ExecOutcome {
            .ended(stdout: Array(stdout.utf8), stderr: Array(stderr.utf8), exitCode: code)
        }
        switch argv {
        case ["ip", "addr"]:
            // What was printed is the same in every protocol.
            let frame = try? ExecRecording("exec-v5-ipaddr").frames[1].payload.dropFirst()
            return .ended(stdout: Array(frame ?? []), stderr: [], exitCode: 0)
        case ["sh", "-c", "echo out; echo err >&2; exit 3"]: return ended("out\n", "err\n", 3)
        case ["sh", "-c", "echo out; echo err >&2"]: return ended("out\n", "err\n")
        case ["sh", "-c", "exit 255"]: return ended("", "", 255)
        case ["sh", "-c", "kill -9 $$"]: return ended("", "", 137)
        case ["hostname"]: return ended("sriov-pod-201-1\n")
        case ["id"]: return ended("uid=0(root) gid=0(root) groups=0(root)\n")
        case ["cat"]: return .ended(stdout: stdin, stderr: [], exitCode: 0)
        case ["sleep", "2"]:
            for await _ in gate {}
            return ended("")
        case ["die"]: return .dropped(stdout: Array("half".utf8), stderr: [])
        default: return .commandNotFound(message: session.runtimeMessage)
        }
    }

    func logs(namespace: String, pod: String, container: String) async -> String? { nil }
}
