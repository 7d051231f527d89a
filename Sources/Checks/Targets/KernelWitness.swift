internal import Facts
internal import Verdicts

/// What a node's kernel says of a PF and of the VFs beside it. It is asked only where something is wrong with them, and never decides
/// a verdict: its log may be cut, old, or not to be read.
struct KernelWitness {
    let target: NodeTarget
    let moment: Moment
    /// The faults that bear on the question of the check.
    let faults: Set<KernelMessage.Fault>
    /// The VF that is asked about; lines that name another are not heard. Nil: all.
    var vf: Int?

    private var request: KernelLogRequest { KernelLogRequest(node: target.node) }

    /// A check's own needs, and the log once its own judgement is a failure.
    func needs(_ own: [Need], _ look: () throws(Judgement) -> Judgement) -> [Need] {
        do throws(Judgement) {
            return try look().verdict == .fail ? own + [Need(request, at: moment)] : own
        } catch {
            return own
        }
    }

    /// The judgement of a failed check with the kernel's lines beside it, and with what to do about the first of them where there is
    /// something to do. Anything but a failure stays as it is.
    func heard(_ judgement: Judgement, _ facts: FactBook) -> Judgement {
        guard judgement.verdict == .fail, let observation = facts.latest(request, at: moment) else { return judgement }
        var judgement = judgement
        switch observation.result {
        case .failure(let failure):
            judgement.notes.append(
                Note(
                    code: "kernel-log-unread",
                    sentence:
                        "\(target.node): its kernel log could not be read, so what the kernel says of \(target.pf) is not known: "
                        + "\(failure.sentence); look yourself: ssh \(target.node) sudo dmesg"))
        case .success(let log):
            let told = lines(log, facts)
            judgement.notes += told.map { Note(code: "kernel-log", sentence: sentence($0.last, times: $0.times)) }
            judgement.next = told.lazy.compactMap { Self.advice($0.last.fault) }.first ?? judgement.next
        }
        return judgement
    }

    /// The last line of each kind of fault that is about the PF or a VF of its card, with how many there are of it.
    private func lines(_ log: Reading<KernelMessage>, _ facts: FactBook) -> [(last: KernelMessage, times: Int)] {
        let address = facts.answer(target.physicalFunction, at: .baseline)?.found?.pciAddress
        let vfs = Set((facts.answer(target.vfDevices, at: .baseline) ?? []).map(\.pciAddress))
        let ours = log.rows.filter { message in
            guard faults.contains(message.fault), vf == nil || message.vf == nil || message.vf == vf else { return false }
            if message.interface == target.pf { return true }
            guard let said = message.pciAddress else { return false }
            return said == address || vfs.contains(said) || address.map { said.isBeside($0) } == true
        }
        var found: [(last: KernelMessage, times: Int)] = []
        for message in ours {
            if let index = found.firstIndex(where: { $0.last.fault == message.fault }) {
                found[index] = (message, found[index].times + 1)
            } else {
                found.append((message, 1))
            }
        }
        return found
    }

    private func sentence(_ message: KernelMessage, times: Int) -> String {
        let device = message.pciAddress.map { " of \($0)" } ?? ""
        let time = message.time.map { " at \($0)" } ?? ""
        let often = times > 1 ? ", last of \(times) such lines" : ""
        return "\(target.node) \(target.pf): the kernel says\(device)\(time)\(often): '\(message.text)'"
    }

    /// What to do, for faults that say by themselves what is amiss.
    private static func advice(_ fault: KernelMessage.Fault) -> String? {
        switch fault {
        case .mmioTooSmall:
            "make room for the VFs' registers: switch on 'above 4G decoding' and SR-IOV in the BIOS, or boot with pci=realloc"
        case .busRangeTooSmall: "make room for bus numbers: switch on ARI and SR-IOV in the BIOS, or boot with pci=assign-busses"
        case .pfUnreachable: "set the PF up and load its driver, then bind the VF to its driver again"
        case .iommuRefused:
            "the platform reserves memory of this device (RMRR): use a netdevice driver, or ask its vendor for a BIOS without"
        default: nil
        }
    }
}

extension PCIAddress {
    /// True for functions of another device number on one bus: VFs are there, and the card's other PFs are not.
    fileprivate func isBeside(_ pf: PCIAddress) -> Bool { domain == pf.domain && bus == pf.bus && device != pf.device }
}
