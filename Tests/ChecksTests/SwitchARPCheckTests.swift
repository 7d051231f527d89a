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
        let judgement = judge { site in
            site.know(arp, Site.arp([]))
            site.know(
                InterfaceStatesRequest(device: Site.fabric),
                Reading(rows: [InterfaceState(interface: "vlan.201", adminUp: false, operUp: false)], form: "text"))
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

    @Test func anotherInterfaceFails() {
        let judgement = judge { site in
            site.know(arp, Reading(rows: [NeighbourEntry(ip: Site.address, mac: Site.mac, interface: "vlan.200")], form: "text"))
        }
        #expect(judgement.code == "ARPOnOtherInterface")
    }
}
