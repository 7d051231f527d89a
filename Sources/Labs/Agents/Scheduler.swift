internal import Facts

/// Binds pods without a node to one, or says why none will do.
///
/// - Source: `after-events-want9.resp`, `full-events.resp`.
struct Scheduler: Sendable {
    let cluster: Cluster

    /// Runs until cancelled.
    ///
    /// - Throws: when the store refuses the watch.
    func run() async throws {
        var waiting: [String: PodSpec] = [:]
        for await event in try await cluster.store.watch(from: cluster.beginning) {
            switch (event.kind, event.change) {
            case (.pods, .deleted):
                waiting[PodSpec(event.object).uid] = nil
            case (.pods, _):
                let spec = PodSpec(event.object)
                guard spec.node == nil, !spec.isBeingDeleted, !spec.hasEnded else {
                    waiting[spec.uid] = nil
                    continue
                }
                guard waiting[spec.uid] == nil else { continue }
                waiting[spec.uid] = spec
                await cluster.wait(cluster.site.latencies.schedule, for: "scheduler")
                await schedule(spec, tellsWhyNot: true)
                continue
            case (.nodes, _): break
            default: continue
            }
            // Something that may have made room: another try for those that wait, without a second complaint.
            for spec in waiting.values { await schedule(spec, tellsWhyNot: false) }
        }
    }

    private func schedule(_ spec: PodSpec, tellsWhyNot: Bool) async {
        // Lists without selectors are never refused.
        let nodes = (try? await cluster.store.list(.nodes).items) ?? []
        let pods = ((try? await cluster.store.list(.pods).items) ?? []).map(PodSpec.init)
        var reasons: [String: Int] = [:]
        var neverFits = true
        for node in nodes {
            let name = node.text(at: "metadata", "name") ?? ""
            if let reason = refusal(of: node, for: spec) {
                reasons[reason, default: 0] += 1
                continue
            }
            let (missing, mayFit) = shortage(of: node, name: name, for: spec, among: pods)
            if mayFit { neverFits = false }
            guard let missing else {
                await bind(spec, to: name)
                return
            }
            reasons["Insufficient \(missing)", default: 0] += 1
        }
        guard tellsWhyNot else { return }
        let count = nodes.count
        let list = reasons.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        let hint = neverFits ? "Preemption is not helpful for scheduling" : "No preemption victims found for incoming pod"
        let message =
            "0/\(count) nodes are available: \(list). no new claims to deallocate, preemption: "
            + "0/\(count) nodes are available: \(count) \(hint)."
        await cluster.events.scheduler(.warning, "FailedScheduling", message, action: "Scheduling", about: spec.object)
        await markUnschedulable(spec, message)
    }

    /// Why a node will not do whatever is free on it; nil when it may.
    private func refusal(of node: JSONValue, for spec: PodSpec) -> String? {
        if node.value(at: "spec", "unschedulable")?.bool == true { return "node(s) were unschedulable" }
        let labels = node.value(at: "metadata", "labels")?.textMembers ?? [:]
        let wanted = spec.object.value(at: "spec", "nodeSelector")?.textMembers ?? [:]
        if wanted.contains(where: { labels[$0.key] != $0.value }) {
            return "node(s) didn't match Pod's node affinity/selector"
        }
        let tolerations = spec.object.value(at: "spec", "tolerations")?.elements ?? []
        for taint in node.value(at: "spec", "taints")?.elements ?? [] where taint.text(at: "effect") != "PreferNoSchedule" {
            let key = taint.text(at: "key") ?? ""
            let tolerated = tolerations.contains { $0.text(at: "key") == nil || $0.text(at: "key") == key }
            if !tolerated { return "node(s) had untolerated taint {\(key): \(taint.text(at: "value") ?? "")}" }
        }
        return nil
    }

    /// - Returns: the resource of which there is too little, and whether the node would do if it were empty.
    private func shortage(of node: JSONValue, name: String, for spec: PodSpec, among pods: [PodSpec]) -> (ResourceName?, Bool) {
        for (resource, count) in spec.extendedResources.sorted(by: { $0.key < $1.key }) {
            let capacity = node.value(at: "status", "allocatable")?[resource.text]?.text.flatMap { Int($0) } ?? 0
            let used = pods.filter { $0.node?.text == name && !$0.hasEnded }.compactMap { $0.extendedResources[resource] }.reduce(
                0, +)
            if capacity - used < count { return (resource, capacity >= count) }
        }
        return (nil, true)
    }

    private func bind(_ spec: PodSpec, to node: String) async {
        let time = cluster.stamp
        // A pod that was deleted meanwhile is not bound.
        let bound = try? await cluster.store.change(
            .pods, namespace: spec.namespace, name: spec.name, options: WriteOptions(fieldManager: "kube-scheduler")
        ) { object throws(StoreRefusal) in
            guard object.text(at: "metadata", "uid") == spec.uid, (object.text(at: "spec", "nodeName") ?? "").isEmpty else {
                return
            }
            object.set("spec", "nodeName", to: .string(node))
            object.set(
                "status", "conditions",
                to: [["type": "PodScheduled", "status": "True", "lastProbeTime": nil, "lastTransitionTime": .string(time)]])
        }
        guard let bound else { return }
        await cluster.events.scheduler(
            .normal, "Scheduled", "Successfully assigned \(spec.reference) to \(node)", action: "Binding", about: bound)
    }

    private func markUnschedulable(_ spec: PodSpec, _ message: String) async {
        let time = cluster.stamp
        _ = try? await cluster.store.change(
            .pods, namespace: spec.namespace, name: spec.name, subresource: "status",
            options: WriteOptions(fieldManager: "kube-scheduler")
        ) { object throws(StoreRefusal) in
            object.set(
                "status", "conditions",
                to: [
                    [
                        "type": "PodScheduled", "status": "False", "lastProbeTime": nil, "lastTransitionTime": .string(time),
                        "reason": "Unschedulable", "message": .string(message),
                    ]
                ])
        }
    }
}
