import Testing

@testable import Checks
import Facts
import Verdicts

@Suite("The pod's interface, as Multus claims it and as the pod shows it")
struct PodInterfaceCheckTests {
    private func judge(_ change: (inout Site) -> Void) -> Judgement {
        var site = Site.healthy()
        change(&site)
        return site.judge(PodInterfaceCheck(target: site.target))
    }

    private func claim(_ change: (inout PodState) -> Void) -> Judgement {
        var site = Site.healthy()
        var pod = Site.pod()
        change(&pod)
        site.know(PodStateRequest(pod: site.target.pod), .present(pod))
        return site.judge(NetworkStatusCheck(target: site.target))
    }

    private let addresses = PodAddressesRequest(pod: Site().target.pod, container: nil, interfaces: ["net1"])

    @Test func upWithTheAddressPasses() { #expect(judge { _ in }.verdict == .pass) }

    @Test func anotherPrefixLengthFails() {
        let judgement = judge { $0.know(addresses, Site.net1(prefix: "192.168.201.3/25")) }
        #expect(judgement.verdict == .fail)
        #expect(judgement.sentence == "sriov-pod-201-2 net1: has 192.168.201.3/25, expected 192.168.201.3/24")
    }

    @Test func anotherAddressFails() {
        #expect(judge { $0.know(addresses, Site.net1(prefix: "192.168.201.9/24")) }.code == "AddressMismatch")
    }

    @Test func withoutCarrierItFailsAndMayStillChange() {
        let judgement = judge { $0.know(addresses, Site.net1(lowerUp: false)) }
        #expect(judgement.code == "InterfaceNoCarrier")
        #expect(judgement.mayChange)
    }

    @Test func absentBesideAnUnreadLineIsInconclusive() {
        let judgement = judge { site in
            site.know(addresses, Reading(rows: [], unread: [UnreadLine(number: 9, text: "8: net1")], form: "text/busybox"))
        }
        #expect(judgement.verdict == .inconclusive)
    }

    @Test func aMACChangedSinceTheClaimIsANote() {
        let judgement = judge { $0.know(addresses, Site.net1(mac: MACAddress("02:00:00:00:00:99")!)) }
        #expect(judgement.notes.map(\.code) == ["status-mac-differs"])
    }

    @Test func aClaimThatFitsPasses() { #expect(claim { _ in }.verdict == .pass) }

    @Test func noClaimMeansThatMultusNeverRan() { #expect(claim { $0.networkStatus = nil }.code == "MultusNotRunning") }

    @Test func aClaimOfAnotherAddressFails() {
        #expect(claim { $0.networkStatus?[0].ips = [IPAddress("192.168.201.9")!] }.code == "AddressNotHonoured")
    }

    @Test func aClaimOfAnotherNetworkFails() {
        #expect(claim { $0.networkStatus?[0].name = "default/other" }.code == "OtherNetwork")
    }

    @Test func aClaimThatCannotBeReadIsInconclusive() {
        let judgement = claim { pod in
            pod.networkStatus = nil
            pod.networkStatusProblem = "line 1, column 1: expected a value"
        }
        #expect(judgement.verdict == .inconclusive)
    }
}
