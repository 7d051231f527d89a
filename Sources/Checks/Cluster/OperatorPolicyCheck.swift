package import Facts
package import Verdicts

/// What the SR-IOV operator is told to make of a PF, held against what the node has.
package struct OperatorPolicyCheck: Check {
    package static let id: CheckID = "node.policy"
    package static let title = "the SR-IOV operator's policies ask for what the node has"
    package static let moment = Moment.baseline
    package static let blockedBy: [CheckID] = ["pf.present", "vf.count", "node.operator"]

    let target: NodeTarget
    let request: OperatorPoliciesRequest
    package init(target: NodeTarget, request: OperatorPoliciesRequest) {
        self.target = target
        self.request = request
    }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { [target.subject, .cluster] }
    package var location: String? { target.location }

    private var node: ClusterNodeRequest { ClusterNodeRequest(node: target.node) }
    private var name: String { "\(target.node) \(target.pf)" }
    private var next: String { "kubectl get sriovnetworknodepolicies -n \(request.namespace) -o yaml" }

    package func needs(known facts: FactBook) -> [Need] {
        [
            Need(request, at: .baseline), Need(node, at: .baseline), Need(target.physicalFunction, at: .baseline),
            Need(target.vfDevices, at: .baseline),
        ]
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let policies: [OperatorPolicy]
        switch try facts.read(request, .baseline) {
        case .present(let found): policies = found
        case .absent(let hint):
            return Judgement(
                .fail, code: "PolicyMissing", sentence: "\(name): the cluster knows no SriovNetworkNodePolicies (\(hint))",
                expected: "a policy", seen: "none", next: "kubectl api-resources --api-group sriovnetwork.openshift.io")
        }
        guard let labels = try facts.read(node, .baseline).found?.labels,
            let function = try facts.read(target.physicalFunction, .baseline).found
        else {
            return Judgement(
                .inconclusive, code: Judgement.notAsked, sentence: "\(name): the node or the PF is not there to be selected")
        }
        let here = policies.filter { $0.name != "default" && PolicyOutcome.selects($0, labels: labels) }
        if let unclear = here.first(where: { PolicyOutcome.selects($0.nics, function) == nil }) {
            return Judgement(
                .inconclusive, code: "PolicyUnclear",
                sentence: "\(name): whether policy \(unclear.name) selects it cannot be told from what the node shows", next: next
            )
        }
        guard let outcome = PolicyOutcome.of(policies, labels: labels, function) else {
            return missing(policies, labels: labels)
        }
        return wrong(outcome, function, facts) ?? right(outcome)
    }

    private func missing(_ policies: [OperatorPolicy], labels: [String: String]) -> Judgement {
        let reasons = policies.filter { $0.name != "default" }.sorted { $0.name < $1.name }.map { policy in
            let lacking = policy.nodeSelector.filter { labels[$0.key] != $0.value }.map { "\($0.key)=\($0.value)" }.sorted()
            if !lacking.isEmpty { return "\(policy.name) wants a node with \(lacking.joined(separator: ", "))" }
            return policy.numVFs == 0 ? "\(policy.name) asks for 0 VFs" : "\(policy.name) means other cards"
        }
        let seen = reasons.isEmpty ? "there is none" : reasons.joined(separator: "; ")
        return Judgement(
            .fail, code: "PolicyMissing", sentence: "\(name): no policy in \(request.namespace) selects it: \(seen)",
            expected: "a policy", seen: seen, next: next)
    }

    private func wrong(_ outcome: PolicyOutcome, _ function: PhysicalFunction, _ facts: FactBook) -> Judgement? {
        let policy = "policy \(outcome.last.name) (priority \(outcome.last.priority))"
        if let count = function.numVFs, outcome.isExternallyManaged ? count < outcome.numVFs : count != outcome.numVFs {
            let least = outcome.isExternallyManaged ? "at least " : ""
            return Judgement(
                .fail, code: "PolicyNotApplied",
                sentence: "\(name): \(policy) asks for \(least)\(outcome.numVFs) VFs, the node has \(count), "
                    + "and the node decides",
                expected: "\(outcome.numVFs)", seen: "\(count)", next: next, mayChange: true)
        }
        let given = outcome.groups.map(\.resource)
        let unasked = target.resources.filter { resource in
            !given.contains(String(resource.text.split(separator: "/").last ?? ""))
        }
        if let resource = unasked.first {
            return Judgement(
                .fail, code: "PolicyOtherResource",
                sentence: "\(name): \(policy) gives its VFs to \(given.joined(separator: ", ")), expected \(resource)",
                expected: resource.text, seen: given.joined(separator: ", "), next: next)
        }
        for device in facts.answer(target.vfDevices, at: .baseline) ?? [] {
            guard let driver = device.driver, let group = outcome.groups.first(where: { $0.vfs.contains(device.index) }),
                !Self.fits(driver, group.deviceType)
            else { continue }
            return Judgement(
                .fail, code: "PolicyOtherDriver",
                sentence: "\(name): policy \(group.policy) asks for deviceType \(group.deviceType), "
                    + "VF \(device.index) has driver \(driver), and the node decides",
                expected: group.deviceType, seen: driver, next: next, mayChange: true)
        }
        return nil
    }

    /// `netdevice` is any driver but those that hand a card to a program.
    ///
    /// - Source: sriov-network-operator, `NeedToUpdateSriov` in `api/v1/helper.go`.
    private static func fits(_ driver: String, _ deviceType: String) -> Bool {
        deviceType == "netdevice"
            ? !["vfio-pci", "uio_pci_generic", "igb_uio"].contains(driver) : driver == deviceType
    }

    private func right(_ outcome: PolicyOutcome) -> Judgement {
        let names = outcome.groups.map(\.policy).joined(separator: ", ")
        let notes = outcome.overridden.map { policy in
            Note(
                code: "policy-overridden",
                sentence: "\(name): policy \(policy.name) (priority \(policy.priority)) comes to nothing: "
                    + "\(outcome.last.name) (priority \(outcome.last.priority)) stands over it")
        }
        return Judgement(
            .pass, code: "PolicyApplied",
            sentence: "\(name): \(names) asks for \(outcome.numVFs) VFs as "
                + outcome.groups.map(\.resource).joined(separator: ", ") + ", as the node has",
            expected: "\(outcome.numVFs)", seen: "\(outcome.numVFs)", notes: notes)
    }
}
