import Testing

@testable import Checks
import Facts
import Verdicts

@Suite("What explains what")
struct BlockingTests {
    private func causes(_ change: (inout Site) -> Void) -> [String: [String]] {
        var site = Site.healthy()
        change(&site)
        let target = site.target
        let checks: [any Check] = [
            PodInterfaceCheck(target: target), PodVFCheck(target: target, all: [target]), VFVLANCheck(target: target),
            SwitchMACCheck(target: target), SwitchARPCheck(target: target), GatewayPingCheck(target: target),
        ]
        let found = Blocking.causes(checks.map { ($0, $0.evaluate(site.facts)) })
        return Dictionary(uniqueKeysWithValues: found.map { ($0.key.check.text, $0.value.map(\.check.text)) })
    }

    @Test func aMissingTagExplainsWhatFollowsFromIt() {
        let causes = causes { site in
            site.know(VFTableRequest(node: "worker2", pf: "eno2"), Site.vfs(changing: 2) { $0.mac = Site.mac })
            site.know(site.target.ping!, Site.ping(0))
            site.know(FDBRequest(device: Site.fabric, vlanName: "SRIOV_201", vlanID: Site.vlan), Site.fdb([]))
            site.know(DeviceNeighboursRequest(device: Site.fabric), Site.arp([]))
        }
        #expect(causes["vf.vlan"] == [])
        #expect(causes["switch.mac"] == ["vf.vlan"])
        #expect(causes["switch.arp"] == ["vf.vlan"])
        #expect(causes["gw.ping"] == ["vf.vlan"])
    }

    @Test func aRightReadingStaysAPassBesideAFailure() {
        let causes = causes { site in
            site.know(
                FDBRequest(device: Site.fabric, vlanName: "SRIOV_201", vlanID: Site.vlan), Site.fdb([(Site.mac, "ge-0/0/5.0")]))
        }
        #expect(causes["switch.mac"] == [])
        #expect(causes["gw.ping"] == [])
    }

    @Test func whatCouldNotBeReadExplainsNothing() {
        let causes = causes { site in
            site.fail(VFTableRequest(node: "worker2", pf: "eno2"))
            site.know(site.target.ping!, Site.ping(0))
        }
        #expect(causes["vf.vlan"] == [])
        #expect(causes["gw.ping"] == [])
    }

    @Test func theGraphHasNoCyclesAndNamesOnlyChecksThatExist() {
        let order = Blocking.order(CheckCatalogue.all)
        #expect(Set(order) == Set(CheckCatalogue.ids))
        for check in CheckCatalogue.all {
            for blocker in check.blockedBy {
                let position = order.firstIndex(of: blocker)
                #expect(position != nil, "\(check.id) names \(blocker)")
                #expect(position ?? 0 < order.firstIndex(of: check.id) ?? 0, "\(check.id) before \(blocker)")
            }
        }
    }
}
