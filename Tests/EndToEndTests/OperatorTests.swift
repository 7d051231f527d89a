internal import LabRuns
internal import Facts
internal import Labs
import Testing

/// A site whose cluster has the SR-IOV operator.
@Suite("The SR-IOV operator as a witness", .serialized)
struct OperatorTests {
    private static func run(_ faults: [String], scenario asks: Bool = true, written: Bool = false) async throws -> FaultedRun {
        var site = try SiteLibrary.site("seed")
        site.cluster.operatorNamespace = "sriov-network-operator"
        if written { site.cluster.operatorNetworks = ["sriov-201": 201] }
        site.latencies = .none
        var state = FabricState(site: site)
        for fault in faults { try FaultCatalogue.plant(fault, in: &state) }
        let planted = state
        return try await Lab.run(site, programs: LabRun.programs, prepare: { $0 = planted }) { lab in
            let key = "  nodeDefaults:"
            let operatorKey = (old: key, new: "  sriovOperator: {namespace: sriov-network-operator}\n" + key)
            let existing = (old: "- name: sriov-201\n", new: "- name: sriov-201\n    existing: true\n")
            return try await FaultedRun.run(lab, edits: (asks ? [operatorKey] : []) + (written ? [existing] : []))
        }
    }

    @Test("It agrees with every node, and is one check a node; a scenario that does not name it does not ask it")
    func agrees() async throws {
        let run = try await Self.run([])
        #expect(run.exit == 0, "\(run.account)")
        #expect(
            run.sentences("node.operator").sorted().first == "worker1 eno2: settled, 8 VFs, as the node has", "\(run.account)")
        #expect(run.sentences("node.operator").count == 3)
        #expect(
            run.sentences("node.policy", verdict: "pass").sorted()
                == (1...3).map {
                    "worker\($0) eno2: worker\($0)-eno2 asks for 8 VFs as intel_sriov_netdevice, as the node has"
                }, "\(run.account)")
        #expect(run.sentences("nad.operator").isEmpty)
        let silent = try await Self.run([], scenario: false)
        #expect(silent.exit == 0 && silent.sentences("node.operator").isEmpty, "\(silent.account)")
        #expect(!silent.requests.contains { $0.resource.hasPrefix("sriovnetwork") })
    }

    @Test(
        "Its error and its disagreement are findings of their own",
        arguments: [
            (
                "operator-sync-failed@worker2",
                "worker2: the operator could not set it up: cannot allocate memory writing sriov_numvfs"
            ),
            (
                "operator-stale@worker2",
                "worker2 eno2: the operator's state and the node disagree, and the node decides: it has 8 VFs, the operator says 9"
            ),
        ])
    func disagrees(fault: String, sentence: String) async throws {
        let run = try await Self.run([fault])
        #expect(run.exit == 1, "\(run.account)")
        #expect(run.sentences("node.operator", verdict: "fail") == [sentence], "\(run.account)")
    }

    @Test("A policy that asks for more is a finding of its node alone; the policy that it stands over is a note")
    func policy() async throws {
        let run = try await Self.run(["policy-wants-more@worker2"])
        #expect(run.exit == 1, "\(run.account)")
        #expect(
            run.sentences("node.policy", verdict: "fail") == [
                "worker2 eno2: policy worker2-more (priority 10) asks for 9 VFs, the node has 8, and the node decides"
            ], "\(run.account)")
        #expect(run.sentences("node.policy", verdict: "pass").count == 2)
    }

    @Test("A NAD that the operator wrote is used as it is, held against its SriovNetwork, and stays")
    func network() async throws {
        let run = try await Self.run([], written: true)
        #expect(run.exit == 0, "\(run.account)")
        #expect(
            run.sentences("nad.operator", verdict: "pass") == [
                "NAD default/sriov-201: as SriovNetwork sriov-network-operator/sriov-201 says: vlan 201, resource "
                    + "intel_sriov_netdevice"
            ], "\(run.account)")
        let edited = try await Self.run(["sriov-network-edited@cluster"], written: true)
        #expect(edited.exit == 1, "\(edited.account)")
        #expect(
            edited.sentences("nad.operator", verdict: "fail") == [
                "NAD default/sriov-201: it and SriovNetwork sriov-network-operator/sriov-201 disagree: vlan is 201, the "
                    + "SriovNetwork says 202"
            ], "\(edited.account)")
    }

    @Test("Where a node cannot be reached by SSH the operator tells the VF and its VLAN")
    func instead() async throws {
        let run = try await Self.run(["host-down@worker2"])
        #expect(run.exit == 3, "\(run.account)")
        #expect(
            run.sentences("vf.vlan", verdict: "pass").contains(
                "worker2 eno2: VF 2 of sriov-pod-201-2 has VLAN 201, as the SR-IOV operator says"), "\(run.account)")
    }
}
