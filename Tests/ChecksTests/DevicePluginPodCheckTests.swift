import Testing

@testable import Checks
import Facts
import Verdicts

@Suite("The device plugin's pod on the node")
struct DevicePluginPodCheckTests {
    private static func pod(node: NodeName = "worker2", _ change: (inout PodState) -> Void = { _ in }) -> PodState {
        var pod = PodState(
            reference: PodReference(namespace: "kube-system", name: "kube-sriov-device-plugin-x2b4"), uid: "u9", phase: "Running",
            node: node, conditions: [.init(type: "Ready", status: "True")],
            containers: [.init(name: "kube-sriovdp", ready: true, state: "running")])
        change(&pod)
        return pod
    }

    private func judge(_ pods: [PodState], allocatable: Int? = nil) -> Judgement {
        var site = Site.healthy()
        let resource: ResourceName = "intel.com/intel_sriov_netdevice"
        let node = ClusterNode(name: "worker2", allocatable: allocatable.map { [resource: $0] } ?? [:], ready: "True")
        site.know(ClusterNodeRequest(node: "worker2"), .present(node), at: .baseline)
        site.know(DevicePluginPodsRequest(namespace: "kube-system"), pods, at: .baseline)
        return site.judge(DevicePluginPodCheck(namespace: "kube-system", target: site.node))
    }

    @Test func aReadyPodOnTheNodePasses() {
        let judgement = judge([Self.pod(node: "worker1"), Self.pod()])
        #expect(judgement.verdict == .pass)
        #expect(judgement.sentence == "worker2: kube-system/kube-sriov-device-plugin-x2b4 is Ready")
    }

    @Test(
        arguments: [
            [], [pod(node: "worker1")], [pod { $0.deletionTime = Timestamp(nanoseconds: 1) }],
        ])
    func onlyAPodOnThisNodeThatStaysCounts(pods: [PodState]) {
        let judgement = judge(pods)
        #expect(judgement.verdict == .fail)
        #expect(
            judgement.sentence
                == "worker2: no device plugin pod in kube-system on this node, expected one (taint, node selector, architecture?)"
        )
    }

    @Test func aNodeThatOffersVFsHasItsPluginElsewhere() {
        let judgement = judge([Self.pod(node: "worker1")], allocatable: 7)
        #expect(judgement.verdict == .inconclusive)
        #expect(
            judgement.sentence
                == "worker2: no device plugin pod in kube-system on this node, yet it offers 7 intel.com/intel_sriov_netdevice: the plugin runs "
                + "in another namespace, or under labels and an image that are not known")
        #expect(judge([], allocatable: 0).verdict == .fail)
    }

    @Test func aCrashingPodSaysWhy() {
        let judgement = judge([
            Self.pod {
                $0.conditions = [.init(type: "Ready", status: "False")]
                $0.containers = [
                    .init(name: "kube-sriovdp", restartCount: 4, state: "waiting", reason: "CrashLoopBackOff", lastExitCode: 1)
                ]
            }
        ])
        #expect(judgement.verdict == .fail)
        #expect(
            judgement.sentence
                == "worker2: kube-system/kube-sriov-device-plugin-x2b4 is not Ready: CrashLoopBackOff after exit 1")
    }

    @Test func podsThatCouldNotBeListedAreInconclusive() {
        var site = Site.healthy()
        site.fail(DevicePluginPodsRequest(namespace: "kube-system"), at: .baseline)
        #expect(site.judge(DevicePluginPodCheck(namespace: "kube-system", target: site.node)).verdict == .inconclusive)
    }
}
