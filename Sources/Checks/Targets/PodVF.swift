package import Facts
internal import Verdicts

/// Which VF a pod has, and who said so.
package struct PodVF: Hashable, Sendable {
    /// Who named the PCI function, best first.
    package enum Witness: String, Hashable, Sendable, CaseIterable {
        case networkStatus = "network-status"
        case podSysfs = "the pod's sysfs"
        case podStatus = "the pod's status"
        case claim = "its ResourceClaim"
        case kubeletCheckpoint = "the kubelet's checkpoint"
        case environment = "the container's environment"
        /// Weak: several VFs may show one MAC, and some drivers show none.
        case mac = "its MAC"
    }

    package let node: NodeName
    package let pf: InterfaceName
    package let index: Int
    /// Nil only where the VF was found by MAC.
    package let pciAddress: PCIAddress?
    package let witness: Witness

    /// What the witnesses that were asked say, best first; unlike `resolve` this needs no node.
    static func claims(_ target: PodTarget, _ facts: FactBook) -> [(Witness, PCIAddress)] {
        var claims: [(Witness, PCIAddress)] = []
        if let address = target.networkStatus(facts)?.pciAddress { claims.append((.networkStatus, address)) }
        if let address = facts.answer(target.deviceLink, at: .plumbed)?.found { claims.append((.podSysfs, address)) }
        guard let resource = target.network.resource else { return claims + claimed(target, facts, beside: claims) }
        // With one device of this resource it is this attachment's; with several only the first two witnesses can tell.
        let sole = { (ids: [PCIAddress]) -> PCIAddress? in ids.count == 1 ? ids[0] : nil }
        let status = target.podState(facts)?.containers.flatMap { $0.allocatedDevices[resource] ?? [] } ?? []
        if let address = sole(status.compactMap { PCIAddress($0) }) { claims.append((.podStatus, address)) }
        if let node = target.nodeTarget(facts), let uid = target.podState(facts)?.uid,
            let allocations = facts.answer(DeviceAllocationsRequest(node: node.node), at: .plumbed)
        {
            let mine = allocations.filter { $0.podUID == uid && $0.resource == resource }.flatMap(\.deviceIDs)
            if let address = sole(mine.compactMap { PCIAddress($0) }) { claims.append((.kubeletCheckpoint, address)) }
        }
        if let environment = facts.answer(target.environment(resource), at: .plumbed)?.found, let address = sole(environment) {
            claims.append((.environment, address))
        }
        return claims + claimed(target, facts, beside: claims)
    }

    /// Beside other witnesses a ResourceClaim has a check of its own.
    private static func claimed(
        _ target: PodTarget, _ facts: FactBook, beside others: [(Witness, PCIAddress)]
    ) -> [(Witness, PCIAddress)] {
        guard others.isEmpty, let address = DeviceClaimWitness.device(of: target, facts)?.pciAddress else { return [] }
        return [(.claim, address)]
    }

    /// The questions that lead to the VF, in the order of trust; the later ones only when the earlier gave nothing.
    static func needs(_ target: PodTarget, _ facts: FactBook) -> [Need] {
        var needs = [Need(target.state, at: .plumbed)]
        guard facts.contains(needs[0]), let node = target.nodeTarget(facts) else { return needs }
        needs.append(Need(node.vfDevices, at: .plumbed))
        needs.append(Need(node.vfTable, at: .plumbed))
        // The operator's word is asked for where the node gives none.
        if let state = node.operatorState, needs.contains(where: { facts.contains($0) && facts.hasFailed($0) }) {
            needs.append(Need(state, at: .plumbed))
        }
        guard target.isRunning(facts) else { return needs }
        needs += DeviceClaimWitness.needs(target, facts)
        let link = Need(target.deviceLink, at: .plumbed)
        needs.append(link)
        guard facts.contains(link), claims(target, facts).isEmpty, let resource = target.network.resource else { return needs }
        let checkpoint = Need(DeviceAllocationsRequest(node: node.node), at: .plumbed)
        needs.append(checkpoint)
        guard facts.contains(checkpoint), claims(target, facts).isEmpty else { return needs }
        needs.append(Need(target.environment(resource), at: .plumbed))
        return needs
    }

    /// The pod's VF.
    /// - Throws: `inconclusive` when nobody could name it, `fail` when the function that was named is no VF of the PF.
    static func resolve(_ target: PodTarget, _ facts: FactBook) throws(Judgement) -> PodVF {
        let state = try facts.read(target.state, .plumbed)
        guard let pod = state.found else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked, sentence: "\(target.pod.name): there is no such pod to look at")
        }
        guard let node = target.nodeTarget(facts) else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked,
                sentence: "\(target.pod.name): it is on no node of this scenario (\(pod.node?.text ?? "not scheduled"))")
        }
        let devices = try devices(node, facts)
        let claims = claims(target, facts)
        if let (witness, address) = claims.first {
            guard let device = devices.first(where: { $0.pciAddress == address }) else {
                throw Judgement(
                    .fail, code: "VFOfOtherPF",
                    sentence:
                        "\(target.pod.name): \(witness.rawValue) names \(address), which is no VF of \(node.node) \(node.pf)",
                    expected: "a VF of \(node.pf)", seen: address.description,
                    next: "ssh \(node.node) readlink /sys/bus/pci/devices/\(address)/physfn")
            }
            return PodVF(node: node.node, pf: node.pf, index: device.index, pciAddress: address, witness: witness)
        }
        if let mac = target.podMAC(facts), !mac.isZero, let table = facts.answer(node.vfTable, at: .plumbed) {
            let rows = table.rows.filter { $0.mac == mac }
            if rows.count == 1 {
                return PodVF(
                    node: node.node, pf: node.pf, index: rows[0].index,
                    pciAddress: devices.first { $0.index == rows[0].index }?.pciAddress, witness: .mac)
            }
        }
        throw Judgement(
            .inconclusive, code: target.isRunning(facts) ? "VFUnknown" : Judgement.notAsked,
            sentence:
                "\(target.pod.name): nobody names its VF: network-status has no PCI address, and neither the pod's sysfs, its "
                + "status, the kubelet's checkpoint nor its environment could be read for one",
            next: "kubectl get pod -n \(target.pod.namespace) \(target.pod.name) -o yaml")
    }
}

extension PodVF {
    /// The PF's VFs as the node shows them, else as the SR-IOV operator does.
    private static func devices(_ node: NodeTarget, _ facts: FactBook) throws(Judgement) -> [VFDevice] {
        do throws(Judgement) {
            return try facts.read(node.vfDevices, .plumbed)
        } catch {
            guard let function = node.operatorFunction(facts, at: .plumbed) else { throw error }
            return function.vfs.compactMap { vf in vf.pciAddress.map { VFDevice(index: vf.index, pciAddress: $0) } }
        }
    }
}

extension PodTarget {
    func environment(_ resource: ResourceName) -> PodEnvironmentRequest {
        PodEnvironmentRequest(pod: pod, container: container, resource: resource)
    }
}
