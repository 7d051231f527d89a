package import Facts
package import Verdicts

/// Faults 7 and 8: VFs of another kind, or bound to another driver, than is expected.
package struct VFDriverCheck: Check {
    package static let id: CheckID = "vf.driver"
    package static let title = "every VF is of the expected kind and bound to the expected driver"
    package static let moment = Moment.baseline
    package static let blockedBy: [CheckID] = ["pf.present", "vf.count"]

    let target: NodeTarget
    package init(target: NodeTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { [target.subject] }
    package var location: String? { target.location }

    private var lspci: PCIDevicesRequest { PCIDevicesRequest(node: target.node) }

    package func needs(known facts: FactBook) -> [Need] {
        kernel.needs([Need(target.vfDevices, at: .baseline), Need(lspci, at: .baseline)]) { () throws(Judgement) in
            try look(facts)
        }
    }

    private var kernel: KernelWitness {
        KernelWitness(
            target: target, moment: .baseline, faults: [.pfUnreachable, .vfEnableFailed, .iommuFault, .iommuRefused])
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement { kernel.heard(try look(facts), facts) }

    private func look(_ facts: FactBook) throws(Judgement) -> Judgement {
        let subject = "\(target.node) \(target.pf)"
        let devices = try facts.read(target.vfDevices, .baseline)
        guard !devices.isEmpty else {
            throw Judgement(.inconclusive, code: Judgement.notAsked, sentence: "\(subject): there are no VFs to look at")
        }
        for device in devices {
            let traits = [("vendor", target.vendor, device.vendor), ("device", target.device, device.device)]
            for (name, expected, seen) in traits {
                if let expected, let seen, expected.lowercased() != seen.lowercased() {
                    return wrong(device, code: "VFKindMismatch", what: "\(name) id", expected: expected, seen: seen)
                }
            }
            guard let driver = device.driver else {
                return wrong(
                    device, code: "VFDriverMismatch", what: "driver", expected: target.driver ?? "a driver", seen: "none")
            }
            if let expected = target.driver, driver != expected {
                return wrong(device, code: "VFDriverMismatch", what: "driver", expected: expected, seen: driver)
            }
        }
        let unknown = devices.filter { target.vendor != nil && $0.vendor == nil || target.device != nil && $0.device == nil }
        if let first = unknown.first {
            return Judgement(
                .inconclusive, code: "VFKindUnknown",
                sentence: "\(subject): vendor and device of VF \(first.index) could not be read")
        }
        let kinds = Set(devices.map { "\($0.vendor ?? "?"):\($0.device ?? "?") \($0.driver ?? "?")" }).sorted()
        return Judgement(
            .pass, code: "VFDriverRight", sentence: "\(subject): \(devices.count) VFs are \(kinds.joined(separator: ", "))",
            expected: target.driver, seen: kinds.joined(separator: ", "), notes: witnessNotes(devices, facts))
    }

    private func wrong(_ device: VFDevice, code: String, what: String, expected: String, seen: String) -> Judgement {
        Judgement(
            .fail, code: code,
            sentence:
                "\(target.node) \(target.pf): VF \(device.index) at \(device.pciAddress) has \(what) \(seen), expected \(expected)",
            expected: "\(what) \(expected)", seen: "\(what) \(seen)",
            next: "ssh \(target.node) lspci -vmmkns \(device.pciAddress)")
    }

    private func witnessNotes(_ devices: [VFDevice], _ facts: FactBook) -> [Note] {
        guard let rows = facts.answer(lspci, at: .baseline)?.rows, !rows.isEmpty else { return [] }
        return devices.compactMap { device in
            guard let row = rows.first(where: { $0.address == device.pciAddress }), row["Driver"] != device.driver else {
                return nil
            }
            return Note(
                code: "lspci-disagrees",
                sentence: "\(target.node): lspci names driver \(row["Driver"] ?? "none") for \(device.pciAddress), sysfs names "
                    + "\(device.driver ?? "none")")
        }
    }
}
