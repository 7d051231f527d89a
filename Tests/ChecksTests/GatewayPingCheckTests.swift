import Testing

@testable import Checks
import Facts
import Verdicts

@Suite("The way to the gateway")
struct GatewayPingCheckTests {
    private func judge(_ change: (inout Site) -> Void) -> Judgement {
        var site = Site.healthy()
        change(&site)
        return site.judge(GatewayPingCheck(target: site.target))
    }

    private var neighbours: PodNeighboursRequest { PodNeighboursRequest(pod: Site().target.pod, container: nil) }

    @Test func answeredAndResolvedOnNet1Passes() { #expect(judge { _ in }.verdict == .pass) }

    @Test("answered, but the gateway is resolved over eth0: not a pass")
    func answeredOverEth0() {
        let judgement = judge { site in
            site.know(
                neighbours,
                Reading(rows: [NeighbourEntry(ip: Site.gatewayAddress, mac: Site.gatewayMAC, interface: "eth0")], form: "proc"))
        }
        #expect(judgement.verdict == .fail)
        #expect(judgement.sentence.contains("its ARP table has it on eth0") || judgement.sentence.contains("has it on eth0"))
    }

    @Test func noAnswerFailsAndSaysWhetherItWasResolved() {
        let silent = judge { site in site.know(site.target.ping!, Site.ping(0)) }
        #expect(silent.code == "GatewaySilent")
        let unresolved = judge { site in
            site.know(site.target.ping!, Site.ping(0))
            site.know(
                neighbours, Reading(rows: [NeighbourEntry(ip: Site.gatewayAddress, mac: nil, interface: "net1")], form: "proc"))
        }
        #expect(unresolved.code == "GatewayUnreachable")
    }

    @Test func permissionDeniedIsInconclusive() {
        let judgement = judge { site in site.fail(site.target.ping!, .refused) }
        #expect(judgement.verdict == .inconclusive)
        #expect(judgement.code == "Refused")
    }

    @Test func lossAboveTheLimitMayChange() {
        let judgement = judge { site in site.know(site.target.ping!, Site.ping(2)) }
        #expect(judgement.code == "PacketLoss")
        #expect(judgement.mayChange)
    }

    @Test("without net1 no ping is even wanted, though the gateway may be routed over eth0")
    func withoutNet1() {
        var site = Site.healthy()
        let addresses = PodAddressesRequest(pod: site.target.pod, container: nil, interfaces: ["net1"])
        site.facts = FactBook()
        site.know(PodStateRequest(pod: site.target.pod), .present(Site.pod()))
        site.know(
            addresses,
            Reading(rows: [InterfaceAddresses(index: 1, interface: "eth0", up: true, lowerUp: true)], form: "text/busybox"))
        let check = GatewayPingCheck(target: site.target)
        #expect(!check.needs(known: site.facts).contains { type(of: $0.request).kind == "ping" })
        #expect(check.evaluate(site.facts).verdict == .inconclusive)
        #expect(PodInterfaceCheck(target: site.target).evaluate(site.facts).code == "InterfaceMissing")
    }
}
