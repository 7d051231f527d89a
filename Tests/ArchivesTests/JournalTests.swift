import Facts
import Foundation
import Testing

@testable import Archives

struct JournalTests {
    private let time = Timestamp("2026-11-24T06:30:01.250Z")!
    private let nad = JournalObject(
        apiVersion: "k8s.cni.cncf.io/v1", kind: "NetworkAttachmentDefinition", resource: "network-attachment-definitions",
        namespace: "default", name: "sriov-201")
    private let pod = JournalObject(
        apiVersion: "v1", kind: "Pod", resource: "pods", namespace: "default", name: "sriov-pod-201-1")
    private var start: RunStart {
        RunStart(
            id: "vlan-201-20261124T063001Z-4f2a", scenario: "vlan-201", scenarioFile: "scenarios/vlan-201.yaml",
            toolVersion: "0.1.0", server: "https://127.0.0.1:6443", context: "seed", namespace: "default",
            kubeconfigs: ["/home/jane/.kube/config"], sshConfig: "lab/ssh_config", workingDirectory: "/home/jane", keeps: false)
    }
    private var wholeRun: [JournalEntry] {
        [
            .runStarted(start), .intent(nad), .created(nad, uid: "n-1"), .intent(pod), .created(pod, uid: "p-1"),
            .deleted(pod, uid: "p-1"), .verifiedGone(pod, uid: "p-1"), .deleted(nad, uid: "n-1"), .verifiedGone(nad, uid: "n-1"),
            .finished(exitCode: 0),
        ]
    }

    private func folder(_ temporary: TemporaryFolder) throws -> RunFolder {
        try RunFolder.create(under: temporary.path, scenario: "vlan-201", started: time, suffix: 0x4f2a)
    }

    @Test func everyEntryIsReadBack() async throws {
        let temporary = try TemporaryFolder()
        let folder = try folder(temporary)
        let entries = wholeRun + [.notCreated(pod, reason: "409: it exists"), .verifiedGone(pod, uid: nil)]
        do {
            let journal = try Journal(creating: folder)
            for entry in entries { try await journal.append(entry, at: time) }
        }
        let reading = JournalReading(try #require(try Files.read(folder.journalPath)))
        #expect(reading.lines.map(\.entry) == entries)
        #expect(reading.lines.allSatisfy { $0.time == time })
        #expect(reading.start == start)
        #expect(reading.exitCode == 0)
        #expect(!reading.isTorn && reading.unreadLines.isEmpty)
    }

    @Test("Killed at any byte, the journal names everything that was made and nothing twice")
    func killedAtAnyByte() throws {
        let bytes = Array(wholeRun.map { $0.line(at: time) + "\n" }.joined().utf8)
        let ends = bytes.indices.filter { bytes[$0] == 0x0a }
        for cut in 0...bytes.count {
            let reading = JournalReading(Array(bytes[..<cut]))
            let whole = ends.count { $0 < cut }
            #expect(reading.lines.count == whole)
            #expect(reading.unreadLines.isEmpty)
            #expect(reading.isTorn == (cut > 0 && bytes[cut - 1] != 0x0a))
            let expected: [(JournalObject, String?, PendingObject.State)] =
                switch whole {
                case 0, 1: []
                case 2: [(nad, nil, .intended)]
                case 3: [(nad, "n-1", .created)]
                case 4: [(nad, "n-1", .created), (pod, nil, .intended)]
                case 5: [(nad, "n-1", .created), (pod, "p-1", .created)]
                case 6: [(nad, "n-1", .created), (pod, "p-1", .deleting)]
                case 7: [(nad, "n-1", .created)]
                case 8: [(nad, "n-1", .deleting)]
                default: []
                }
            #expect(reading.pendingObjects == expected.map { PendingObject(object: $0.0, uid: $0.1, state: $0.2) })
        }
    }

    @Test func anObjectThatTheServerRefusedIsNotPending() {
        let reading = reading([.intent(pod), .notCreated(pod, reason: "403")])
        #expect(reading.pendingObjects.isEmpty)
    }

    @Test func aNameUsedAgainIsAnotherObject() {
        let entries: [JournalEntry] = [
            .intent(pod), .created(pod, uid: "p-1"), .deleted(pod, uid: "p-1"), .intent(pod), .created(pod, uid: "p-2"),
            .verifiedGone(pod, uid: "p-1"),
        ]
        #expect(reading(entries).pendingObjects == [PendingObject(object: pod, uid: "p-2", state: .created)])
    }

    @Test func anIntentThatNeverArrivedIsSettledWithoutUID() {
        #expect(reading([.intent(pod), .verifiedGone(pod, uid: nil)]).pendingObjects.isEmpty)
        let known = reading([.intent(pod), .created(pod, uid: "p-1"), .verifiedGone(pod, uid: nil)])
        #expect(known.pendingObjects.count == 1, "a known UID is only settled by that UID")
    }

    @Test func damageInTheMiddleIsSaid() {
        var bytes = Array(wholeRun.map { $0.line(at: time) + "\n" }.joined().utf8)
        let second = bytes.firstIndex(of: 0x0a)! + 1
        bytes[second] = 0x00
        let reading = JournalReading(bytes)
        #expect(reading.unreadLines == [2])
        #expect(reading.lines.count == wholeRun.count - 1)
    }

    @Test func aCreationWhoseIntentWasLostIsPendingAllTheSame() {
        #expect(reading([.created(pod, uid: "p-1")]).pendingObjects == [.init(object: pod, uid: "p-1", state: .created)])
    }

    @Test func goingOnTakesTheTornLineOff() async throws {
        let temporary = try TemporaryFolder()
        let folder = try folder(temporary)
        let whole = JournalEntry.intent(pod).line(at: time) + "\n"
        try Data((whole + "{\"entry\":\"crea").utf8).write(to: URL(fileURLWithPath: folder.journalPath))
        let journal = try Journal(continuing: folder)
        try await journal.append(.verifiedGone(pod, uid: nil), at: time)
        let reading = JournalReading(try #require(try Files.read(folder.journalPath)))
        #expect(reading.lines.map(\.entry) == [.intent(pod), .verifiedGone(pod, uid: nil)])
        #expect(!reading.isTorn)
    }

    @Test func aRunThatGoesOnCannotBeCleanedUp() async throws {
        let temporary = try TemporaryFolder()
        let folder = try folder(temporary)
        let journal = try Journal(creating: folder)
        let error = #expect(throws: ArchiveError.self) { try Journal(continuing: folder) }
        #expect(error?.description.hasSuffix("another process has this journal open: the run is still going on") == true)
        try await journal.append(.finished(exitCode: 0), at: time)
    }

    @Test func aJournalThatExistsIsNotStartedAnew() throws {
        let temporary = try TemporaryFolder()
        let folder = try folder(temporary)
        _ = try Journal(creating: folder)
        #expect(throws: ArchiveError.self) { try Journal(creating: folder) }
    }

    private func reading(_ entries: [JournalEntry]) -> JournalReading {
        JournalReading(Array(entries.map { $0.line(at: time) + "\n" }.joined().utf8))
    }
}
