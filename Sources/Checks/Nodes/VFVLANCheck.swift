package import Facts
package import Verdicts

/// Faults 49, 50, 52 to 55 and 65: the VF's tag and options on the PF are not what the NAD asks for.
package struct VFVLANCheck: Check {
    package static let id: CheckID = "vf.vlan"
    package static let title = "the PF tags the pod's VF as the network asks"
    package static let moment = Moment.plumbed
    package static let blockedBy: [CheckID] = ["pod.deploy", "pod.netstatus", "pod.net1", "pod.vf", "nad.valid"]

    let target: PodTarget
    package init(target: PodTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { target.related }
    package var location: String? { target.location }

    package func needs(known facts: FactBook) -> [Need] {
        let needs = PodVF.needs(target, facts)
        return kernel(facts)?.needs(needs) { () throws(Judgement) in try look(facts) } ?? needs
    }

    /// The PF's driver says in the kernel's log what it refused; nil where the VF is not known.
    private func kernel(_ facts: FactBook) -> KernelWitness? {
        guard let node = target.nodeTarget(facts) else { return nil }
        do throws(Judgement) {
            return KernelWitness(
                target: node, moment: .plumbed,
                faults: [.vfVLANOverride, .vfMACOverride, .vfRequestRefused, .vfNotTrusted, .maliciousDriver, .spoofedPackets],
                vf: try PodVF.resolve(target, facts).index)
        } catch {
            return nil
        }
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let judgement = try look(facts)
        return kernel(facts)?.heard(judgement, facts) ?? judgement
    }

    private func look(_ facts: FactBook) throws(Judgement) -> Judgement {
        let identity: PodVF
        let row: VirtualFunction
        do throws(Judgement) {
            (identity, row) = try target.vfRow(facts)
        } catch {
            return try byOperator(facts, instead: error)
        }
        let network = target.network
        let subject = "\(identity.node) \(identity.pf): VF \(identity.index) of \(target.pod.name)"
        let next = "ssh \(identity.node) ip link show \(identity.pf)"
        let seen = row.vlan.map { "VLAN \($0)" } ?? "no VLAN"
        let expected = network.vlan.map { "VLAN \($0)" } ?? "no VLAN"
        if row.vlan != network.vlan {
            let code = row.vlan == nil ? "VLANNotApplied" : network.vlan == nil ? "VLANLeftBehind" : "VLANMismatch"
            return Judgement(
                .fail, code: code, sentence: "\(subject) has \(seen), expected \(expected) (NAD \(network.qualifiedName))",
                expected: expected, seen: seen, next: next)
        }
        let asked: [(String, String?, String?)] = [
            ("qos", network.qos.flatMap { $0 == 0 && row.qos == nil ? nil : String($0) }, row.qos.map(String.init)),
            ("VLAN protocol", network.vlanProtocol?.lowercased(), (row.vlanProtocol ?? "802.1Q").lowercased()),
            ("spoof checking", network.spoofCheck.map(Self.word), row.spoofCheck.map(Self.word)),
            ("trust", network.trust.map(Self.word), row.trust.map(Self.word)),
            ("link-state", network.linkState, row.linkState),
            ("max_tx_rate", network.maxTxRate.map(String.init), String(row.maxTxRate ?? 0)),
            ("min_tx_rate", network.minTxRate.map(String.init), String(row.minTxRate ?? 0)),
        ]
        var notes: [Note] = []
        for (name, expected, seen) in asked {
            guard let expected, expected != seen else { continue }
            guard let seen else {
                notes.append(
                    Note(
                        code: "option-not-shown",
                        sentence: "\(subject): the driver does not show \(name), asked for is \(expected)"))
                continue
            }
            return Judgement(
                .fail, code: "VFOptionMismatch",
                sentence: "\(subject) has \(name) \(seen), expected \(expected) (NAD \(network.qualifiedName))",
                expected: "\(name) \(expected)", seen: "\(name) \(seen)", next: next)
        }
        return Judgement(
            .pass, code: "VLANRight", sentence: "\(subject) has \(seen)", expected: expected, seen: seen,
            notes: notes + othersChanged(identity, facts))
    }

    /// Where the node's own table could not be read: the operator's word is enough to agree, and not to accuse.
    private func byOperator(_ facts: FactBook, instead judgement: Judgement) throws(Judgement) -> Judgement {
        guard judgement.verdict == .inconclusive, let node = target.nodeTarget(facts) else { throw judgement }
        let identity = try PodVF.resolve(target, facts)
        guard let vf = node.operatorFunction(facts, at: .plumbed)?.vfs.first(where: { $0.index == identity.index }) else {
            throw judgement
        }
        let subject = "\(identity.node) \(identity.pf): VF \(identity.index) of \(target.pod.name)"
        let seen = vf.vlan.map { "VLAN \($0)" } ?? "no VLAN"
        guard vf.vlan == target.network.vlan else {
            var weaker = judgement
            weaker.sentence += "; the SR-IOV operator last saw \(seen) there"
            throw weaker
        }
        return Judgement(
            .pass, code: "VLANRightByOperator", sentence: "\(subject) has \(seen), as the SR-IOV operator says",
            expected: seen, seen: seen,
            notes: [
                Note(
                    code: "vlan-by-operator",
                    sentence: "\(subject): its VLAN is known by the SR-IOV operator only: \(judgement.sentence)")
            ])
    }

    private static func word(_ flag: Bool) -> String { flag ? "on" : "off" }

    /// VFs that nobody of this run has should look as before.
    private func othersChanged(_ identity: PodVF, _ facts: FactBook) -> [Note] {
        let request = VFTableRequest(node: identity.node, pf: identity.pf)
        guard let before = facts.answer(request, at: .baseline), let now = facts.answer(request, at: .plumbed) else { return [] }
        let changed = now.rows.filter { row in
            guard row.vlan == nil, let old = before.rows.first(where: { $0.index == row.index }) else { return false }
            return old.vlan != row.vlan && row.index != identity.index
        }
        return changed.map {
            Note(
                code: "other-vf-changed",
                sentence: "\(identity.node) \(identity.pf): VF \($0.index), which is not this run's, lost its VLAN during it")
        }
    }
}

extension PodTarget {
    /// The pod's VF and its line on the PF.
    func vfRow(_ facts: FactBook) throws(Judgement) -> (PodVF, VirtualFunction) {
        let identity = try PodVF.resolve(self, facts)
        let table = try facts.read(VFTableRequest(node: identity.node, pf: identity.pf), .plumbed)
        if let row = table.rows.first(where: { $0.index == identity.index }) { return (identity, row) }
        throw Judgement(
            .inconclusive, code: table.canShowAbsence ? "VFLineMissing" : "UnreadLines",
            sentence: "\(identity.node) \(identity.pf): the PF lists no VF \(identity.index) (\(table.rows.count) VFs, "
                + "\(table.unread.count) unread lines); an old kernel cuts the list, busybox ip shows none",
            next: "ssh \(identity.node) ip link show \(identity.pf)")
    }
}
