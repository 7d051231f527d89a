package import Facts
package import Verdicts

/// Faults 12, 14 and 18: the node offers none, too few or too many VFs to pods.
package struct AllocatableCheck: Check {
    package static let id: CheckID = "node.allocatable"
    package static let title = "the node offers all its VFs to pods"
    package static let moment = Moment.baseline
    package static let blockedBy: [CheckID] = ["pf.present", "vf.count", "vf.driver", "dp.config", "dp.daemonset"]

    let target: NodeTarget
    package init(target: NodeTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { [target.subject, .cluster] }
    package var location: String? { target.location }

    private var request: ClusterNodeRequest { ClusterNodeRequest(node: target.node) }

    package func needs(known facts: FactBook) -> [Need] {
        [Need(request, at: .baseline), Need(target.physicalFunction, at: .baseline)]
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let lookup = try facts.read(request, .baseline)
        guard let node = lookup.found else {
            guard case .absent(let hint) = lookup else { return Judgement(.inconclusive, code: "NotUnderstood", sentence: "") }
            return Judgement(
                .fail, code: "NodeMissing", sentence: "\(target.node): the cluster has no such node (\(hint))",
                expected: target.node.text,
                seen: "none", next: "kubectl get nodes")
        }
        if let ready = node.ready, ready != "True" {
            return Judgement(
                .fail, code: "NodeNotReady",
                sentence:
                    "\(target.node): condition Ready is \(ready), expected True\(node.readyMessage.map { " (\($0))" } ?? "")",
                expected: "Ready", seen: "Ready \(ready)", next: "kubectl describe node \(target.node)")
        }
        for resource in target.resources {
            if let wrong = mismatch(
                resource, node: node, numVFs: facts.answer(target.physicalFunction, at: .baseline)?.found?.numVFs)
            {
                return wrong
            }
        }
        let counts = target.resources.map { "\($0) \(node.allocatable[$0] ?? 0)" }.joined(separator: ", ")
        return Judgement(
            .pass, code: "AllocatableRight", sentence: "\(target.node): allocatable \(counts)",
            expected: target.vfCount.map(String.init), seen: counts,
            notes: node.unschedulable
                ? [Note(code: "node-cordoned", sentence: "\(target.node): cordoned; pods with nodeName start on it all the same")]
                : [])
    }

    private func mismatch(_ resource: ResourceName, node: ClusterNode, numVFs: Int?) -> Judgement? {
        let next = "kubectl get node \(target.node) -o jsonpath='{.status.allocatable}'"
        guard let allocatable = node.allocatable[resource], let capacity = node.capacity[resource] else {
            return Judgement(
                .fail, code: "ResourceNotOffered",
                sentence: "\(target.node): allocatable has no \(resource), expected \(target.vfCount.map(String.init) ?? "some")",
                expected: target.vfCount.map(String.init), seen: "none", next: next)
        }
        if allocatable < capacity {
            return Judgement(
                .fail, code: "DevicesUnhealthy",
                sentence:
                    "\(target.node): \(allocatable) of \(capacity) \(resource) are healthy; the device plugin is gone, restarting, or "
                    + "calls them unhealthy", expected: "\(capacity)", seen: "\(allocatable)", next: next)
        }
        guard let expected = target.vfCount ?? numVFs, allocatable != expected else {
            return allocatable == 0
                ? Judgement(
                    .fail, code: "ResourceNotOffered", sentence: "\(target.node): allocatable \(resource) is 0, expected some",
                    expected: "1 or more", seen: "0", next: next) : nil
        }
        let stale = numVFs == expected
        return Judgement(
            .fail, code: stale ? "AllocatableStale" : "AllocatableMismatch",
            sentence: "\(target.node): allocatable \(resource) is \(allocatable), expected \(expected)"
                + (stale
                    ? "; \(target.pf) has \(expected) VFs, so the device plugin counted before they were made (it counts once, at its start)"
                    : ""),
            expected: "\(expected)", seen: "\(allocatable)",
            next: stale ? "restart the device plugin's pod on \(target.node)" : next)
    }
}
