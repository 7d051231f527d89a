import Facts
import Foundation
import Testing
import Verdicts

@testable import Reports

struct JSONReportTests {
    static let names = SampleRuns.all.map(\.name)

    private func record(_ name: String) throws -> RunRecord {
        try #require(SampleRuns.all.first { $0.name == name }?.record)
    }

    @Test("What is written is read back whole", arguments: names)
    func roundTrip(_ name: String) throws {
        let record = try self.record(name)
        let text = JSONReport.text(record)
        let back = try JSONReport.record(parsing: text)
        #expect(back == record)
        #expect(JSONReport.text(back) == text)
    }

    @Test func everyFieldOfARecordSurvives() throws {
        var record = SampleRuns.vlanNotApplied
        record.headerNotes = ["--insecure-host-keys"]
        record.notes = [Note(code: "scenario-lint", sentence: "The scenario says nothing of spoof checking.")]
        record.kept = true
        record.cluster = nil
        record.created[0] = .init(
            object: .init(kind: "Namespace", namespace: nil, name: "n", uid: "11-22"), verifiedGone: false)
        record.findings += [
            Finding(
                key: .init(check: "node.allocatable", subject: .cluster), title: "t", verdict: .skipped, judgement: nil,
                skipReason: "deselected", moment: .baseline, duration: .milliseconds(1), attempts: 0, isPrerequisite: true),
            SampleRuns.finding("nad.valid", .network("default/sriov-201"), .pass),
            SampleRuns.finding("switch.arp", .device("fabric-switch"), .inconclusive),
        ]
        record.findings[0].judgement?.mayChange = true
        record.chains.append(PodChain(pod: .init(namespace: "a", name: "b")))
        #expect(try JSONReport.record(parsing: JSONReport.text(record)) == record)
    }

    @Test func theExitCodeAndCountsAreInTheFile() throws {
        let value = JSONReport.value(SampleRuns.vlanNotApplied)
        #expect(value["schema"] == "plumbline.run/v1")
        #expect(value["exitCode"] == 1)
        #expect(value["verdict"] == "failed")
        #expect(value["counts"] == ["pass": 7, "fail": 1, "inconclusive": 0, "skipped": 1, "notes": 1])
        #expect(value["seconds"] == .number("12.345"))
    }

    @Test func evidenceIsSortedByNumber() {
        var record = SampleRuns.passed
        record.evidence.reverse()
        #expect(JSONReport.text(record) == JSONReport.text(SampleRuns.passed))
    }

    @Test(arguments: [
        (
            "\"verdict\": \"fail\",\n      \"sentence\"", "\"verdict\": \"maybe\",\n      \"sentence\"",
            "run.json, findings[4].verdict: expected one of pass, fail, inconclusive, skipped, seen \"maybe\""
        ),
        (
            "plumbline.run/v1", "plumbline.run/v9",
            "run.json, schema: expected \"plumbline.run/v1\", the version that this build reads, seen \"plumbline.run/v9\""
        ),
        (
            "\"mac\": \"56:7f:f1:5e:ac:52\"", "\"mac\": \"56:7f\"",
            "run.json, chains[0].mac: expected a MAC address, seen \"56:7f\""
        ),
        (
            "\"kind\": \"node\"", "\"kind\": \"moon\"",
            "run.json, findings[0].subject.kind: expected cluster, node, network, pod or device, seen \"moon\""
        ),
        ("\"attempts\": 1,", "\"attempts\": 1.5,", "run.json, findings[0].attempts: expected a whole number, seen 1.5"),
    ])
    func whatDoesNotFitIsNamedWithItsPlace(_ from: String, _ to: String, _ sentence: String) throws {
        let text = JSONReport.text(SampleRuns.vlanNotApplied)
        let range = try #require(text.range(of: from))
        let error = #expect(throws: RunDocumentError.self) {
            try JSONReport.record(parsing: text.replacingCharacters(in: range, with: to))
        }
        #expect(error?.description == sentence)
    }

    @Test func aFileCutOffIsNotARecord() {
        let text = JSONReport.text(SampleRuns.passed)
        #expect(throws: RunDocumentError.self) { try JSONReport.record(parsing: String(text.dropLast(10))) }
        #expect(throws: RunDocumentError.self) { try JSONReport.record(parsing: "") }
        #expect(throws: RunDocumentError.self) { try JSONReport.record(parsing: "[]") }
    }

    @Test func eventsAreOneObjectALine() throws {
        let events: [RunEvent] = [
            .started(id: "r-1", scenario: "vlan-201", cluster: nil, lab: .simulated, headerNotes: ["a\nb"]), .phase("verify"),
            .action("created Pod default/x"),
            .waiting(what: "w", lastSeen: "1 of 3", elapsed: .milliseconds(1500), deadline: .seconds(20)),
            .found(SampleRuns.vlanNotApplied.findings[4]), .note(Note(code: "c", sentence: "s.")), .finished(SampleRuns.passed),
        ]
        let lines = events.map { EventLines.line(for: $0, at: SampleRuns.started) }
        #expect(lines.allSatisfy { !$0.contains("\n") })
        let values = try lines.map { try JSONValue(parsing: $0) }
        #expect(values.map { $0["event"]?.text } == ["started", "phase", "action", "waiting", "found", "note", "finished"])
        #expect(values.allSatisfy { $0["time"] == "2026-11-24T06:30:01.250Z" })
        #expect(values[3]["elapsedSeconds"] == .number("1.500"))
        #expect(try JSONReport.record(#require(values[6]["run"])) == SampleRuns.passed)
    }

    @Test(arguments: ["vlan-not-applied", "stopped"])
    func golden(_ name: String) throws {
        let record = try self.record(name)
        try Golden.expect(JSONReport.text(record), name: name, exit: record.exitStatus.rawValue, format: "json")
    }
}
