package import Facts
package import Verdicts

/// Faults 3 to 6: VFs not created, not persisted over a reboot, or of another number.
package struct VFCountCheck: Check {
    package static let id: CheckID = "vf.count"
    package static let title = "the PF has as many VFs as expected"
    package static let moment = Moment.baseline
    package static let blockedBy: [CheckID] = ["pf.present"]

    let target: NodeTarget
    package init(target: NodeTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { [target.subject] }
    package var location: String? { target.location }

    package func needs(known facts: FactBook) -> [Need] {
        kernel.needs([Need(target.physicalFunction, at: .baseline), Need(target.vfTable, at: .baseline)]) {
            () throws(Judgement) in try count(facts)
        }
    }

    private var kernel: KernelWitness {
        KernelWitness(
            target: target, moment: .baseline,
            faults: [.mmioTooSmall, .busRangeTooSmall, .vfEnableFailed, .iommuFault, .iommuRefused])
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement { kernel.heard(try count(facts), facts) }

    private func count(_ facts: FactBook) throws(Judgement) -> Judgement {
        let subject = "\(target.node) \(target.pf)"
        guard let pf = try facts.read(target.physicalFunction, .baseline).found else {
            throw Judgement(.inconclusive, code: Judgement.notAsked, sentence: "\(subject): there is no PF to count VFs on")
        }
        guard let count = pf.numVFs else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked,
                sentence: "\(subject): sriov_numvfs is not there, so VFs cannot be counted")
        }
        let expected = target.vfCount.map { "\($0) VFs" } ?? "at least 1 VF"
        let next = "ssh \(target.node) cat /sys/class/net/\(target.pf)/device/sriov_numvfs"
        if count == 0, target.vfCount != 0 {
            return Judgement(
                .fail, code: "VFsNotCreated",
                sentence:
                    "\(subject): 0 VFs, expected \(expected); sriov_numvfs is 0 while up to \(pf.totalVFs ?? 0) are possible: they "
                    + "were never made, or not made again after a reboot",
                expected: expected, seen: "0 VFs",
                next:
                    "echo \(target.vfCount ?? 1) > /sys/class/net/\(target.pf)/device/sriov_numvfs on \(target.node), and make it last "
                    + "(udev rule or unit); then restart its device plugin pod")
        }
        if let wanted = target.vfCount, count != wanted {
            return Judgement(
                .fail, code: "VFCountMismatch", sentence: "\(subject): \(count) VFs, expected \(wanted)", expected: expected,
                seen: "\(count) VFs", next: next)
        }
        var notes: [Note] = []
        if let table = facts.answer(target.vfTable, at: .baseline), table.canShowAbsence, table.rows.count != count {
            notes.append(
                Note(
                    code: "vf-list-truncated",
                    sentence:
                        "\(subject): sriov_numvfs is \(count), the PF lists \(table.rows.count) VFs; old kernels cut the list"))
        }
        return Judgement(
            .pass, code: "VFCountRight", sentence: "\(subject): \(count) VFs", expected: expected, seen: "\(count) VFs",
            notes: notes)
    }
}
