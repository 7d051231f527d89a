import Facts
import Foundation
import Testing
import Verdicts

@testable import Archives

struct EvidenceStoreTests {
    private let time = Timestamp("2026-11-24T06:30:02.118Z")!
    private let temporary: TemporaryFolder
    private let folder: RunFolder
    private let store: EvidenceStore

    init() throws {
        temporary = try TemporaryFolder()
        folder = try RunFolder.create(under: temporary.path, scenario: "s", started: time, suffix: 1)
        store = EvidenceStore(folder: folder)
        _ = try Journal(creating: folder)
    }

    private func exchange(
        _ source: FactSource = .node("worker1"), sent: String = "ip -d link show dev eno2",
        outcome: Exchange.Outcome = .exit(0), output: [UInt8] = Array("2: eno2:\n".utf8), errors: [UInt8] = []
    ) -> Exchange {
        Exchange(
            source: source, sent: sent, started: time, ended: time.advanced(by: .milliseconds(13)), outcome: outcome,
            output: output, errorOutput: errors)
    }

    @Test func filesAreNumberedAndNamedBySourceAndKind() async throws {
        let request = VFTableRequest(node: "worker1", pf: "eno2")
        let first = try await store.store(Capture(exchange(), for: request, at: .plumbed, attempt: 2))
        let pod = FactSource.pod(.init(namespace: "default", name: "sriov-pod-201-1"))
        try await store.store(Capture(exchange(pod), kind: "ping", what: "ping of 192.168.201.1"))
        try await store.store(Capture(exchange(.device("a/b c")), kind: "fdb", what: "FDB"))
        #expect(first == EvidenceID(1))
        let names = ["0001-worker1-vf-table.txt", "0002-sriov-pod-201-1-ping.txt", "0003-a-b-c-fdb.txt"]
        #expect(try temporary.names(folder.id + "/evidence") == names)
        #expect(await store.files.map(\.path) == names.map { "evidence/" + $0 })
        #expect(await store.files.map(\.id.number) == [1, 2, 3])
    }

    @Test func theHeadSaysWhoWasAskedWhatAndHowItEnded() async throws {
        let request = VFTableRequest(node: "worker1", pf: "eno2")
        try await store.store(Capture(exchange(errors: Array("warned".utf8)), for: request, at: .plumbed, attempt: 2))
        let text = try String(contentsOfFile: folder.path + "/evidence/0001-worker1-vf-table.txt", encoding: .utf8)
        #expect(
            text == """
                # evidence 1: worker1: VF table of eno2
                # kind: vf-table
                # source: node worker1
                # moment: plumbed, attempt 2
                # sent: ip -d link show dev eno2
                # started: 2026-11-24T06:30:02.118Z
                # ended: 2026-11-24T06:30:02.131Z
                # outcome: exit 0
                # redacted: 0
                # stdout: 9 bytes
                # stderr: 6 bytes

                2: eno2:

                # stderr
                warned
                """)
    }

    @Test func whatCarriedACommandStandsInItsHeadAndIsReadBack() async throws {
        var exchange = exchange(.device("fabric-switch"), sent: "show arp no-resolve")
        exchange.transport = "a shell of libssh2, since it gives no answer on an exec channel"
        try await store.store(Capture(exchange, kind: "arp", what: "ARP table"))
        let path = folder.path + "/evidence/0001-fabric-switch-arp.txt"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(
            text.contains(
                """
                # sent: show arp no-resolve
                # transport: a shell of libssh2, since it gives no answer on an exec channel
                # started:
                """))
        let read = try EvidenceDocument(Array(text.utf8), path: path)
        #expect(read.capture.exchange.transport == exchange.transport)
        // Files of before it was written have no such line.
        let old = text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("# transport:") }
        #expect(try EvidenceDocument(Array(old.joined(separator: "\n").utf8), path: path).capture.exchange.transport == nil)
    }

    static let bodies: [[UInt8]] = [
        [], Array("no line feed at the end".utf8), Array("\n\n# stderr\n# stdout: 3 bytes\n".utf8),
        [0, 0xff, 0xfe, 0x0d, 0x0a, 0x0a],
        Array(repeating: 0x41, count: 200_000),
    ]

    @Test("Bytes are read back exactly, whatever is in them", arguments: bodies.indices, bodies.indices)
    func exact(_ first: Int, _ second: Int) async throws {
        let (output, errors) = (Self.bodies[first], Self.bodies[second])
        let capture = Capture(exchange(output: output, errors: errors), kind: "fdb", what: "FDB of VLAN a: b")
        let id = try await store.store(capture)
        #expect(try StoredRun(folder.path, under: "").evidence(id) == capture)
    }

    @Test(
        "Each way an exchange ends is read back",
        arguments: [
            Exchange.Outcome.exit(255), .signal("TERM"), .status(403), .unstated,
            .broken("fabric-switch: SSH timed out after 10 s at 192.0.2.7:22"),
        ])
    func outcomes(_ outcome: Exchange.Outcome) async throws {
        let pod = PodReference(namespace: "default", name: "sriov-pod-201-1")
        for source in [FactSource.cluster, .node("worker1"), .device("fabric-switch"), .pod(pod)] {
            let capture = Capture(
                exchange(source, outcome: outcome), for: PodStateRequest(pod: pod), at: .afterTeardown, attempt: 1)
            let id = try await store.store(capture)
            #expect(try StoredRun(folder.path, under: "").evidence(id) == capture)
        }
    }

    @Test func aSecretNeverReachesTheDisk() async throws {
        let store = EvidenceStore(folder: folder, redactor: Redactor(secrets: [Redacted("S3NTINEL-value")]))
        let secret = Array("token: S3NTINEL\nS3NTINEL-value\n".utf8)
        let capture = Capture(
            exchange(
                sent: "GET /x Authorization: Bearer S3NTINEL", outcome: .broken("refused S3NTINEL-value"), output: secret,
                errors: secret), kind: "pod", what: "pod")
        let id = try await store.store(capture)
        let bytes = try #require(try Files.read(folder.path + "/evidence/0001-worker1-pod.txt"))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains("S3NTINEL"))
        #expect(text.contains("# redacted: 4\n"))
        #expect(
            try StoredRun(folder.path, under: "").evidence(id).exchange.output == Array("token: [redacted]\n[redacted]\n".utf8))
    }

    @Test func manyAtOnceHaveANumberEach() async throws {
        let ids = try await withThrowingTaskGroup(of: EvidenceID.self) { group in
            for index in 0..<100 {
                group.addTask {
                    try await store.store(Capture(exchange(output: [UInt8(index)]), kind: "fdb", what: "FDB"))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(ids.map(\.number)) == Set(1...100))
        let run = try StoredRun(folder.path, under: "")
        #expect(try run.evidenceFiles().map(\.id.number) == Array(1...100))
        #expect(try Set(run.evidenceFiles().map { try run.evidence(at: $0).exchange.output[0] }) == Set(0..<100))
    }

    @Test(arguments: [
        ("exit 0", "exit zero", "expected another value than 'exit zero' in the line '# outcome: …'"),
        ("# kind: fdb\n", "", "expected a line '# kind: …'"),
        ("stdout: 9 bytes", "stdout: 99 bytes", "expected 99 more bytes, 9 are there"),
        ("stdout: 9 bytes", "stdout: 8 bytes", "expected no more bytes than the head counts, 1 are left"),
        ("evidence 1:", "notes 1:", "expected a first line '# evidence N: …'"),
    ])
    func aFileThatWasChangedIsRefused(_ from: String, _ to: String, _ sentence: String) async throws {
        let id = try await store.store(Capture(exchange(), kind: "fdb", what: "FDB"))
        let path = folder.path + "/evidence/0001-worker1-fdb.txt"
        let text = try String(contentsOfFile: path, encoding: .utf8).replacingOccurrences(of: from, with: to)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let error = #expect(throws: ArchiveError.self) { try StoredRun(folder.path, under: "").evidence(id) }
        #expect(error?.description == "\(path): \(sentence); this is not an evidence file as plumbline wrote it")
    }
}
