import Facts
import Foundation
import Testing
import Verdicts

@testable import Reports

struct HTMLReportTests {
    static let names = SampleRuns.all.map(\.name)

    private let vfTable = EvidenceExcerpt(
        id: EvidenceID(7), sent: "ip -d link show dev eno2", outcome: "exit 0",
        text: "5: eno2: <BROADCAST,MULTICAST,UP,LOWER_UP>\n    vf 2     link/ether 0a:43:80:e7:80:15\n")

    private func page(_ name: String) throws -> (record: RunRecord, text: String, root: XMLElementNode) {
        let record = try #require(SampleRuns.all.first { $0.name == name }?.record)
        let text = HTMLReport(record, evidence: [vfTable]).text
        return (record, text, try XMLReader.read(text))
    }

    private func all(_ node: XMLElementNode) -> [XMLElementNode] { [node] + node.children.flatMap(all) }

    @Test("Every page is well-formed and asks for nothing from outside", arguments: names)
    func selfContained(_ name: String) throws {
        let (_, text, root) = try page(name)
        let nodes = all(root)
        for tag in ["script", "iframe", "img", "link", "object", "embed", "form"] {
            #expect(!nodes.contains { $0.name == tag }, "\(tag)")
        }
        #expect(!text.contains("@import") && !text.contains("url("))
        for node in nodes {
            #expect(!node.attributes.keys.contains { $0.hasPrefix("on") || $0 == "src" })
            if let link = node.attributes["href"] { #expect(link.hasPrefix("#") || link.hasPrefix("evidence/")) }
        }
    }

    @Test("Every link within the page has a target, and every id is there once", arguments: names)
    func linksArrive(_ name: String) throws {
        let nodes = all(try page(name).root)
        let ids = nodes.compactMap { $0.attributes["id"] }
        #expect(Set(ids).count == ids.count)
        for link in nodes.compactMap({ $0.attributes["href"] }) where link.hasPrefix("#") {
            #expect(ids.contains(String(link.dropFirst())), "\(link)")
        }
    }

    @Test func eachFailureHasACardWithSentenceExpectedSeenNextAndRawAnswer() throws {
        let (_, text, root) = try page("vlan-not-applied")
        let cards = all(root).filter { $0.name == "article" && $0.attributes["id"] != nil }
        #expect(cards.count == 1)
        let words = all(cards[0]).map(\.text).joined(separator: "|")
        for part in [
            "worker2 eno2: VF 2 has no VLAN, expected 201 (NAD default/sriov-201)", "vlan 201", "no vlan", "VLANMismatch",
            "ssh worker2 ip -d link show dev eno2", "scenarios/vlan-201.yaml:41:7", "evidence/0007-worker2-vf-table.txt",
            "evidence 7: ip -d link show dev eno2 (exit 0)", "vf 2     link/ether 0a:43:80:e7:80:15",
        ] { #expect(words.contains(part), "\(part)") }
        #expect(text.contains("The CNI did not set VLAN 201 on VF 2 of worker2 eno2"))
    }

    @Test func eachPodHasALaneWhoseFirstBrokenLinkIsDrawnBroken() throws {
        let root = try page("vlan-not-applied").root
        let lanes = all(root).filter { $0.name == "svg" }
        #expect(lanes.count == 3)
        #expect(lanes.map { all($0).filter { $0.name == "rect" }.count } == [6, 6, 6])
        let breaks = lanes.map { lane in all(lane).filter { $0.attributes["class"]?.hasPrefix("break") == true } }
        #expect(breaks.map(\.count) == [0, 1, 0])
        #expect(breaks[1][0].text == "✗")
        #expect(lanes[1].attributes["aria-label"]?.contains("node truth: fail, switch L2 truth: skipped") == true)
    }

    @Test func aVerdictIsNeverToldByColourAlone() throws {
        let root = try page("switch-dead").root
        for node in all(root) where node.name == "td" && node.attributes["class"] != nil {
            let verdict = try #require(node.attributes["class"])
            #expect(all(node).map(\.text).joined().contains(verdict))
        }
    }

    @Test func anExchangeIsShownOnceAndPointedToAfterwards() throws {
        let excerpt = EvidenceExcerpt(id: EvidenceID(12), sent: "show", outcome: "exit 0", text: "the answer")
        let text = HTMLReport(SampleRuns.switchDead, evidence: [excerpt]).text
        #expect(text.components(separatedBy: "the answer").count == 2)
        #expect(text.components(separatedBy: "href=\"#e12\"").count == 3)
    }

    @Test func anExchangeOnATerminalCannotSteerIt() {
        let excerpt = EvidenceExcerpt(id: EvidenceID(3), sent: "show\nx", outcome: "exit 0", text: "\u{1b}[2Jrow\r\nlast")
        #expect(excerpt.page == "evidence 3: show x\nexit 0\n\nrow\nlast\n")
    }

    @Test func hostileTextIsText() throws {
        let (_, text, root) = try page("hostile")
        #expect(!all(root).contains { $0.name == "b" })
        #expect(text.contains("&lt;b&gt;"))
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test("A thousand pods with much output stay under 5 MB, and the page says what is cut")
    func bounded() throws {
        let pods = (0..<1000).map { PodReference(namespace: "default", name: "pod-\($0)") }
        let checks = (0..<20).map { CheckID("check.number-\($0)") }
        var findings: [Finding] = []
        for check in checks {
            for (index, pod) in pods.enumerated() {
                let verdict: Verdict = index % 3 == 0 ? .fail : .pass
                var finding = SampleRuns.finding(check, .pod(pod), verdict)
                finding.judgement?.evidence = [EvidenceID(1 + index % 300)]
                findings.append(finding)
            }
        }
        let chains = pods.enumerated().map { index, pod in
            var chain = SampleRuns.chain(SampleRuns.pods[0], node: index % 3 == 0 ? .fail : .pass)
            chain.pod = pod
            return chain
        }
        let record = SampleRuns.record(findings: findings, chains: chains)
        let output = String(repeating: "<line of output>\n", count: 4000)
        let excerpts = (1...300).map { EvidenceExcerpt(id: EvidenceID($0), sent: "show", outcome: "exit 0", text: output) }
        let text = HTMLReport(record, evidence: excerpts).text
        #expect(text.utf8.count < 5_000_000)
        #expect(text.contains("characters are left out here"))
        #expect(text.contains("further pods are not drawn"))
        #expect(text.contains("further subjects are not shown"))
        _ = try XMLReader.read(text)
    }

    @Test func onlyTheEvidenceOfWhatDidNotPassIsWanted() {
        #expect(HTMLReport.wantedEvidence(SampleRuns.passed) == [])
        #expect(HTMLReport.wantedEvidence(SampleRuns.vlanNotApplied) == [EvidenceID(7)])
        #expect(HTMLReport.wantedEvidence(SampleRuns.switchDead) == [EvidenceID(12)])
    }

    @Test(arguments: [
        ("one two", ["one two"]), ("", []),
        ("0123456789012345678901234567890", ["0123456789012345678901234567", "890"]),
        ("192.168.201.2 is 56:7f:f1:5e:ac:52 on vlan.201", ["192.168.201.2 is", "56:7f:f1:5e:ac:52 on", "vlan.201"]),
    ])
    func boxesWrapTheirText(_ text: String, _ lines: [String]) { #expect(LaneDrawing.wrapped(text) == lines) }

    @Test func aLongTextInABoxEndsInAnEllipsis() {
        let lines = LaneDrawing.wrapped(String(repeating: "word ", count: 60))
        #expect(lines.count == 4 && lines[3].hasSuffix("…") && lines.allSatisfy { $0.count <= 28 })
    }

    @Test(arguments: ["passed", "vlan-not-applied"])
    func golden(_ name: String) throws {
        let (record, text, _) = try page(name)
        try Golden.expect(text, name: name, exit: record.exitStatus.rawValue, format: "html")
    }
}
