import Testing

@testable import Checks
import Facts
import Verdicts

@Suite("The switch's port and the VLAN on it")
struct SwitchVLANCheckTests {
    private static let fdb = FDBRequest(device: Site.fabric, vlanName: "SRIOV_201", vlanID: Site.vlan)
    private static let vlans = VLANTableRequest(device: Site.fabric)
    private static let tree = SpanningTreeRequest(device: Site.fabric)
    private static let states = InterfaceStatesRequest(device: Site.fabric)
    private static let trunks = TrunksRequest(device: Site.fabric)
    private static let bundles = AggregatesRequest(device: Site.fabric)

    /// A change of a site on which nothing was learned, and what is said of it.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let verdict: Verdict
        let code: String
        let sentence: String
        let change: @Sendable (inout Site) -> Void
        var testDescription: String { name }
    }

    private static func carried(_ rows: [VLANEntry]) -> Reading<VLANEntry> { Reading(rows: rows, form: "text") }
    private static func blocked(_ state: SpanningTreePort.State, _ instance: String?, _ vlan: Int?) -> SpanningTreePort {
        SpanningTreePort(
            instance: instance, vlanID: vlan.flatMap { VLANID($0) }, interface: "ge-0/0/1", role: "alternate", state: state)
    }

    static let cases: [Case] = [
        Case(
            name: "carried and forwarding", verdict: .pass, code: "VLANCarried",
            sentence: "fabric-switch: ge-0/0/1 of sriov-pod-201-2 carries SRIOV_201 and is forwarding"
        ) { _ in },
        Case(
            name: "down", verdict: .fail, code: "PortDown",
            sentence: "fabric-switch: port ge-0/0/1 of sriov-pod-201-2 is administratively down, expected up"
        ) {
            $0.know(states, Reading(rows: [InterfaceState(interface: "ge-0/0/1", adminUp: false, operUp: false)], form: "text"))
        },
        Case(
            name: "no such VLAN", verdict: .fail, code: "VLANNotOnSwitch",
            sentence: "fabric-switch: there is no VLAN 201, expected on port ge-0/0/1 of sriov-pod-201-2"
        ) { $0.know(vlans, carried([VLANEntry(vlanID: VLANID(1), name: "default")])) },
        Case(
            name: "not trunked", verdict: .fail, code: "VLANNotTrunked",
            sentence: "fabric-switch: SRIOV_201 of sriov-pod-201-2 is not carried by port ge-0/0/1; its members are ge-0/0/9.0"
        ) {
            $0.know(vlans, carried([VLANEntry(vlanID: Site.vlan, name: "SRIOV_201", members: [.init(interface: "ge-0/0/9.0")])]))
        },
        Case(
            name: "access port in another VLAN", verdict: .fail, code: "PortInOtherVLAN",
            sentence: "fabric-switch: port ge-0/0/1.0 carries LAB, VLAN 7 untagged and nothing else, expected SRIOV_201"
        ) {
            $0.know(
                vlans,
                carried([
                    VLANEntry(vlanID: VLANID(7), name: "LAB", members: [.init(interface: "ge-0/0/1.0", tagged: false)]),
                    VLANEntry(vlanID: Site.vlan, name: "SRIOV_201"),
                ]))
        },
        Case(
            name: "untagged", verdict: .fail, code: "VLANUntaggedOnPort",
            sentence:
                "fabric-switch: port ge-0/0/1.0 carries SRIOV_201 untagged, expected tagged: the VF of sriov-pod-201-2 sends and "
                + "takes frames with the tag 201"
        ) {
            $0.know(
                vlans,
                carried([
                    VLANEntry(vlanID: Site.vlan, name: "SRIOV_201", members: [.init(interface: "ge-0/0/1.0", tagged: false)])
                ]))
        },
        Case(
            name: "blocked", verdict: .fail, code: "PortBlocked",
            sentence:
                "fabric-switch: spanning tree keeps port ge-0/0/1 of sriov-pod-201-2 blocking in instance 0 (role alternate), "
                + "expected forwarding"
        ) { $0.know(tree, Reading(rows: [blocked(.blocking, "instance 0", nil)], form: "text")) },
        Case(
            name: "blocked in another VLAN only", verdict: .pass, code: "VLANCarried",
            sentence: "fabric-switch: ge-0/0/1 of sriov-pod-201-2 carries SRIOV_201 and is forwarding"
        ) {
            $0.know(
                tree,
                Reading(rows: [blocked(.blocking, "VLAN0200", 200), blocked(.forwarding, "VLAN0201", 201)], form: "text"))
        },
        Case(
            name: "blocked in one of several instances", verdict: .inconclusive, code: "InstanceUnknown",
            sentence:
                "fabric-switch: spanning tree keeps ge-0/0/1 discarding in MST1 and lets frames through in others, and which is "
                + "SRIOV_201's is not said"
        ) { $0.know(tree, Reading(rows: [blocked(.forwarding, "MST0", nil), blocked(.discarding, "MST1", nil)], form: "text")) },
        Case(
            name: "no spanning tree at all", verdict: .pass, code: "VLANCarried",
            sentence: "fabric-switch: ge-0/0/1 of sriov-pod-201-2 carries SRIOV_201 and is forwarding"
        ) { $0.know(tree, Reading(rows: [], statedEmpty: true, form: "text")) },
        Case(
            name: "spanning tree unreadable", verdict: .inconclusive, code: "TimedOut", sentence: "fabric-switch: no answer came"
        ) { $0.fail(tree, .timedOut) },
        Case(
            name: "a line of the VLAN table unread", verdict: .inconclusive, code: "UnreadLines",
            sentence:
                "fabric-switch: VLAN 201 on ge-0/0/1 was not among what could be read, and 1 lines could not be (line 3: SRIOV_)"
        ) { $0.know(vlans, Reading(rows: [], unread: [UnreadLine(number: 3, text: "SRIOV_")], form: "text")) },
        Case(
            name: "carried by the aggregate", verdict: .pass, code: "VLANCarried",
            sentence: "fabric-switch: ge-0/0/1 of sriov-pod-201-2 carries SRIOV_201 and is forwarding"
        ) {
            $0.know(vlans, carried([VLANEntry(vlanID: Site.vlan, name: "SRIOV_201", members: [.init(interface: "ae0.0")])]))
            $0.know(bundles, Reading(rows: [Aggregate(interface: "ae0", members: [.init(interface: "ge-0/0/1")])], form: "text"))
        },
        Case(
            name: "IOS: on a trunk that is not in the VLAN table", verdict: .pass, code: "VLANCarried",
            sentence: "fabric-switch: Gi1/0/1 of sriov-pod-201-2 carries SRIOV_201 and is forwarding"
        ) { ios(&$0, TrunkPort(interface: "Gi1/0/1", allowed: VLANSet("1-4094"), active: VLANSet("1,201"))) },
        Case(
            name: "IOS: not allowed on the trunk", verdict: .fail, code: "VLANNotTrunked",
            sentence: "fabric-switch: SRIOV_201 of sriov-pod-201-2 is not allowed on trunk Gi1/0/1, which has 10,20-30"
        ) { ios(&$0, TrunkPort(interface: "Gi1/0/1", allowed: VLANSet("10,20-30"))) },
        Case(
            name: "IOS: trunks unreadable", verdict: .inconclusive, code: "NotUnderstood",
            sentence: "fabric-switch: no answer came"
        ) {
            ios(&$0, TrunkPort(interface: "Gi1/0/1"))
            $0.fail(trunks, .notUnderstood)
        },
    ]

    private static func ios(_ site: inout Site, _ trunk: TrunkPort) {
        site.node.uplinks = [UplinkPort(device: Site.fabric, interface: "Gi1/0/1", platform: .ios)]
        site.know(vlans, carried([VLANEntry(vlanID: Site.vlan, name: "SRIOV_201")]))
        site.know(trunks, Reading(rows: [trunk], form: "text"))
    }

    @Test("decide where the MAC was not learned", arguments: cases)
    func tables(_ one: Case) {
        var site = Site.healthy()
        site.know(Self.fdb, Site.fdb([]))
        site.know(Self.tree, Reading(rows: [Self.blocked(.forwarding, "instance 0", nil)], form: "text"))
        site.know(Self.bundles, Reading(rows: [], statedEmpty: true, form: "text"))
        one.change(&site)
        let judgement = site.judge(SwitchVLANCheck(target: site.target))
        #expect(judgement.verdict == one.verdict)
        #expect(judgement.code == one.code)
        #expect(judgement.sentence == one.sentence)
    }

    @Test("A learned MAC proves it, and nothing more is asked")
    func learned() {
        let site = Site.healthy()
        let check = SwitchVLANCheck(target: site.target)
        let judgement = site.judge(check)
        #expect(judgement.verdict == .pass)
        #expect(judgement.sentence == "fabric-switch: frames of sriov-pod-201-2 come in on ge-0/0/1.0 in SRIOV_201")
        let asked = check.needs(known: site.facts)
        #expect(!asked.contains(Need(Self.tree, at: .plumbed)) && !asked.contains(Need(Self.vlans, at: .plumbed)))
    }

    @Test("A MAC that is not learned is asked about; a static row proves nothing")
    func asked() {
        for reading in [
            Site.fdb([]), Reading(rows: [FDBEntry(mac: Site.mac, type: "static", interface: Site.port)], form: "text"),
        ] {
            var site = Site.healthy()
            site.know(Self.fdb, reading)
            let asked = SwitchVLANCheck(target: site.target).needs(known: site.facts)
            #expect(asked.contains(Need(Self.tree, at: .plumbed)) && asked.contains(Need(Self.vlans, at: .plumbed)))
        }
    }

    @Test("The scenario's wrong port is no fault of the VLAN: the frames come in elsewhere")
    func elsewhere() {
        var site = Site.healthy()
        site.know(Self.fdb, Site.fdb([(Site.mac, "ge-0/0/5.0")]))
        let judgement = site.judge(SwitchVLANCheck(target: site.target))
        #expect(judgement.verdict == .pass)
        #expect(judgement.sentence.contains("come in on ge-0/0/5.0"))
    }

    @Test("Of a pair each half has to carry it")
    func pair() {
        var site = Site.healthy()
        site.node.uplinks.append(UplinkPort(device: "leaf2", interface: "Po10", platform: .eos))
        site.know(FDBRequest(device: "leaf2", vlanName: nil, vlanID: Site.vlan), Site.fdb([]))
        site.know(VLANTableRequest(device: "leaf2"), Self.carried([VLANEntry(vlanID: Site.vlan, name: "STORAGE")]))
        let judgement = site.judge(SwitchVLANCheck(target: site.target))
        #expect(judgement.verdict == .fail)
        #expect(judgement.sentence == "leaf2: VLAN 201 of sriov-pod-201-2 is not carried by port Po10; its members are none")
    }

    @Test(
        "Of a pair the link between the two proves nothing: the half without the VLAN is told, and one that has it passes",
        arguments: [
            (
                "Port-Channel1000", [], Verdict.fail,
                "leaf2: VLAN 201 of sriov-pod-201-2 is not carried by port Po10; its members are Port-Channel1000"
            ),
            (
                "Port-Channel1000", ["Port-Channel10"], .pass,
                "fabric-switch: frames of sriov-pod-201-2 come in on ge-0/0/1.0 in SRIOV_201; leaf2: Po10 of sriov-pod-201-2 carries VLAN "
                    + "201 and is forwarding"
            ),
            (
                "Port-Channel10", [], .pass,
                "fabric-switch: frames of sriov-pod-201-2 come in on ge-0/0/1.0 in SRIOV_201; leaf2: frames of sriov-pod-201-2 come in on "
                    + "Port-Channel10 in VLAN 201"
            ),
        ] as [(InterfaceName, [InterfaceName], Verdict, String)])
    func linkOfPair(port: InterfaceName, carrying: [InterfaceName], verdict: Verdict, sentence: String) {
        var site = Site.healthy()
        site.node.uplinks.append(UplinkPort(device: "leaf2", interface: "Po10", platform: .eos))
        site.know(FDBRequest(device: "leaf2", vlanName: nil, vlanID: Site.vlan), Site.fdb([]), at: .baseline)
        site.know(FDBRequest(device: "leaf2", vlanName: nil, vlanID: Site.vlan), Site.fdb([(Site.mac, port)]))
        let members = (["Port-Channel1000"] + carrying).map { VLANEntry.Member(interface: $0, tagged: true) }
        site.know(VLANTableRequest(device: "leaf2"), Self.carried([VLANEntry(vlanID: Site.vlan, name: "X", members: members)]))
        site.know(SpanningTreeRequest(device: "leaf2"), Reading(rows: [], statedEmpty: true, form: "json"))
        let judgement = site.judge(SwitchVLANCheck(target: site.target))
        #expect(judgement.verdict == verdict)
        #expect(judgement.sentence == sentence)
    }

    @Test func anUnreachableSwitchIsInconclusive() {
        var site = Site.healthy()
        for fail in [Self.fdb] { site.fail(fail) }
        site.fail(Self.vlans)
        site.fail(Self.tree)
        site.fail(Self.states)
        let judgement = site.judge(SwitchVLANCheck(target: site.target))
        #expect(judgement.verdict == .inconclusive)
        #expect(judgement.sentence == "fabric-switch: no answer came")
    }
}
