import Testing

@testable import Checks
import Facts
import Verdicts

@Suite("The gateway's ARP table")
struct SwitchARPCheckTests {
    private let arp = DeviceNeighboursRequest(device: Site.fabric)
    private let stranger = MACAddress("00:11:22:33:44:55")!

    private func judge(_ change: (inout Site) -> Void) -> Judgement {
        var site = Site.healthy()
        change(&site)
        return site.judge(SwitchARPCheck(target: site.target))
    }

    @Test func thePodsMACPasses() {
        #expect(judge { _ in }.sentence == "fabric-switch: 192.168.201.3 is 0a:43:80:e7:80:15 of sriov-pod-201-2 on vlan.201")
    }

    @Test func aStaticEntryForSomebodyElseFailsAtOnce() {
        let judgement = judge { $0.know(arp, Site.arp([(Site.address, stranger)], state: "permanent")) }
        #expect(judgement.code == "ARPStaticWrong")
        #expect(
            judgement.sentence
                == "fabric-switch: 192.168.201.3 is statically set to 00:11:22:33:44:55, expected 0a:43:80:e7:80:15 of sriov-pod-201-2"
        )
        #expect(!judgement.mayChange)
    }

    @Test func aLearnedEntryForSomebodyElseMayStillChange() {
        let judgement = judge { $0.know(arp, Site.arp([(Site.address, stranger)])) }
        #expect(judgement.code == "ARPMismatch")
        #expect(judgement.mayChange)
    }

    @Test func aGatewayInterfaceThatIsDownIsNamed() {
        // Where the scenario names the interface, that is a check of its own.
        let judgement = judge { site in
            site.network.gateway?.interface = nil
            site.know(arp, Site.arp([]))
            var state = InterfaceState(interface: "vlan.201", adminUp: false, operUp: false)
            state.addresses = [IPPrefix("192.168.201.1/24")!]
            site.know(InterfaceStatesRequest(device: Site.fabric), Reading(rows: [state], form: "text"))
        }
        #expect(judgement.code == "GatewayInterfaceDown")
        #expect(judgement.sentence.contains("vlan.201, which has the gateway address 192.168.201.1"))
    }

    @Test func noEntryFailsAfterTrafficAndIsInconclusiveBefore() {
        #expect(judge { $0.know(arp, Site.arp([])) }.code == "ARPMissing")
        let silent = judge { site in
            site.know(arp, Site.arp([]))
            site.fail(site.target.ping!, .notAvailable)
        }
        #expect(silent.code == "NoTraffic")
        #expect(silent.verdict == .inconclusive)
    }

    @Test func anOldEntryNeedsAnAnsweredPing() {
        let judgement = judge { site in
            site.know(arp, Site.arp(), at: .baseline)
            site.know(site.target.ping!, Site.ping(0))
        }
        #expect(judgement.code == "NotFresh")
    }

    @Test("an IPv6 address is looked up among the IPv6 neighbours, and nowhere else")
    func ipv6() {
        let address = IPAddress("2001:db8:201::3")!
        let table = DeviceIPv6NeighboursRequest(device: Site.fabric)
        func judge(_ change: (inout Site) -> Void) -> Judgement {
            var site = Site.healthy()
            site.network.gateway = .init(address: IPAddress("2001:db8:201::1")!, device: Site.fabric, interface: "vlan.201")
            var status = Site.pod()
            status.networkStatus = [NetworkStatus(name: "default/sriov-201", interface: "net1", ips: [address], mac: Site.mac)]
            site.know(PodStateRequest(pod: site.target.pod), .present(status))
            site.know(table, Site.arp([]), at: .baseline)
            change(&site)
            var target = site.target
            target.address = address
            if let ping = target.ping { site.know(ping, Site.ping(3)) }
            return site.judge(SwitchARPCheck(target: target))
        }
        let right = judge { $0.know(table, Site.arp([(address, Site.mac)], state: "reachable")) }
        #expect(right.verdict == .pass)
        #expect(right.sentence == "fabric-switch: 2001:db8:201::3 is 0a:43:80:e7:80:15 of sriov-pod-201-2 on vlan.201")
        let missing = judge { $0.know(table, Site.arp([])) }
        #expect(missing.code == "ARPMissing")
        #expect(missing.sentence.contains("is not in the IPv6 neighbour table after 3 echo requests"))
        #expect(judge { $0.fail(table) }.verdict == .inconclusive)
    }

    @Test func anotherInterfaceFails() {
        let judgement = judge { site in
            site.know(arp, Reading(rows: [NeighbourEntry(ip: Site.address, mac: Site.mac, interface: "vlan.200")], form: "text"))
        }
        #expect(judgement.code == "ARPOnOtherInterface")
    }
}
