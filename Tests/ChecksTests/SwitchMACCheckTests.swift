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

    @Test("LLDP on the other port tells that the cable is there")
    func miscabled() {
        let judgement = judge { site in
            site.know(fdb, Site.fdb([(Site.mac, "ge-0/0/5.0")]))
            site.know(
                LLDPRequest(device: Site.fabric),
                Reading(
                    rows: [
                        LLDPNeighbour(localInterface: "ge-0/0/5.0", neighbour: "worker2.example.net", neighbourInterface: "eno2")
                    ],
                    form: "text"))
        }
        #expect(judgement.code == "MACOnWrongPort")
        #expect(
            judgement.sentence
                == "fabric-switch: 0a:43:80:e7:80:15 of sriov-pod-201-2 was learned on ge-0/0/5.0, expected ge-0/0/1 (where worker2 is "
                + "said to be cabled); LLDP sees worker2 there too: it is cabled to ge-0/0/5.0, not to ge-0/0/1")
    }

    @Test("another VLAN on the right port fails, and is asked of devices that print all VLANs")
    func otherVLAN() {
        let judgement = judge { site in
            site.know(
                fdb,
                Reading(
                    rows: [FDBEntry(vlan: "1", vlanID: VLANID(1), mac: Site.mac, type: "dynamic", interface: Site.port)],
                    form: "json"))
        }
        #expect(judgement.code == "MACInOtherVLAN")
        #expect(judgement.sentence.hasSuffix("was learned in VLAN 1 on ge-0/0/1.0, expected in SRIOV_201"))
    }

    // MARK: Aggregates and pairs

    private let bundles = AggregatesRequest(device: Site.fabric)
    private let ae0 = Reading(
        rows: [Aggregate(interface: "ae0", members: [.init(interface: "ge-0/0/1"), .init(interface: "ge-0/0/2")])], form: "text")

    @Test("a port and the aggregate that it is in are one, whichever the scenario says")
    func aggregates() {
        let member = judge { site in
            site.know(fdb, Site.fdb([(Site.mac, "ae0.0")]))
            site.know(bundles, ae0)
        }
        #expect(member.verdict == .pass, "\(member.sentence)")
        let named = judge { site in
            site.node.uplinks[0].interface = "ae0"
            site.know(bundles, ae0)
        }
        #expect(named.verdict == .pass, "\(named.sentence)")
        let other = judge { site in
            site.know(fdb, Site.fdb([(Site.mac, "ae1.0")]))
            site.know(bundles, ae0)
        }
        #expect(other.code == "MACOnWrongPort")
        let unread = judge { site in
            site.know(fdb, Site.fdb([(Site.mac, "ae0.0")]))
            site.fail(bundles, .timedOut)
        }
        #expect(unread.verdict == .inconclusive)
        #expect(unread.sentence == "fabric-switch: no answer came")
    }

    private static let second = DeviceName("leaf2")
    private let secondFDB = FDBRequest(device: second, vlanName: nil, vlanID: Site.vlan)

    private func judgePair(_ change: (inout Site) -> Void) -> Judgement {
        judge { site in
            site.node.uplinks.append(UplinkPort(device: Self.second, interface: "Port-Channel10", platform: .eos))
            site.know(secondFDB, Site.fdb([]), at: .baseline)
            site.know(secondFDB, Site.fdb([(Site.mac, "Po10")]))
            site.know(
                AggregatesRequest(device: Self.second),
                Reading(rows: [Aggregate(interface: "Port-Channel10", members: [.init(interface: "Ethernet3")])], form: "json"))
            change(&site)
        }
    }

    @Test("of a pair one has to have learned it, and neither elsewhere")
    func pairs() {
        let both = judgePair { _ in }
        #expect(both.verdict == .pass)
        #expect(both.sentence.contains("leaf2: 0a:43:80:e7:80:15 of sriov-pod-201-2 was learned on Po10 in VLAN 201"))
        #expect(judgePair { $0.know(secondFDB, Site.fdb([])) }.verdict == .pass)
        #expect(judgePair { $0.know(secondFDB, Site.fdb([(Site.mac, "Vxlan1")])) }.verdict == .pass)
        #expect(judgePair { $0.know(secondFDB, Site.fdb([(Site.mac, "Et7")])) }.code == "MACOnWrongPort")
        let none = judgePair { site in
            site.know(fdb, Site.fdb([]))
            site.know(secondFDB, Site.fdb([]))
        }
        #expect(none.code == "MACNotLearned")
    }

    @Test(
        "of a pair the link between the two is known by LLDP, by the port channel or a port of it; anything else there is a wrong port",
        arguments: [
            ("Ethernet53", "fabric-switch.example.net", true, Verdict.pass, "MACLearned"),
            ("Ethernet53", "spine1", true, .fail, "MACOnWrongPort"),
            ("Ethernet7", "fabric-switch", true, .fail, "MACOnWrongPort"),
            ("Port-Channel1000", "fabric-switch", false, .fail, "MACNotLearned"),
        ] as [(InterfaceName, String, Bool, Verdict, String)])
    func linkOfPair(heardOn: InterfaceName, neighbour: String, firstHasIt: Bool, verdict: Verdict, code: String) {
        let judgement = judgePair { site in
            if !firstHasIt { site.know(fdb, Site.fdb([])) }
            site.know(secondFDB, Site.fdb([(Site.mac, "Po1000")]))
            site.know(
                AggregatesRequest(device: Self.second),
                Reading(
                    rows: [Aggregate(interface: "Port-Channel1000", members: [.init(interface: "Ethernet53")])], form: "json"))
            site.know(
                LLDPRequest(device: Self.second),
                Reading(rows: [LLDPNeighbour(localInterface: heardOn, neighbour: neighbour)], form: "json"))
        }
        #expect(judgement.verdict == verdict && judgement.code == code, "\(judgement.sentence)")
        let sentences = [
            "MACLearned": "fabric-switch: 0a:43:80:e7:80:15 of sriov-pod-201-2 was learned on ge-0/0/1.0 in SRIOV_201",
            "MACOnWrongPort":
                "leaf2: 0a:43:80:e7:80:15 of sriov-pod-201-2 was learned on Po1000, expected Port-Channel10 (where worker2 is said to be "
                + "cabled)",
            "MACNotLearned":
                "fabric-switch: 0a:43:80:e7:80:15 of sriov-pod-201-2 is not in the table of SRIOV_201 after 3 echo requests, expected on "
                + "ge-0/0/1",
        ]
        #expect(judgement.sentence == sentences[code])
    }

    @Test("of a pair one that cannot be read leaves open what it would tell")
    func pairHalfRead() {
        let half = judgePair { $0.fail(secondFDB) }
        #expect(half.verdict == .inconclusive)
        #expect(
            half.sentence
                == "fabric-switch: 0a:43:80:e7:80:15 of sriov-pod-201-2 was learned on ge-0/0/1.0 in SRIOV_201; leaf2: no answer came"
        )
        let wrong = judgePair { site in
            site.fail(secondFDB)
            site.know(fdb, Site.fdb([(Site.mac, "ge-0/0/5.0")]))
        }
        #expect(wrong.code == "MACOnWrongPort")
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
