import Testing

@testable import Checks
import Facts
import Verdicts

@Suite("The cabling by LLDP")
struct SwitchLLDPCheckTests {
    private static let pfMAC = MACAddress("02:02:a4:00:02:02")!
    private static let otherMAC = MACAddress("02:02:a4:00:02:01")!

    private func judge(_ rows: [LLDPNeighbour], unread: [UnreadLine] = [], links: Bool = true) -> Judgement {
        var site = Site.healthy()
        site.node.uplinks[0].speaksLLDP = true
        site.know(
            LLDPRequest(device: Site.fabric), Reading(rows: rows, unread: unread, statedEmpty: rows.isEmpty, form: "text"),
            at: .baseline)
        if links {
            site.know(
                LinksRequest(node: "worker2"),
                Reading(
                    rows: [Link(interface: "eno1", mac: Self.otherMAC), Link(interface: "eno2", mac: Self.pfMAC)], form: "text"),
                at: .baseline)
        }
        return site.judge(SwitchLLDPCheck(target: site.node))
    }

    private func seen(_ port: InterfaceName, _ name: String?, _ its: String?, chassis: String? = nil) -> LLDPNeighbour {
        LLDPNeighbour(localInterface: port, neighbour: name, neighbourInterface: its, chassisID: chassis)
    }

    @Test("A node is known by its name, short or long, and by its addresses")
    func passes() {
        for row in [
            seen("ge-0/0/1", "worker2", "eno2"), seen("ge-0/0/1.0", "WORKER2.example.net", Self.pfMAC.description),
            seen("ge-0/0/1", nil, Self.pfMAC.description),
            seen("ge-0/0/1", "localhost", "port 2", chassis: Self.otherMAC.description),
        ] {
            let judgement = judge([row])
            #expect(judgement.verdict == .pass, "\(judgement.sentence)")
            #expect(judgement.sentence == "fabric-switch: LLDP sees worker2 eno2 on \(row.localInterface)")
        }
    }

    @Test func seenOnAnotherPortFails() {
        let judgement = judge([seen("ge-0/0/5", "worker2", Self.pfMAC.description), seen("ge-0/0/1", "worker3", "eno2")])
        #expect(judgement.verdict == .fail)
        #expect(judgement.code == "LLDPOnOtherPort")
        #expect(judgement.sentence == "fabric-switch: LLDP sees worker2 eno2 on ge-0/0/5, expected ge-0/0/1")
    }

    @Test("Another system, or another card of the node, on its port fails")
    func others() {
        let stranger = judge([seen("ge-0/0/1", "worker3", "eno2")])
        #expect(stranger.code == "LLDPOtherNeighbour")
        #expect(stranger.sentence == "fabric-switch: LLDP sees worker3 on ge-0/0/1, expected worker2 eno2")
        let card = judge([seen("ge-0/0/1", "worker2", Self.otherMAC.description)])
        #expect(card.sentence == "fabric-switch: LLDP sees worker2 eno1 on ge-0/0/1, expected worker2 eno2")
    }

    @Test("Nobody seen, or not for certain, is inconclusive")
    func nobody() {
        let silent = judge([])
        #expect(silent.verdict == .inconclusive)
        #expect(
            silent.sentence
                == "fabric-switch: LLDP sees nobody on ge-0/0/1, expected worker2 eno2, which may run no LLDP agent")
        #expect(judge([seen("ge-0/0/7", "worker2", "port 3")], links: false).verdict == .inconclusive)
        let cut = judge([], unread: [UnreadLine(number: 4, text: "ge-0/0/1  -")])
        #expect(cut.verdict == .inconclusive)
        #expect(cut.sentence.contains("line 4: ge-0/0/1  -"))
        var site = Site.healthy()
        site.node.uplinks[0].speaksLLDP = true
        site.fail(LLDPRequest(device: Site.fabric), at: .baseline)
        #expect(site.judge(SwitchLLDPCheck(target: site.node)).sentence == "fabric-switch: no answer came")
    }
}
