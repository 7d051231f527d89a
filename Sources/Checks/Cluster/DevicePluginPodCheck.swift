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

    package func needs(known facts: FactBook) -> [Need] {
        [Need(request, at: .baseline), Need(ClusterNodeRequest(node: target.node), at: .baseline)]
    }

    /// `8 intel.com/intel_sriov_netdevice`: what a plugin must be offering now, for the kubelet takes a resource's devices away as
    /// soon as its plugin's socket closes; nil where it is none, or not known.
    ///
    /// - Source: kubelet, `pkg/kubelet/cm/devicemanager/manager.go`, `markResourceUnhealthy`.
    private func offered(_ facts: FactBook) -> String? {
        let node = facts.answer(ClusterNodeRequest(node: target.node), at: .baseline)?.found
        return target.resources.compactMap { resource in
            node?.allocatable[resource].flatMap { $0 > 0 ? "\($0) \(resource)" : nil }
        }.first
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let pods = try facts.read(request, .baseline).filter { $0.node == target.node && $0.deletionTime == nil }
        let next = "kubectl get pods -n \(namespace) -o wide --field-selector spec.nodeName=\(target.node)"
        guard !pods.isEmpty else {
            if let offered = offered(facts) {
                return Judgement(
                    .inconclusive, code: "DevicePluginElsewhere",
                    sentence:
                        "\(target.node): no device plugin pod in \(namespace) on this node, yet it offers \(offered): the plugin runs in "
                        + "another namespace, or under labels and an image that are not known",
                    expected: "one pod, Ready", seen: "none",
                    next: "set devicePlugin.namespace in the scenario: kubectl get pods -A -o wide")
            }
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
