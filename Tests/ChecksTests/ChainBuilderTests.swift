import Testing

@testable import Checks
import Facts
import Verdicts

@Suite("The chain's lines say what was seen")
struct ChainBuilderTests {
    private func lines(_ site: Site, _ change: (inout NodeTarget, inout NetworkTarget) -> Void = { _, _ in }) -> [String] {
        var site = site
        change(&site.node, &site.network)
        return ChainBuilder.chain(site.target, site.facts, findings: []).links.map(\.text)
    }

    @Test func aHealthyPodIsKnownToBothTables() {
        let lines = lines(.healthy())
        #expect(lines.contains("fabric-switch SRIOV_201 0a:43:80:e7:80:15 on ge-0/0/1.0"))
        #expect(lines.contains("fabric-switch 192.168.201.3 is 0a:43:80:e7:80:15 on vlan.201"))
    }

    @Test func tablesWithoutThePodSayNotLearnedAndNotResolved() {
        var site = Site.healthy()
        site.know(site.network.fdb(on: Site.fabric), Site.fdb([]))
        site.know(DeviceNeighboursRequest(device: Site.fabric), Site.arp([]))
        #expect(lines(site).contains("not learned"))
        #expect(lines(site).contains("not resolved"))
    }

    @Test func aSwitchThatDidNotAnswerWasNotRead() {
        var site = Site.healthy()
        site.fail(site.network.fdb(on: Site.fabric))
        site.fail(DeviceNeighboursRequest(device: Site.fabric))
        #expect(lines(site).count { $0 == "fabric-switch was not read" } == 2)
    }

    @Test func nobodyIsSaidToHaveLearnedNothingWhereNobodyWasAsked() {
        let lines = lines(.healthy()) { node, network in
            node.uplinks = []
            network.gateway?.device = nil
        }
        #expect(lines.contains("not asked: the scenario names no port"))
        #expect(lines.contains("not asked: the scenario names no device"))
    }
}
