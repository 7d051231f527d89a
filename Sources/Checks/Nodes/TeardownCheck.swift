package import Facts
package import Verdicts

/// Faults 65 to 68: after the pod is gone its VF is not back on the host, or not as it was.
package struct TeardownCheck: Check {
    package static let id: CheckID = "teardown.clean"
    package static let title = "the pod's VF is given back as it was"
    package static let moment = Moment.afterTeardown
    package static let blockedBy: [CheckID] = ["pod.deploy", "pod.netstatus", "pod.vf", "pf.present", "vf.count"]

    let target: PodTarget
    package init(target: PodTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { target.related }
    package var location: String? { target.location }

    package func needs(known facts: FactBook) -> [Need] {
        guard let node = target.nodeTarget(facts) else { return [] }
        return [
            Need(node.vfTable, at: .baseline), Need(node.vfDevices, at: .baseline), Need(node.vfTable, at: .afterTeardown),
            Need(node.vfDevices, at: .afterTeardown),
        ]
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let identity = try PodVF.resolve(target, facts)
        let subject = "\(identity.node) \(identity.pf): VF \(identity.index), given to \(target.pod.name),"
        let table = VFTableRequest(node: identity.node, pf: identity.pf)
        let devices = VFDevicesRequest(node: identity.node, pf: identity.pf)
        let before = try facts.read(devices, .baseline).first { $0.index == identity.index }
        let after = try facts.read(devices, .afterTeardown).first { $0.index == identity.index }
        let next =
            "ssh \(identity.node) ls /sys/class/net/\(identity.pf)/device/virtfn\(identity.index)/net; ssh \(identity.node) ip link show \(identity.pf)"
        guard let after else {
            return Judgement(
                .fail, code: "VFGone", sentence: "\(subject) is no longer there", expected: "as before", seen: "no such VF",
                next: next)
        }
        if let before, !before.netdevs.isEmpty, after.netdevs.isEmpty {
            return Judgement(
                .fail, code: "VFNotReturned", sentence: "\(subject) has no netdev on the host after the pod was deleted",
                expected: before.netdevs.map(\.printed).joined(separator: ", "), seen: "none", next: next, mayChange: true)
        }
        let oldTable = try facts.read(table, .baseline)
        let newTable = try facts.read(table, .afterTeardown)
        guard let old = oldTable.rows.first(where: { $0.index == identity.index }),
            let new = newTable.rows.first(where: { $0.index == identity.index })
        else {
            return Judgement(
                .inconclusive, code: "VFLineMissing",
                sentence: "\(subject) is not in the PF's list before or after, so it cannot be compared")
        }
        let differences = Self.differences(from: old, to: new, comparingMAC: target.network.setsMAC)
        guard differences.isEmpty else {
            return Judgement(
                .fail, code: "VFNotReset", sentence: "\(subject) came back changed: \(differences.joined(separator: ", "))",
                expected: "as before", seen: differences.joined(separator: ", "), next: next, mayChange: true)
        }
        return Judgement(
            .pass, code: "VFReturned",
            sentence:
                "\(subject) is back as \(after.netdevs.first?.printed ?? "it was") with \(new.vlan.map { "VLAN \($0)" } ?? "no VLAN")",
            seen: "as before")
    }

    /// What differs, as `vlan 201 instead of none`.
    static func differences(from old: VirtualFunction, to new: VirtualFunction, comparingMAC: Bool) -> [String] {
        var fields: [(String, String?, String?)] = [
            ("vlan", old.vlan?.description, new.vlan?.description),
            ("qos", old.qos.map(String.init), new.qos.map(String.init)),
            ("vlan protocol", old.vlanProtocol, new.vlanProtocol),
            ("spoof checking", old.spoofCheck.map { $0 ? "on" : "off" }, new.spoofCheck.map { $0 ? "on" : "off" }),
            ("trust", old.trust.map { $0 ? "on" : "off" }, new.trust.map { $0 ? "on" : "off" }),
            ("link-state", old.linkState, new.linkState),
            ("min_tx_rate", old.minTxRate.map(String.init), new.minTxRate.map(String.init)),
            ("max_tx_rate", old.maxTxRate.map(String.init), new.maxTxRate.map(String.init)),
        ]
        if comparingMAC { fields.append(("mac", old.mac?.description, new.mac?.description)) }
        return fields.filter { $0.1 != $0.2 }.map { "\($0.0) \($0.2 ?? "none") instead of \($0.1 ?? "none")" }
    }
}
