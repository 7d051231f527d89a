import Facts
import Testing
import Verdicts

@testable import Reports

struct TerminalReportTests {
    private func text(_ record: RunRecord, style: TerminalStyle = TerminalStyle()) -> String {
        let places = ReportPlaces(
            folder: "reports/\(record.id)", files: ["reports/\(record.id)/run.json", "reports/\(record.id)/junit.xml"])
        return TerminalReport(record, places: places, style: style).text
    }

    @Test func theIdentityRowsAreTheSeeds() {
        let rows = text(SampleRuns.passed).split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let expected = [
            "sriov-pod-201-1 worker1 eno2 VF 1 56:7f:f1:5e:ac:52 192.168.201.2 201 fabric-switch ge-0/0/9.0",
            "sriov-pod-201-2 worker2 eno2 VF 2 0a:43:80:e7:80:15 192.168.201.3 201 fabric-switch ge-0/0/1.0",
            "sriov-pod-201-3 worker3 eno2 VF 7 a2:1f:bc:be:1c:7e 192.168.201.4 201 fabric-switch ge-0/0/19.0",
        ]
        for row in expected { #expect(rows.contains(row.split(separator: " ").map(String.init)), "\(row)") }
    }

    @Test func everyCheckAndSubjectHasOneLine() {
        for (name, record) in SampleRuns.all {
            let lines = text(record).split(separator: "\n")
            let marks = Verdict.allCases.map { "\($0.glyph(unicode: true)) \($0.word)" }
            for finding in record.findings {
                let own = lines.filter { line in
                    marks.contains { line.dropFirst(2).hasPrefix($0) }
                        && line.split(separator: " ").dropFirst(2).prefix(2).elementsEqual([
                            "\(finding.key.check)", Substring("\(finding.key.subject)"),
                        ]) && !line.hasSuffix(finding.judgement?.code ?? "-")
                }
                #expect(own.count == 1, "\(name): \(finding.key)")
            }
        }
    }

    @Test func aFailureSaysExpectedSeenNextAndWhereTheEvidenceIs() {
        let text = text(SampleRuns.vlanNotApplied)
        for part in [
            "worker2 eno2: VF 2 has no VLAN, expected 201 (NAD default/sriov-201)", "expected   vlan 201", "seen       no vlan",
            "next       ssh worker2 ip -d link show dev eno2", "VLANMismatch",
            "evidence   reports/vlan-201-20261124T063001Z-4f2a/evidence/0007-worker2-vf-table.txt",
            "stated at  scenarios/vlan-201.yaml:41:7", "ruled out  A wrong NAD", "blocked by vf.vlan sriov-pod-201-2",
            "exit code 1: at least one check failed", "1 failed, 0 inconclusive, 1 skipped, 7 passed of 9 checks; 1 note",
        ] { #expect(text.contains(part), "\(part)") }
    }

    @Test func whatIsLeftIsListedWithTheCommandThatRemovesIt() {
        let text = text(SampleRuns.interrupted)
        #expect(text.contains("left     Pod default/sriov-pod-201-2 could not be verified gone"))
        #expect(text.contains("plumbline cleanup --run vlan-201-20261124T063001Z-4f2a"))
        #expect(text.contains("exit code 130"))
    }

    @Test func keptObjectsAreNoLeftovers() {
        let kept = SampleRuns.record(
            findings: [SampleRuns.finding("pf.present", .node("worker1"), .pass)],
            created: SampleRuns.created.map { .init(object: $0.object, verifiedGone: false) }, kept: true)
        #expect(text(kept).contains("as asked (--keep)"))
        #expect(!text(kept).contains("could not be verified gone"))
        #expect(text(kept).contains("exit code 0"))
    }

    @Test("Colours only repeat what is there without them", arguments: SampleRuns.all.map(\.name))
    func coloursAddNothing(_ name: String) throws {
        let record = try #require(SampleRuns.all.first { $0.name == name }?.record)
        let coloured = text(record, style: TerminalStyle(colour: true))
        #expect(coloured.contains("\u{1b}["))
        #expect(PlainText.block(coloured) == text(record))
    }

    @Test("No escape sequence of a device reaches the terminal")
    func hostileTextIsHarmless() {
        for text in [text(SampleRuns.hostile), ShortReport(SampleRuns.hostile).text] {
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202e })
            #expect(text.contains("fabric-switch said: <b>\"&' ::error::x ]]> txt"))
        }
    }

    @Test("Lines are wrapped at the width and words are never cut", arguments: [60, 80, 120])
    func wrapped(_ width: Int) {
        let lines = text(SampleRuns.vlanNotApplied, style: TerminalStyle(widthColumns: width)).split(separator: "\n")
        // A table row, a heading with its code and a path cannot be broken.
        let long = lines.filter {
            $0.count > width && !$0.contains("evidence/") && !$0.contains(":7f:") && !$0.contains("ge-0/0")
        }
        #expect(
            long.allSatisfy { $0.hasPrefix("  sriov-pod") || $0.hasPrefix("  pod ") || $0.hasPrefix("  reports/") }, "\(long)")
        let words = text(SampleRuns.vlanNotApplied).split(whereSeparator: \.isWhitespace)
        #expect(lines.joined(separator: " ").split(whereSeparator: \.isWhitespace) == words)
    }

    @Test func asciiTerminalsGetASCII() {
        let text = text(SampleRuns.vlanNotApplied, style: TerminalStyle(unicode: false))
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        #expect(text.contains("x fail") && text.contains("+ pass") && text.contains("- skipped"))
    }

    @Test func aThousandPassesAreOneLineACheck() {
        let findings = (0..<1000).map { SampleRuns.finding("vf.count", .node(NodeName("n\($0)")), $0 == 500 ? .fail : .pass) }
        let text = text(SampleRuns.record(findings: findings))
        #expect(text.contains("vf.count  999 subjects"))
        #expect(text.contains("fail         vf.count  n500"))
        #expect(text.split(separator: "\n").count < 40)
    }

    @Test func shortFitsInAChat() {
        let text = ShortReport(SampleRuns.vlanNotApplied).text
        #expect(text.split(separator: "\n").count <= 6)
        #expect(text.contains("✗ vlan-201 failed: 1 failed"))
        #expect(text.contains("plumbline 0.1.0, run vlan-201-20261124T063001Z-4f2a, simulated site, exit 1"))
    }

    @Test(arguments: ["passed", "vlan-not-applied", "switch-dead", "stopped", "interrupted", "leftovers", "nothing-selected"])
    func golden(_ name: String) throws {
        let record = try #require(SampleRuns.all.first { $0.name == name }?.record)
        try Golden.expect(text(record), name: name, exit: record.exitStatus.rawValue, format: "txt")
        try Golden.expect(ShortReport(record).text, name: name, exit: record.exitStatus.rawValue, format: "short")
    }
}
