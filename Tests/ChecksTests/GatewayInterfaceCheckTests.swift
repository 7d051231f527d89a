import Testing

@testable import Checks
import Facts
import Verdicts

@Suite("The gateway's interface")
struct GatewayInterfaceCheckTests {
    private func judge(_ rows: [InterfaceState], unread: [UnreadLine] = []) -> Judgement {
        var site = Site.healthy()
        site.know(InterfaceStatesRequest(device: Site.fabric), Reading(rows: rows, unread: unread, form: "text"))
        return site.judge(GatewayInterfaceCheck(target: site.network))
    }

    private func state(_ name: InterfaceName = "vlan.201", up: Bool? = true, admin: Bool? = true, _ addresses: String...)
        -> InterfaceState
    {
        InterfaceState(interface: name, adminUp: admin, operUp: up, addresses: addresses.compactMap { IPPrefix($0) })
    }

    @Test func upWithItsAddressPasses() {
        let judgement = judge([state("vlan.201", "192.168.201.1/24")])
        #expect(judgement.verdict == .pass)
        #expect(judgement.sentence == "fabric-switch: vlan.201 is up with 192.168.201.1/24")
        #expect(judgement.notes.isEmpty)
        // The interface around the units is another one.
        let around = judge([state("vlan", up: false), state("vlan.201", "192.168.201.1/24"), state("vlan.200", up: false)])
        #expect(around.sentence == judgement.sentence)
        // A table without addresses tells of the state alone.
        #expect(judge([state()]).sentence == "fabric-switch: vlan.201 is up")
    }

    @Test("A virtual address is not shown by many devices: a note, no failure")
    func virtual() {
        let judgement = judge([state("vlan.201", "192.168.201.2/24")])
        #expect(judgement.verdict == .pass)
        #expect(judgement.notes.map(\.code) == ["gateway-address-not-shown"])
    }

    @Test func downFails() {
        #expect(
            judge([state(up: false)]).sentence
                == "fabric-switch: vlan.201, which has the gateway address 192.168.201.1, is down, expected up")
        let judgement = judge([state(up: false, admin: false)])
        #expect(judgement.verdict == .fail)
        #expect(judgement.code == "GatewayInterfaceDown")
        #expect(judgement.sentence.hasSuffix("is administratively down, expected up"))
    }

    @Test func anotherNetworksAddressFails() {
        let judgement = judge([state("vlan.201", "10.0.0.1/24")])
        #expect(judgement.verdict == .fail)
        #expect(
            judgement.sentence
                == "fabric-switch: vlan.201 has 10.0.0.1/24, expected 192.168.201.1, which is in none of these networks")
    }

    @Test func aMissingInterfaceFailsOnlyInAWholeTable() {
        let missing = judge([state("vlan.200")])
        #expect(missing.verdict == .fail)
        #expect(
            missing.sentence == "fabric-switch: there is no interface vlan.201, expected with the gateway address 192.168.201.1")
        let cut = judge([state("vlan.200")], unread: [UnreadLine(number: 9, text: "vlan.2")])
        #expect(cut.verdict == .inconclusive)
        #expect(cut.sentence.contains("line 9: vlan.2"))
    }

    @Test func whatCannotBeReadIsInconclusive() {
        var site = Site.healthy()
        site.fail(InterfaceStatesRequest(device: Site.fabric))
        let judgement = site.judge(GatewayInterfaceCheck(target: site.network))
        #expect(judgement.verdict == .inconclusive)
        #expect(judgement.sentence == "fabric-switch: no answer came")
        #expect(judge([state(up: nil, admin: nil)]).verdict == .inconclusive)
    }

    @Test("explains what the pods meet")
    func blocking() {
        var site = Site.healthy()
        site.know(InterfaceStatesRequest(device: Site.fabric), Reading(rows: [state(up: false)], form: "text"))
        site.know(DeviceNeighboursRequest(device: Site.fabric), Site.arp([]))
        site.know(site.target.ping!, Site.ping(0))
        let checks: [any Check] = [
            GatewayInterfaceCheck(target: site.network), SwitchARPCheck(target: site.target),
            GatewayPingCheck(target: site.target),
        ]
        let causes = Blocking.causes(checks.map { ($0, $0.evaluate(site.facts)) })
        for check in checks.dropFirst() { #expect(causes[check.key] == [checks[0].key]) }
    }
}
