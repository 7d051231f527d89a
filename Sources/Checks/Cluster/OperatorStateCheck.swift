package import Facts
package import Verdicts

/// What the SR-IOV operator says of a node: not settled, settled with an error, or another picture than the node's own.
package struct OperatorStateCheck: Check {
    package static let id: CheckID = "node.operator"
    package static let title = "the SR-IOV operator has settled the node, and sees what the node shows"
    package static let moment = Moment.baseline
    package static let blockedBy: [CheckID] = ["pf.present", "vf.count"]

    let target: NodeTarget
    let request: OperatorStateRequest
    package init(target: NodeTarget, request: OperatorStateRequest) {
        self.target = target
        self.request = request
    }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { [target.subject, .cluster] }
    package var location: String? { target.location }

    package func needs(known facts: FactBook) -> [Need] {
        [Need(request, at: .baseline), Need(target.physicalFunction, at: .baseline), Need(target.vfDevices, at: .baseline)]
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let subject = "\(target.node) \(target.pf)"
        let next = "kubectl get sriovnetworknodestates -n \(request.namespace) \(target.node) -o yaml"
        let state: OperatorNodeState
        switch try facts.read(request, .baseline) {
        case .present(let found): state = found
        case .absent(let hint) where hint.contains("page not found"):
            return Judgement(
                .fail, code: "OperatorStateMissing",
                sentence:
                    "\(target.node): the cluster serves no SriovNetworkNodeState at all, so the SR-IOV operator is not installed in it",
                expected: "a SriovNetworkNodeState", seen: "no such kind",
                next: "kubectl api-resources --api-group sriovnetwork.openshift.io")
        case .absent(let hint):
            return Judgement(
                .fail, code: "OperatorStateMissing",
                sentence:
                    "\(target.node): the operator's namespace \(request.namespace) has no SriovNetworkNodeState of it (\(hint))",
                expected: "a SriovNetworkNodeState", seen: "none", next: "kubectl get sriovnetworknodestates -A")
        }
        if let unsettled = unsettled(state, next: next) { return unsettled }
        guard let function = state.function(target.pf) else {
            return Judgement(
                .fail, code: "OperatorDisagrees",
                sentence: "\(subject): the operator's state lists no such PF; it has "
                    + state.functions.map(\.name.printed).joined(separator: ", "),
                expected: target.pf.printed, seen: "not listed", next: next)
        }
        let differences = differences(function, facts)
        guard differences.isEmpty else {
            return Judgement(
                .fail, code: "OperatorDisagrees",
                sentence: "\(subject): the operator's state and the node disagree, and the node decides: "
                    + differences.joined(separator: "; "), expected: "the same", seen: differences.joined(separator: "; "),
                next: next, mayChange: true)
        }
        return Judgement(
            .pass, code: "OperatorAgrees", sentence: "\(subject): settled, \(function.numVFs) VFs" + compared(facts),
            expected: "settled", seen: state.syncStatus)
    }

    private func unsettled(_ state: OperatorNodeState, next: String) -> Judgement? {
        switch state.syncStatus {
        case "Succeeded": return nil
        case "Failed":
            let error = state.lastSyncError ?? "it gives no reason"
            return Judgement(
                .fail, code: "OperatorSyncFailed", sentence: "\(target.node): the operator could not set it up: \(error)",
                expected: "Succeeded", seen: "Failed", next: next)
        case "InProgress":
            return Judgement(
                .inconclusive, code: "OperatorBusy", sentence: "\(target.node): the operator is still setting it up (InProgress)",
                expected: "Succeeded", seen: "InProgress", next: next, mayChange: true)
        case let other:
            return Judgement(
                .inconclusive, code: "OperatorSilent",
                sentence:
                    "\(target.node): the operator's state is \(other.map { "'\($0)'" } ?? "not told yet"), expected Succeeded",
                expected: "Succeeded", seen: other, next: next, mayChange: true)
        }
    }

    /// What differs from the node's own answers; nothing where those could not be had.
    private func differences(_ function: OperatorNodeState.Function, _ facts: FactBook) -> [String] {
        var differences: [String] = []
        if let pf = facts.answer(target.physicalFunction, at: .baseline)?.found {
            if let count = pf.numVFs, count != function.numVFs {
                differences.append("it has \(count) VFs, the operator says \(function.numVFs)")
            }
            if let here = pf.pciAddress, let there = function.pciAddress, here != there {
                differences.append("it is \(here), the operator says \(there)")
            }
        }
        for device in facts.answer(target.vfDevices, at: .baseline) ?? [] {
            guard let there = function.vfs.first(where: { $0.index == device.index })?.pciAddress, there != device.pciAddress
            else {
                continue
            }
            differences.append("VF \(device.index) is \(device.pciAddress), the operator says \(there)")
        }
        return differences
    }

    private func compared(_ facts: FactBook) -> String {
        facts.answer(target.vfDevices, at: .baseline) == nil ? "; the node itself could not be asked" : ", as the node has"
    }
}
