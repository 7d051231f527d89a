package import Facts
package import Verdicts

/// Faults 2 and 9: no SR-IOV in firmware, PF missing, down or without carrier.
package struct PFPresentCheck: Check {
    package static let id: CheckID = "pf.present"
    package static let title = "the PF is there, up, with carrier, and offers VFs"
    package static let moment = Moment.baseline
    package static let blockedBy: [CheckID] = []

    let target: NodeTarget
    package init(target: NodeTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { [target.subject] }
    package var location: String? { target.location }

    private var hardware: NetworkHardwareRequest { NetworkHardwareRequest(node: target.node) }

    package func needs(known facts: FactBook) -> [Need] {
        kernel.needs([Need(target.physicalFunction, at: .baseline), Need(hardware, at: .baseline)]) { () throws(Judgement) in
            try look(facts)
        }
    }

    private var kernel: KernelWitness {
        KernelWitness(target: target, moment: .baseline, faults: [.linkDown, .transmitTimeout])
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement { kernel.heard(try look(facts), facts) }

    private func look(_ facts: FactBook) throws(Judgement) -> Judgement {
        let subject = "\(target.node) \(target.pf)"
        switch try facts.read(target.physicalFunction, .baseline) {
        case .absent(let hint):
            return Judgement(
                .fail, code: "PFMissing", sentence: "\(subject): the node has no such interface (\(hint))",
                expected: target.pf.printed, seen: "none", next: "ssh \(target.node) ip link show")
        case .present(let pf): return judge(pf, subject: subject, notes: witnessNotes(pf, facts))
        }
    }

    private func judge(_ pf: PhysicalFunction, subject: String, notes: [Note]) -> Judgement {
        guard let total = pf.totalVFs, total > 0 else {
            return Judgement(
                .fail, code: "SRIOVUnavailable",
                sentence:
                    "\(subject): no SR-IOV capability is offered (sriov_totalvfs is \(pf.totalVFs.map(String.init) ?? "not there"))",
                expected: "sriov_totalvfs above 0", seen: pf.totalVFs.map(String.init) ?? "none",
                next: "switch SR-IOV on in the BIOS and in the NIC's firmware", notes: notes)
        }
        guard pf.operState != "down" else {
            return Judgement(
                .fail, code: "PFDown", sentence: "\(subject): operstate is down, expected up with carrier", expected: "up",
                seen: "down", next: "ssh \(target.node) ip link show \(target.pf); check the cable and the switch port",
                notes: notes)
        }
        guard let carrier = pf.carrier else {
            return Judgement(
                .inconclusive, code: "CarrierUnknown",
                sentence: "\(subject): carrier could not be read, operstate is \(pf.operState ?? "not there")", notes: notes)
        }
        guard carrier else {
            return Judgement(
                .fail, code: "PFNoCarrier", sentence: "\(subject): no carrier, expected a link to the switch",
                expected: "carrier 1",
                seen: "carrier 0", next: "check the cable and the switch port", notes: notes)
        }
        return Judgement(
            .pass, code: "PFPresent",
            sentence: "\(subject): up with carrier, up to \(total) VFs\(pf.pciAddress.map { ", at \($0)" } ?? "")",
            seen: "up, carrier 1", notes: notes)
    }

    /// lshw lists the same hardware by another way; a disagreement is worth a note, its absence is not.
    private func witnessNotes(_ pf: PhysicalFunction, _ facts: FactBook) -> [Note] {
        guard let address = pf.pciAddress, let rows = facts.answer(hardware, at: .baseline)?.rows,
            let row = rows.first(where: { $0.address == address }), let name = row["Device"], !name.isEmpty,
            name != target.pf.printed
        else { return [] }
        return [
            Note(
                code: "lshw-disagrees",
                sentence: "\(target.node): lshw calls the device at \(address) \(name), sysfs calls it \(target.pf)")
        ]
    }
}
