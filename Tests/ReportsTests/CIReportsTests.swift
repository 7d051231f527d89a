import Facts
import Testing
import Verdicts

@testable import Reports

struct CIReportsTests {
    @Test func aFailureIsShownAtTheScenariosLine() {
        #expect(
            GitHubAnnotations.lines(SampleRuns.vlanNotApplied) == [
                "::error file=scenarios/vlan-201.yaml,line=41,col=7,title=vf.vlan sriov-pod-201-2::"
                    + "worker2 eno2: VF 2 has no VLAN, expected 201 (NAD default/sriov-201)"
            ])
        #expect(GitHubAnnotations.lines(SampleRuns.passed).isEmpty)
    }

    @Test func whatCouldNotBeLookedAtIsAWarning() {
        let lines = GitHubAnnotations.lines(SampleRuns.switchDead)
        #expect(lines.count == 3 && lines.allSatisfy { $0.hasPrefix("::warning file=") })
    }

    @Test("Ten of a kind are the most that is shown, so the tenth says how many more")
    func limited() {
        let findings = (0..<25).map { SampleRuns.finding("vf.count", .node(NodeName("n\($0)")), .fail) }
        let lines = GitHubAnnotations.lines(SampleRuns.record(findings: findings))
        #expect(lines.count == 10)
        #expect(lines.last?.hasSuffix("::16 more; the job's summary and junit.xml have all") == true)
    }

    @Test("A banner cannot smuggle a command into the log")
    func noInjection() {
        for line in GitHubAnnotations.lines(SampleRuns.hostile) {
            #expect(line.hasPrefix("::error file="))
            #expect(!line.contains("\n") && line.contains("%0A::error"))
        }
    }

    @Test func whatBrokeOffAndWhatIsLeftIsAnError() {
        let lines = GitHubAnnotations.lines(SampleRuns.interrupted)
        #expect(lines.count == 2)
        #expect(lines[1].contains("Pod default/sriov-pod-201-2 could not be verified gone"))
    }

    @Test func theSummaryHasFailuresFirstAndTheChainInALine() {
        let text = MarkdownReport(SampleRuns.vlanNotApplied).text
        #expect(text.hasPrefix("## ✗ vlan-201: failed\n"))
        #expect(
            text.contains(
                "| ✗ fail | vf.vlan | sriov-pod-201-2 | worker2 eno2: VF 2 has no VLAN, expected 201 (NAD default/sriov-201) |"))
        #expect(text.contains("pod truth ✓ → node truth ✗ → switch L2 truth –"))
    }

    @Test func nothingInTheSummaryIsMarkup() {
        let text = MarkdownReport(SampleRuns.hostile).text
        #expect(text.contains("| fabric-switch said: &lt;b&gt;"))
        let outsideCode = text.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 0 }
        #expect(!outsideCode.contains { $0.element.contains("<b>") })
        #expect(MarkdownReport.escaped("a|b *c* `d` [e](f) @g") == #"a\|b \*c\* \`d\` \[e\](f) \@g"#)
        #expect(MarkdownReport.code("journalctl | grep `x`", inTable: true) == #"journalctl \| grep 'x'"#)
    }

    @Test func aLargeRunFitsIntoTheSummary() {
        let long = String(repeating: "a long sentence ", count: 40)
        let findings = (0..<3000).map { index in
            SampleRuns.finding(
                "vf.count", .node(NodeName("n\(index)")), .fail, judgement: Judgement(.fail, code: "X", sentence: long))
        }
        let text = MarkdownReport(SampleRuns.record(findings: findings, chains: [SampleRuns.chain(SampleRuns.pods[0])])).text
        #expect(text.utf8.count <= 900 * 1024)
        #expect(text.contains("lines are left out here; run.json has all."))
    }

    @Test(arguments: ["vlan-not-applied", "leftovers"])
    func golden(_ name: String) throws {
        let record = try #require(SampleRuns.all.first { $0.name == name }?.record)
        try Golden.expect(MarkdownReport(record).text, name: name, exit: record.exitStatus.rawValue, format: "md")
    }
}
