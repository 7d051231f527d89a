import Facts
import Testing
import Verdicts

@testable import Reports

struct JUnitReportTests {
    static let names = SampleRuns.all.map(\.name)

    private func file(_ name: String) throws -> (record: RunRecord, suite: XMLElementNode, root: XMLElementNode) {
        let record = try #require(SampleRuns.all.first { $0.name == name }?.record)
        let text = JUnitReport(record, hostname: "build-7", folder: "reports/\(record.id)").text
        let root = try XMLReader.read(text)
        return (record, try #require(root.children.first), root)
    }

    @Test("Every run's file is well-formed and taken by the xUnit plugin's rules", arguments: names)
    func taken(_ name: String) throws {
        let (_, suite, root) = try file(name)
        #expect(XUnitRules.breaches(root) == [])
        #expect(root.attributes.isEmpty, "counts on testsuites are refused by Ant's schema")
        #expect(root.children.count == 1)
        #expect(suite.children.map(\.name).suffix(2) == ["system-out", "system-err"])
    }

    @Test("The rules themselves refuse what the plugin refuses")
    func rulesRefuse() throws {
        let refused = [
            "<testsuites skipped='0'/>",
            "<testsuites><testsuite name='a' tests='1' failures='0' errors='0' disabled='0'/></testsuites>",
            "<testsuites><testsuite name='a' tests='1' failures='0'/></testsuites>", "<testrun/>",
            "<testsuite name='a' tests='1' failures='0' errors='0'><testcase name='x' file='f'/></testsuite>",
            "<testsuite name='a' tests='1' failures='0' errors='0'><testcase name='x'><properties/></testcase></testsuite>",
            "<testsuite name='a' tests='1' failures='0' errors='0' time='1.2.3'/>",
            "<testsuite name='a' tests='1' failures='0' errors='0'><properties><property name='a'>b</property></properties></testsuite>",
        ]
        for text in refused { #expect(XUnitRules.breaches(try XMLReader.read(text)) != [], "\(text)") }
    }

    @Test("The counts on the suite are those of its cases", arguments: names)
    func countsAddUp(_ name: String) throws {
        let (record, suite, _) = try file(name)
        let cases = suite.all("testcase")
        #expect(cases.count >= max(1, record.findings.count), "no file is empty")
        #expect(suite.attributes["tests"] == String(cases.count))
        for (attribute, element) in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")] {
            #expect(suite.attributes[attribute] == String(cases.count { !$0.all(element).isEmpty }))
        }
        for testCase in cases {
            let outcomes = ["failure", "error", "skipped"].flatMap(testCase.all)
            #expect(outcomes.count <= 1)
            #expect(outcomes.allSatisfy { !$0.text.isEmpty }, "GitLab shows the text and not the message")
        }
        #expect(Set(cases.map { "\($0.attributes["classname"]!) \($0.attributes["name"]!)" }).count == cases.count)
    }

    @Test("A file is red exactly where the exit code is not 0", arguments: names)
    func agreesWithTheExitCode(_ name: String) throws {
        let (record, suite, _) = try file(name)
        let isRed = suite.attributes["failures"] != "0" || suite.attributes["errors"] != "0"
        #expect(isRed == (record.exitStatus != .passed))
    }

    @Test func failIsAFailureWithExpectedAndSeenAndItsPlace() throws {
        let (_, suite, _) = try file("vlan-not-applied")
        let failed = try #require(suite.all("testcase").first { !$0.all("failure").isEmpty })
        let failure = failed.all("failure")[0]
        #expect(failed.attributes["name"] == "vf.vlan sriov-pod-201-2")
        #expect(failed.attributes["classname"] == "vlan-201.vf.vlan")
        #expect(failure.attributes["type"] == "VLANMismatch")
        #expect(failure.attributes["message"] == "worker2 eno2: VF 2 has no VLAN, expected 201 (NAD default/sriov-201)")
        #expect(failure.text.contains("expected: vlan 201\nseen: no vlan\nnext: ssh worker2"))
        #expect(failure.text.hasSuffix("\n scenarios/vlan-201.yaml:41"))
    }

    @Test func aBlockedFindingIsSkippedAndSaysByWhat() throws {
        let (_, suite, _) = try file("vlan-not-applied")
        let skipped = suite.all("testcase").flatMap { $0.all("skipped") }
        #expect(skipped.count == 1)
        #expect(skipped[0].attributes["message"]?.hasPrefix("blocked by vf.vlan sriov-pod-201-2; its own reading: ") == true)
    }

    @Test func whatCouldNotBeLookedAtIsAnError() throws {
        let (_, suite, _) = try file("switch-dead")
        #expect(suite.attributes["errors"] == "3")
        #expect(suite.attributes["failures"] == "0")
        #expect(suite.all("testcase").last?.all("error").first?.attributes["type"] == "SwitchUnreachable")
    }

    @Test func evidenceIsLinkedOneToALineAtTheEnd() throws {
        let (record, suite, _) = try file("vlan-not-applied")
        let failed = try #require(suite.all("testcase").first { !$0.all("failure").isEmpty })
        let lines = failed.all("system-out")[0].text.split(separator: "\n")
        #expect(lines.last == "[[ATTACHMENT|reports/\(record.id)/evidence/0007-worker2-vf-table.txt]]")
    }

    @Test func aRunThatStoppedBeforeAnyCheckHasOneCaseWithTheReason() throws {
        let (_, suite, _) = try file("stopped")
        let cases = suite.all("testcase")
        #expect(cases.map { $0.attributes["name"] } == ["the run reaches its end"])
        #expect(cases[0].all("error")[0].attributes["message"]?.contains("(403)") == true)
        #expect(cases[0].all("error")[0].attributes["type"] == "RunStopped")
    }

    @Test func namesDoNotChangeFromRunToRun() throws {
        var later = SampleRuns.vlanNotApplied
        later.id = "vlan-201-20270101T000000Z-0001"
        later.started = later.started.advanced(by: .seconds(86_400))
        func names(_ record: RunRecord) throws -> [String?] {
            let root = try XMLReader.read(JUnitReport(record, hostname: "a", folder: nil).text)
            return root.children[0].all("testcase").flatMap { [$0.attributes["name"], $0.attributes["classname"]] }
        }
        let all = try names(SampleRuns.vlanNotApplied)
        #expect(try names(later) == all)
        #expect(!all.contains { $0?.contains("56:7f") == true || $0?.contains("4f2a") == true })
    }

    @Test func podsOfOneNameInTwoNamespacesAreTwoTests() throws {
        let findings = ["red", "blue"].map { namespace in
            SampleRuns.finding("gw.ping", .pod(.init(namespace: namespace, name: "probe")), .pass)
        }
        let record = SampleRuns.record(findings: findings)
        let root = try XMLReader.read(JUnitReport(record, hostname: "a", folder: nil).text)
        #expect(root.children[0].all("testcase").map { $0.attributes["name"] } == ["gw.ping red/probe", "gw.ping blue/probe"])
    }

    @Test(arguments: [(0, "0.000"), (7, "0.007"), (40, "0.040"), (12_345, "12.345"), (3_600_000, "3600.000")])
    func timesHaveThreeDecimalsAndNoGrouping(_ milliseconds: Int, _ text: String) {
        #expect(Duration.milliseconds(milliseconds).secondsText == text)
    }

    @Test func aClockThatWentBackGivesNoNegativeTime() { #expect(Duration.milliseconds(-5).secondsText == "0.000") }

    @Test(arguments: ["passed", "vlan-not-applied", "switch-dead", "stopped"])
    func golden(_ name: String) throws {
        let record = try #require(SampleRuns.all.first { $0.name == name }?.record)
        let text = JUnitReport(record, hostname: "build-7", folder: "reports/\(record.id)").text
        try Golden.expect(text, name: name, exit: record.exitStatus.rawValue, format: "xml")
    }
}
