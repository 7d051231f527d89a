package import Facts
package import Verdicts

/// Faults 11, 17 and 25: no device plugin on the node, or one that is not ready.
package struct DevicePluginPodCheck: Check {
    package static let id: CheckID = "dp.daemonset"
    package static let title = "the device plugin runs on the node"
    package static let moment = Moment.baseline
    package static let blockedBy: [CheckID] = ["dp.config"]

    let namespace: String
    let target: NodeTarget
    package init(namespace: String, target: NodeTarget) {
        self.namespace = namespace
        self.target = target
    }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { [target.subject, .cluster] }
    package var location: String? { target.location }

    private var request: DevicePluginPodsRequest { DevicePluginPodsRequest(namespace: namespace) }

    package func needs(known facts: FactBook) -> [Need] { [Need(request, at: .baseline)] }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let pods = try facts.read(request, .baseline).filter { $0.node == target.node && $0.deletionTime == nil }
        let next = "kubectl get pods -n \(namespace) -o wide --field-selector spec.nodeName=\(target.node)"
        guard !pods.isEmpty else {
            return Judgement(
                .fail, code: "DevicePluginAbsent",
                sentence:
                    "\(target.node): no device plugin pod in \(namespace) on this node, expected one (taint, node selector, architecture?)",
                expected: "one pod, Ready", seen: "none", next: next)
        }
        if let pod = pods.first(where: { $0.condition("Ready")?.status == "True" }) {
            return Judgement(
                .pass, code: "DevicePluginReady", sentence: "\(target.node): \(pod.reference) is Ready", seen: pod.reference.name)
        }
        let pod = pods[0]
        let container = pod.containers.first
        let why =
            container.flatMap { container in
                container.reason.map { $0 + (container.lastExitCode.map { " after exit \($0)" } ?? "") }
            } ?? pod.reason ?? pod.phase ?? "no state given"
        return Judgement(
            .fail, code: "DevicePluginNotReady", sentence: "\(target.node): \(pod.reference) is not Ready: \(why)",
            expected: "Ready",
            seen: why, next: "kubectl logs -n \(namespace) \(pod.reference.name)")
    }
}
