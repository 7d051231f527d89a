import Facts
import Testing
import Verdicts

@testable import Checks

@Suite struct OperatorStateCheckTests {
    private static let request = OperatorStateRequest(namespace: "sriov-network-operator", node: "worker2")

    private static func state(
        _ sync: String? = "Succeeded", error: String? = nil, count: Int = 8, vf2: PCIAddress? = nil, vlan: VLANID? = nil
    ) -> OperatorNodeState {
        let vfs = Site.devices().map { device in
            OperatorNodeState.VF(
                index: device.index, pciAddress: device.index == 2 ? vf2 ?? device.pciAddress : device.pciAddress,
                vlan: device.index == 2 ? vlan : nil)
        }
        return OperatorNodeState(
            object: "sriov-network-operator/worker2", syncStatus: sync, lastSyncError: error,
            functions: [.init(name: "eno2", pciAddress: PCIAddress("0000:01:00.1"), numVFs: count, totalVFs: 63, vfs: vfs)])
    }

    /// The node's own answers, and the operator's.
    private static func site(_ operatorState: Lookup<OperatorNodeState>?, nodeAnswers: Bool = true) -> Site {
        var site = Site()
        if nodeAnswers {
            var pf = PhysicalFunction(interface: "eno2")
            pf.pciAddress = PCIAddress("0000:01:00.1")
            pf.numVFs = 8
            site.know(site.node.physicalFunction, .present(pf), at: .baseline)
            site.know(site.node.vfDevices, Site.devices(), at: .baseline)
        } else {
            site.fail(site.node.physicalFunction, at: .baseline)
            site.fail(site.node.vfDevices, at: .baseline)
        }
        if let operatorState {
            site.know(request, operatorState, at: .baseline)
        } else {
            site.fail(request, .refused, at: .baseline)
        }
        return site
    }

    @Test(
        "What the operator says is held against the node, and the node decides",
        arguments: [
            (Lookup.present(state()), Verdict.pass, "worker2 eno2: settled, 8 VFs, as the node has"),
            (
                .present(state("Failed", error: "cannot allocate memory")), .fail,
                "worker2: the operator could not set it up: cannot allocate memory"
            ),
            (
                .present(state(count: 9)), .fail,
                "worker2 eno2: the operator's state and the node disagree, and the node decides: it has 8 VFs, the operator says 9"
            ),
            (
                .present(state(vf2: PCIAddress("0000:01:11.7"))), .fail,
                "worker2 eno2: the operator's state and the node disagree, and the node decides: VF 2 is 0000:01:10.5, the operator says 0000:01:11.7"
            ),
            (
                .absent(hint: "not found"), .fail,
                "worker2: the operator's namespace sriov-network-operator has no SriovNetworkNodeState of it (not found)"
            ),
            (
                .absent(hint: "404 page not found"), .fail,
                "worker2: the cluster serves no SriovNetworkNodeState at all, so the SR-IOV operator is not installed in it"
            ),
            (.present(state("InProgress")), .inconclusive, "worker2: the operator is still setting it up (InProgress)"),
            (.present(state(nil)), .inconclusive, "worker2: the operator's state is not told yet, expected Succeeded"),
            (nil, .inconclusive, "cluster: no answer came"),
        ] as [(Lookup<OperatorNodeState>?, Verdict, String)])
    func judged(answer: Lookup<OperatorNodeState>?, verdict: Verdict, sentence: String) {
        let site = Self.site(answer)
        let judgement = OperatorStateCheck(target: site.node, request: Self.request).evaluate(site.facts)
        #expect(judgement.verdict == verdict)
        #expect(judgement.sentence == sentence)
    }

    @Test("Where the node cannot be asked the operator's word stands, and it is said")
    func alone() {
        let site = Self.site(.present(Self.state()), nodeAnswers: false)
        let judgement = OperatorStateCheck(target: site.node, request: Self.request).evaluate(site.facts)
        #expect(judgement.verdict == .pass)
        #expect(judgement.sentence == "worker2 eno2: settled, 8 VFs; the node itself could not be asked")
    }

    @Test(
        "The VLAN of a VF whose node cannot be asked: the operator's word is enough to agree, and not to accuse",
        arguments: [
            (Site.vlan, Verdict.pass, "worker2 eno2: VF 2 of sriov-pod-201-2 has VLAN 201, as the SR-IOV operator says"),
            (nil, .inconclusive, "worker2: no answer came; the SR-IOV operator last saw no VLAN there"),
            (VLANID(202), .inconclusive, "worker2: no answer came; the SR-IOV operator last saw VLAN 202 there"),
        ] as [(VLANID?, Verdict, String)])
    func vlan(vlan: VLANID?, verdict: Verdict, sentence: String) {
        var site = Site()
        site.node.operatorNamespace = "sriov-network-operator"
        site.know(site.target.state, .present(Site.pod()))
        site.fail(site.node.vfDevices)
        site.fail(site.node.vfTable)
        site.know(Self.request, .present(Self.state(vlan: vlan)))
        let judgement = VFVLANCheck(target: site.target).evaluate(site.facts)
        #expect(judgement.verdict == verdict)
        #expect(judgement.sentence == sentence)
        #expect(judgement.notes.map(\.code) == (verdict == .pass ? ["vlan-by-operator"] : []))
    }

    @Test("The node's own table decides where there is one")
    func nodeDecides() {
        var site = Site()
        site.node.operatorNamespace = "sriov-network-operator"
        site.know(site.target.state, .present(Site.pod()))
        site.know(site.node.vfDevices, Site.devices())
        site.know(site.node.vfTable, Site.vfs(changing: 2) { $0.vlan = nil })
        site.know(Self.request, .present(Self.state(vlan: Site.vlan)))
        #expect(VFVLANCheck(target: site.target).evaluate(site.facts).code == "VLANNotApplied")
    }
}
