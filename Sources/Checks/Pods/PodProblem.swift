package import Facts

/// Why a pod is not Ready, in one sentence, and whether waiting can help. Shared by the wait for pods and their check.
///
/// - Source: texts of kubelet, scheduler, Multus and sriov-cni as recorded from a true Kubernetes 1.36.
package struct PodProblem: Hashable, Sendable {
    /// The finding's code.
    package let code: String
    /// What is seen, without the pod's name: "no node has a free VF: 0/4 nodes are available…".
    package let sentence: String
    /// Short: phase or reason.
    package let seen: String
    /// How long it has to be seen before waiting is given up: zero where only a new pod helps, some seconds where the cause
    /// does not go away by itself but may be a passing state, nil where time is all it needs.
    package let patience: Duration?

    /// Long enough for a VF or an address of a pod that is just being deleted to come back.
    private static let passing = Duration.seconds(10)

    /// - Parameter events: about this pod, oldest first; empty where they are not known.
    package init(pod: PodState, events: [ClusterEvent]) {
        let phase = pod.phase ?? "no phase"
        if phase == "Failed" || phase == "Succeeded" {
            self = Self.ended(pod, phase: phase)
        } else if let condition = pod.condition("PodScheduled"), condition.status == "False" {
            let text = condition.message ?? events.last { $0.reason == "FailedScheduling" }?.message ?? "no message"
            let insufficient = text.contains("Insufficient")
            self.init(
                code: insufficient ? "InsufficientVFs" : "NotScheduled",
                sentence: (insufficient ? "no node has a free device of what it asks for: " : "not scheduled: ") + text,
                seen: condition.reason ?? "Unschedulable", patience: Self.passing)
        } else if let container = pod.containers.first(where: {
            $0.state == "waiting" && Self.imageReasons.contains($0.reason ?? "")
        }) {
            self.init(
                code: "ImagePullProblem",
                sentence: "image \(container.image ?? "of container \(container.name)") cannot be pulled: "
                    + (container.message ?? container.reason ?? "no message"), seen: container.reason ?? "waiting",
                patience: container.reason == "ErrImagePull" ? Self.passing : .zero)
        } else if let event = events.last(where: { Self.sandboxReasons.contains($0.reason) }) {
            self = Self.sandbox(event)
        } else if let container = pod.containers.first(where: { $0.reason == "CrashLoopBackOff" || $0.state == "terminated" }) {
            self.init(
                code: "ContainerEnded",
                sentence: "container \(container.name) ended"
                    + (container.lastExitCode.map { " with exit \($0)" } ?? "") + " (\(container.reason ?? "no reason"))",
                seen: container.reason ?? "terminated", patience: nil)
        } else {
            let reason = pod.containers.compactMap(\.reason).first
            self.init(
                code: "PodNotReady", sentence: "phase \(phase)\(reason.map { ", \($0)" } ?? ""), not Ready",
                seen: reason ?? phase, patience: nil)
        }
    }

    private init(code: String, sentence: String, seen: String, patience: Duration?) {
        self.code = code
        self.sentence = sentence
        self.seen = seen
        self.patience = patience
    }

    private static let imageReasons: Set<String> = ["ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull"]
    private static let sandboxReasons: Set<String> = ["FailedCreatePodSandBox", "NoNetworkFound", "FailedMount"]

    private static func ended(_ pod: PodState, phase: String) -> PodProblem {
        let reason = pod.reason ?? "no reason"
        let message = pod.message ?? "no message"
        if reason == "UnexpectedAdmissionError" || reason.hasPrefix("OutOf") {
            return PodProblem(
                code: "NoFreeVF",
                sentence:
                    "the kubelet of \(pod.node?.text ?? "its node") refused it since no VF is free there (\(reason)): \(message)",
                seen: reason, patience: .zero)
        }
        return PodProblem(
            code: reason == "TopologyAffinityError" ? "TopologyRefused" : "PodEnded",
            sentence: "phase \(phase) (\(reason)): \(message)",
            seen: pod.reason ?? phase, patience: .zero)
    }

    private static func sandbox(_ event: ClusterEvent) -> PodProblem {
        let text = event.message
        let (code, lead): (String, String) =
            switch true {
            case text.contains("failed to find plugin \"sriov\""): ("CNIBinaryMissing", "the node has no sriov CNI plugin")
            case text.contains("failed to find plugin"): ("CNIPluginMissing", "a CNI plugin is missing on the node")
            case event.reason == "NoNetworkFound" || text.contains("cannot find a network-attachment-definition"):
                ("NADMissing", "its NAD is not there")
            case text.contains("VF pci addr is required"): ("DeviceNotPassed", "the sriov plugin was given no device")
            case text.contains("is not available in range set"), text.contains("no IP addresses available"):
                ("AddressNotAvailable", "its address is not to be had")
            case text.contains("vlan configuration"): ("VLANRefused", "the driver refused the VLAN")
            case event.reason == "FailedMount": ("MountProblem", "a volume cannot be mounted")
            default: ("SandboxProblem", "its sandbox cannot be made")
            }
        return PodProblem(
            code: code, sentence: "\(lead): \(text)", seen: event.reason,
            patience: code == "SandboxProblem" || code == "MountProblem" ? nil : Self.passing)
    }
}
