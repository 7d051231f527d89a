import Testing

@testable import Checks
import Facts
import Verdicts

@Suite("The switch's MAC table")
struct SwitchMACCheckTests {
    private let fdb = FDBRequest(device: Site.fabric, vlanName: "SRIOV_201", vlanID: Site.vlan)
    private let ping = PingRequest(
        pod: Site().target.pod, container: nil, interface: "net1", destination: Site.gatewayAddress, count: 3)

    private func judge(_ change: (inout Site) -> Void) -> Judgement {
        var site = Site.healthy()
        change(&site)
        return site.judge(SwitchMACCheck(target: site.target))
    }

    @Test func learnedOnTheNodesPortPasses() {
        let judgement = judge { _ in }
        #expect(judgement.verdict == .pass)
        #expect(
            judgement.sentence == "fabric-switch: 0a:43:80:e7:80:15 of sriov-pod-201-2 was learned on ge-0/0/1.0 in SRIOV_201")
    }

    @Test func learnedOnAnotherPortFails() {
        let judgement = judge { site in site.know(fdb, Site.fdb([(Site.mac, "ge-0/0/5.0")])) }
        #expect(judgement.code == "MACOnWrongPort")
        #expect(judgement.sentence.contains("was learned on ge-0/0/5.0, expected ge-0/0/1"))
    }

    @Test func learnedOnTwoPortsFails() {
        let judgement = judge { site in site.know(fdb, Site.fdb([(Site.mac, "ge-0/0/1.0"), (Site.mac, "ge-0/0/5.0")])) }
        #expect(judgement.code == "MACOnSeveralPorts")
    }

    @Test func notLearnedThoughThePortCarriesTheVLANFails() {
        let judgement = judge { site in site.know(fdb, Site.fdb([])) }
        #expect(judgement.verdict == .fail)
        #expect(judgement.code == "MACNotLearned")
        #expect(judgement.mayChange)
    }

    @Test func aPortThatDoesNotCarryTheVLANIsNamed() {
        let judgement = judge { site in
            site.know(fdb, Site.fdb([]))
            site.know(
                VLANTableRequest(device: Site.fabric),
                Reading(
                    rows: [VLANEntry(vlanID: Site.vlan, name: "SRIOV_201", members: [.init(interface: "ge-0/0/9.0")])],
                    form: "text"))
        }
        #expect(judgement.code == "VLANNotTrunked")
        #expect(judgement.sentence.hasSuffix("SRIOV_201 is not carried by port ge-0/0/1; its members are ge-0/0/9.0"))
        #expect(!judgement.mayChange)
    }

    @Test func aPortThatIsDownIsNamedEvenBesideAnOldRow() {
        let judgement = judge { site in
            site.know(
                InterfaceStatesRequest(device: Site.fabric),
                Reading(rows: [InterfaceState(interface: "ge-0/0/1", adminUp: true, operUp: false)], form: "text"))
        }
        #expect(judgement.code == "PortDown")
    }

    @Test("absent beside an unread line is inconclusive")
    func absentBesideUnread() {
        let judgement = judge { site in
            site.know(fdb, Reading(rows: [], unread: [UnreadLine(number: 4, text: "  SRIOV_201  0a:43:80")], form: "text"))
        }
        #expect(judgement.verdict == .inconclusive)
        #expect(judgement.sentence.contains("line 4:   SRIOV_201  0a:43:80"))
    }

    @Test("a matching row passes beside unread lines")
    func presentBesideUnread() {
        let judgement = judge { site in
            site.know(fdb, Reading(rows: Site.fdb().rows, unread: [UnreadLine(number: 4, text: "x")], form: "text"))
        }
        #expect(judgement.verdict == .pass)
    }

    @Test("a row older than the pod counts only after an answered ping")
    func oldRowNeedsAnAnsweredPing() {
        let cut = judge { site in
            site.know(fdb, Site.fdb(), at: .baseline)
            site.know(ping, Site.ping(0))
        }
        #expect(cut.verdict == .inconclusive)
        #expect(cut.code == "NotFresh")
        let answered = judge { site in site.know(fdb, Site.fdb(), at: .baseline) }
        #expect(answered.verdict == .pass)
    }

    @Test("a table that could not be read before leaves an unanswered pod's row in doubt")
    func unknownBaseline() {
        let judgement = judge { site in
            site.fail(fdb, .timedOut, at: .baseline)
            site.know(ping, Site.ping(0))
        }
        #expect(judgement.code == "NotFresh")
    }

    @Test func anUnreachableSwitchIsInconclusive() {
        let judgement = judge { $0.fail(fdb) }
        #expect(judgement.verdict == .inconclusive)
        #expect(judgement.sentence == "fabric-switch: no answer came")
    }
}
