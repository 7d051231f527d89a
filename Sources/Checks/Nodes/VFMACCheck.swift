package import Facts
package import Verdicts

/// Fault 51: the MAC on the PF's VF line is another than the pod's own, so that frames may be dropped as spoofed.
package struct VFMACCheck: Check {
    package static let id: CheckID = "vf.mac"
    package static let title = "the PF and the pod show the same MAC for the VF"
    package static let moment = Moment.plumbed
    package static let blockedBy: [CheckID] = ["pod.deploy", "pod.netstatus", "pod.net1", "pod.vf"]

    let target: PodTarget
    package init(target: PodTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { target.related }
    package var location: String? { target.location }

    package func needs(known facts: FactBook) -> [Need] {
        PodVF.needs(target, facts) + (target.isRunning(facts) ? [Need(target.addresses, at: .plumbed)] : [])
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let (identity, row) = try target.vfRow(facts)
        let subject = "\(identity.node) \(identity.pf): VF \(identity.index) of \(target.pod.name)"
        _ = try facts.read(target.addresses, .plumbed)
        guard let podMAC = target.podMAC(facts) else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked, sentence: "\(subject): the pod shows no MAC on \(target.interface)")
        }
        guard let mac = row.mac else {
            return Judgement(.inconclusive, code: "MACNotShown", sentence: "\(subject): the PF's line shows no Ethernet MAC")
        }
        if mac.isZero {
            return Judgement(
                .pass, code: "MACNotSet", sentence: "\(subject): the PF shows no MAC of its own for it, the pod has \(podMAC)",
                expected: podMAC.description, seen: mac.description,
                notes: [
                    Note(
                        code: "admin-mac-unset",
                        sentence:
                            "\(subject): the driver shows 00:00:00:00:00:00 until an administrative MAC is set (mlx5, i40e) or the VF's "
                            + "interface has been opened and has its link (igb), so the PF is no witness of this MAC yet")
                ])
        }
        guard mac == podMAC else {
            return Judgement(
                .fail, code: "MACMismatch", sentence: "\(subject) has \(mac) on the PF, the pod has \(podMAC)",
                expected: podMAC.description, seen: mac.description,
                next: "ssh \(identity.node) ip link show \(identity.pf); with spoof checking on the pod's frames are dropped")
        }
        return Judgement(
            .pass, code: "MACRight", sentence: "\(subject) has \(mac), as the pod has", expected: podMAC.description,
            seen: mac.description)
    }
}
