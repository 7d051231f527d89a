package import Facts
package import Verdicts

/// Fault 1: VT-d off. It breaks vfio VFs only, so for netdev VFs it is a note.
package struct IOMMUCheck: Check {
    package static let id: CheckID = "platform.iommu"
    package static let title = "the node's IOMMU is on where a VF needs it"
    package static let moment = Moment.baseline
    package static let blockedBy: [CheckID] = []

    let target: NodeTarget
    package init(target: NodeTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { [target.subject] }
    package var location: String? { target.location }

    private var kernel: KernelStateRequest { KernelStateRequest(node: target.node) }

    package func needs(known facts: FactBook) -> [Need] {
        [Need(kernel, at: .baseline), Need(target.vfDevices, at: .baseline)]
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let state = try facts.read(kernel, .baseline)
        if state.iommuGroups > 0 {
            return Judgement(
                .pass, code: "IOMMUOn", sentence: "\(target.node): IOMMU is on, \(state.iommuGroups) groups",
                seen: "\(state.iommuGroups) groups")
        }
        let needsIOMMU = "vfio-pci"
        let devices = try facts.read(target.vfDevices, .baseline)
        let arguments = ["intel_iommu=on", "amd_iommu=on", "iommu=pt"].filter { state.commandLine.contains($0) }
        let seen =
            "no IOMMU groups; kernel arguments: \(arguments.isEmpty ? "none for the IOMMU" : arguments.joined(separator: " "))"
        if let bound = devices.first(where: { $0.driver == needsIOMMU }) {
            return Judgement(
                .fail, code: "IOMMUOff",
                sentence:
                    "\(target.node): VF \(bound.index) of \(target.pf) is bound to vfio-pci, which needs the IOMMU; \(seen)",
                expected: "IOMMU groups", seen: seen,
                next: "switch VT-d/AMD-Vi on in the firmware and boot with intel_iommu=on iommu=pt")
        }
        return Judgement(
            .pass, code: "IOMMUNotNeeded", sentence: "\(target.node): no VF of \(target.pf) needs the IOMMU", seen: seen,
            notes: [
                Note(
                    code: "iommu-off",
                    sentence: "\(target.node): the IOMMU is off (\(seen)); netdev VFs work, VFs for vfio-pci would not")
            ])
    }
}
