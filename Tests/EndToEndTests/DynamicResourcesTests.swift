internal import LabRuns
internal import Facts
internal import Labs
import Testing

/// A site whose VFs are given out by dynamic resource allocation.
@Suite("ResourceClaims as witnesses", .serialized)
struct DynamicResourcesTests {
    private static let driver = "sriovnetwork.k8snetworkplumbingwg.io"

    private static func run(_ faults: [String], _ key: String = "{}") async throws -> FaultedRun {
        var site = try SiteLibrary.site("seed")
        site.cluster.deviceDriver = driver
        site.latencies = .none
        var state = FabricState(site: site)
        for fault in faults { try FaultCatalogue.plant(fault, in: &state) }
        let planted = state
        return try await Lab.run(site, programs: LabRun.programs, prepare: { $0 = planted }) { lab in
            let place = "  nodeDefaults:"
            return try await FaultedRun.run(lab, edits: [(place, "  dynamicResources: \(key)\n" + place)])
        }
    }

    @Test("They name the VF of every pod; the device plugin that they replace is not looked at")
    func agrees() async throws {
        let run = try await Self.run([])
        #expect(run.exit == 0, "\(run.account)")
        let sentences = run.sentences("pod.claim", verdict: "pass").sorted()
        #expect(sentences.count == 3, "\(run.account)")
        #expect(
            sentences.first?.hasPrefix("sriov-pod-201-1: ResourceClaim sriov-pod-201-1-extended-resources-") == true
                && sentences.first?.hasSuffix(
                    " names device worker1/0000-01-10-3 at 0000:01:10.3, as network-status does, and its network data are the pod's"
                ) == true, "\(sentences)")
        #expect(["dp.config", "dp.daemonset", "node.allocatable"].allSatisfy { run.sentences($0).isEmpty })
        #expect(run.left.isEmpty)
    }

    @Test("Beside a device plugin both are looked at")
    func beside() async throws {
        let run = try await Self.run([], "{driver: \(Self.driver), replacesDevicePlugin: false}")
        #expect(run.exit == 0, "\(run.account)")
        #expect(run.sentences("node.allocatable").count == 3 && run.sentences("pod.claim").count == 3)
    }

    @Test("A claim that names another VF is a disagreement of its pod alone, and the pod decides")
    func disagrees() async throws {
        let run = try await Self.run(["claim-names-other-vf@worker2"])
        #expect(run.exit == 1, "\(run.account)")
        let failed = run.sentences("pod.claim", verdict: "fail")
        #expect(failed.count == 1 && failed.first?.hasPrefix("sriov-pod-201-2: ResourceClaim ") == true, "\(run.account)")
        #expect(
            failed.first?.hasSuffix(
                " and the pod disagree, and the pod decides: its VF is 0000:01:10.5 (network-status), the claim's device is 0000:01:10.1"
            ) == true, "\(failed)")
        #expect(run.sentences("pod.claim", verdict: "pass").count == 2 && run.sentences("pod.vf", verdict: "pass").count == 3)
    }
}
