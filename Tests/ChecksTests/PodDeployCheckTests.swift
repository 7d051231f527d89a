import Testing

@testable import Checks
import Facts
import Verdicts

/// Messages are those of scheduler, kubelet and Multus, as far as a row of `fixtures/kubernetes` or its source shows them.
@Suite("The pod runs")
struct PodDeployCheckTests {
    private static func pending(_ change: (inout PodState) -> Void = { _ in }) -> PodState {
        var pod = Site.pod(status: false)
        pod.phase = "Pending"
        pod.conditions = [.init(type: "Ready", status: "False")]
        pod.containers = [.init(name: "c", state: "waiting", reason: "ContainerCreating")]
        change(&pod)
        return pod
    }

    private func judge(_ pod: PodState, events: [ClusterEvent] = []) -> Judgement {
        var site = Site.healthy()
        let target = site.target
        site.know(target.state, .present(pod))
        site.know(PodEventsRequest(pod: target.pod, uid: pod.uid), events)
        return site.judge(PodDeployCheck(target: target))
    }

    private static func sandbox(_ message: String) -> ClusterEvent {
        ClusterEvent(type: "Warning", reason: "FailedCreatePodSandBox", message: message)
    }

    @Test func aReadyPodPasses() {
        let judgement = judge(Site.pod())
        #expect(judgement.verdict == .pass)
        #expect(judgement.sentence == "sriov-pod-201-2: Running and Ready on worker2")
        #expect(judgement.notes.isEmpty)
    }

    @Test func aRestartIsANote() {
        var pod = Site.pod()
        pod.containers[0].restartCount = 2
        let judgement = judge(pod)
        #expect(judgement.verdict == .pass)
        #expect(judgement.notes.map(\.sentence) == ["sriov-pod-201-2: its container was restarted 2 times"])
    }

    @Test(
        arguments: [
            (
                pending {
                    $0.conditions = [
                        .init(
                            type: "PodScheduled", status: "False", reason: "Unschedulable",
                            message: "0/4 nodes are available: 4 Insufficient intel.com/intel_sriov_netdevice.")
                    ]
                }, [], "InsufficientVFs",
                "no node has a free device of what it asks for: 0/4 nodes are available: 4 Insufficient intel.com/intel_sriov_netdevice."
            ),
            (
                pending {
                    $0.phase = "Failed"
                    $0.reason = "UnexpectedAdmissionError"
                    $0.message = "Allocate failed due to requested number of devices unavailable"
                }, [], "NoFreeVF",
                "the kubelet of worker2 refused it since no VF is free there (UnexpectedAdmissionError): "
                    + "Allocate failed due to requested number of devices unavailable"
            ),
            (
                pending {
                    $0.containers = [
                        .init(
                            name: "c", image: "busybox:nope", state: "waiting", reason: "ImagePullBackOff",
                            message: "Back-off pulling image \"busybox:nope\"")
                    ]
                }, [], "ImagePullProblem", "image busybox:nope cannot be pulled: Back-off pulling image \"busybox:nope\""
            ),
            (
                pending(), [sandbox("failed to find plugin \"sriov\" in path [/opt/cni/bin]")], "CNIBinaryMissing",
                "the node has no sriov CNI plugin: failed to find plugin \"sriov\" in path [/opt/cni/bin]"
            ),
            (
                pending(), [sandbox("load netconf: VF pci addr is required")], "DeviceNotPassed",
                "the sriov plugin was given no device: load netconf: VF pci addr is required"
            ),
            (pending(), [], "PodNotReady", "phase Pending, ContainerCreating, not Ready"),
        ] as [(PodState, [ClusterEvent], String, String)])
    func whatHoldsItUpIsNamed(pod: PodState, events: [ClusterEvent], code: String, sentence: String) {
        let judgement = judge(pod, events: events)
        #expect(judgement.verdict == .fail)
        #expect(judgement.code == code)
        #expect(judgement.sentence == "sriov-pod-201-2: \(sentence)")
    }

    @Test func aPodThatIsGoneFails() {
        var site = Site.healthy()
        site.know(site.target.state, .absent(hint: "none of that name"))
        let judgement = site.judge(PodDeployCheck(target: site.target))
        #expect(judgement.verdict == .fail)
        #expect(judgement.sentence == "sriov-pod-201-2: the pod is not there any more; somebody deleted it")
    }

    @Test(
        arguments: [
            (.refused(code: "ObjectExists", sentence: "it exists", next: nil), Verdict.fail, "ObjectExists"),
            (.refused(code: "CreationForbidden", sentence: "forbidden", next: nil), .inconclusive, "CreationForbidden"),
            (.harmful(sentence: "192.168.201.3 is in use", next: nil), .fail, "AddressInUse"),
            (.notAttempted(reason: "its NAD was refused"), .inconclusive, Judgement.notAsked),
        ] as [(CreationOutcome, Verdict, String)])
    func aPodThatWasNotCreatedIsJudgedByTheReason(outcome: CreationOutcome, verdict: Verdict, code: String) {
        var site = Site.healthy()
        site.know(site.target.creation, outcome)
        let judgement = site.judge(PodDeployCheck(target: site.target))
        #expect(judgement.verdict == verdict)
        #expect(judgement.code == code)
    }

    @Test func anAPIThatDoesNotAnswerIsInconclusive() {
        var site = Site.healthy()
        site.fail(site.target.state)
        #expect(site.judge(PodDeployCheck(target: site.target)).verdict == .inconclusive)
    }
}
