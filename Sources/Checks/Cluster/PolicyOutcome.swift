internal import Facts

/// What the SR-IOV operator makes of its policies for one PF.
///
/// Policies are applied one after the other, the number of their priority falling, names rising; each stands over those
/// before it, but for VFs that it leaves alone (`eno2#0-3`) and that another resource has.
///
/// - Source: sriov-network-operator, `api/v1/helper.go` (`ByPriority`, `Selected`, `Apply`, `mergeConfigs`) and
///   `controllers/sriovnetworknodepolicy_controller.go`.
struct PolicyOutcome: Hashable {
    /// VFs of one resource.
    struct Group: Hashable {
        let policy: String
        let resource: String
        let vfs: ClosedRange<Int>
        let deviceType: String
    }

    /// Newest first; never empty.
    let groups: [Group]
    let numVFs: Int
    let isExternallyManaged: Bool
    /// Policies that select the PF and of which nothing is left, in the order of application.
    let overridden: [OperatorPolicy]
    /// The policy that was applied last.
    let last: OperatorPolicy

    /// - Parameter labels: of the node.
    /// - Returns: nil when no policy with VFs selects the PF.
    static func of(_ policies: [OperatorPolicy], labels: [String: String], _ function: PhysicalFunction) -> PolicyOutcome? {
        var outcome: PolicyOutcome?
        var priority: Int?
        var applied: [OperatorPolicy] = []
        for policy in policies.sorted(by: { ($1.priority, $0.name) < ($0.priority, $1.name) })
        where selects(policy, labels: labels) && policy.name != "default" {
            let isEqual = policy.priority == priority
            priority = policy.priority
            guard selects(policy.nics, function) == true, policy.numVFs > 0 else { continue }
            outcome = apply(policy, over: outcome, isEqual: isEqual, to: function)
            applied.append(policy)
        }
        return outcome.map { outcome in
            PolicyOutcome(
                groups: outcome.groups, numVFs: outcome.numVFs, isExternallyManaged: outcome.isExternallyManaged,
                overridden: applied.filter { policy in !outcome.groups.contains { $0.policy == policy.name } },
                last: outcome.last)
        }
    }

    private static func apply(
        _ policy: OperatorPolicy, over former: PolicyOutcome?, isEqual: Bool, to function: PhysicalFunction
    ) -> PolicyOutcome {
        let part = policy.nics.pfNames.first { InterfaceName($0.function) == function.interface }
        let group = Group(
            policy: policy.name, resource: policy.resource, vfs: part?.vfs ?? 0...(policy.numVFs - 1),
            deviceType: policy.deviceType)
        let kept = (former?.groups ?? []).filter { $0.resource != group.resource && !$0.vfs.overlaps(group.vfs) }
        let numVFs = isEqual || !kept.isEmpty ? max(policy.numVFs, former?.numVFs ?? 0) : policy.numVFs
        return PolicyOutcome(
            groups: [group] + kept, numVFs: numVFs, isExternallyManaged: policy.isExternallyManaged, overridden: [],
            last: policy)
    }

    static func selects(_ policy: OperatorPolicy, labels: [String: String]) -> Bool {
        policy.nodeSelector.allSatisfy { labels[$0.key] == $0.value }
    }

    /// - Returns: nil where the node does not say what the selector asks.
    static func selects(_ selector: OperatorPolicy.NICSelector, _ function: PhysicalFunction) -> Bool? {
        if selector.isEmpty { return false }
        if !selector.pfNames.isEmpty, !selector.pfNames.contains(where: { InterfaceName($0.function) == function.interface }) {
            return false
        }
        var isKnown = selector.netFilter == nil
        for (wanted, seen) in [(selector.vendor, function.vendor), (selector.device, function.device)] {
            guard let wanted else { continue }
            guard let seen else {
                isKnown = false
                continue
            }
            if wanted != seen { return false }
        }
        if !selector.rootDevices.isEmpty {
            guard let address = function.pciAddress else { return nil }
            if !selector.rootDevices.contains(address.description) { return false }
        }
        return isKnown ? true : nil
    }
}
