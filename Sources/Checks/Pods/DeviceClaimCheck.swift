package import Facts
package import Verdicts

/// What dynamic resource allocation says it gave the pod, held against what the pod has.
package struct DeviceClaimCheck: Check {
    package static let id: CheckID = "pod.claim"
    package static let title = "the pod's ResourceClaim names the VF that the pod has"
    package static let moment = Moment.plumbed
    package static let blockedBy: [CheckID] = ["pod.deploy", "pod.vf"]

    let target: PodTarget
    let driver: String
    package init(target: PodTarget, driver: String) {
        self.target = target
        self.driver = driver
    }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { target.related }
    package var location: String? { target.location }

    private var name: String { target.pod.name }

    package func needs(known facts: FactBook) -> [Need] {
        let needs = PodVF.needs(target, facts)
        return target.isRunning(facts) ? needs + [Need(target.addresses, at: .plumbed)] : needs
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let next = "kubectl get resourceclaims -n \(target.pod.namespace) -o yaml"
        guard let pod = try facts.read(target.state, .plumbed).found else {
            return Judgement(.inconclusive, code: Judgement.notAsked, sentence: "\(name): there is no such pod to look at")
        }
        guard !pod.claims.isEmpty else {
            return Judgement(
                .fail, code: "ClaimMissing",
                sentence: "\(name): it has no ResourceClaim, neither of its own nor for its resources",
                expected: "a ResourceClaim", seen: "none", next: next)
        }
        for request in DeviceClaimWitness.requests(target, facts) {
            guard case .absent(let hint) = try facts.read(request, .plumbed) else { continue }
            return Judgement(
                .fail, code: "ClaimMissing", sentence: "\(name): its ResourceClaim \(request.name) is not there (\(hint))",
                expected: request.name, seen: "none", next: next)
        }
        let devices = DeviceClaimWitness.devices(target, facts)
        guard !devices.isEmpty else {
            return Judgement(
                .fail, code: "ClaimNotAllocated",
                sentence: "\(name): no device of \(driver) is allocated by \(pod.claims.joined(separator: ", "))",
                expected: "a device", seen: "none", next: next, mayChange: true)
        }
        guard let device = DeviceClaimWitness.device(of: target, facts) else {
            return Judgement(
                .inconclusive, code: "ClaimUnclear",
                sentence: "\(name): its claims name \(devices.count) devices of \(driver), and none is said to be "
                    + "\(target.interface)'s", next: next)
        }
        return try judge(device, pod, facts, next: next)
    }

    private func judge(
        _ device: DeviceClaimWitness.Device, _ pod: PodState, _ facts: FactBook, next: String
    ) throws(Judgement) -> Judgement {
        let label = "ResourceClaim \(device.claim.name)"
        if !device.claim.reservedFor.contains(pod.uid) {
            return Judgement(
                .fail, code: "ClaimOfAnother", sentence: "\(name): \(label) is not reserved for this pod", expected: pod.uid,
                seen: device.claim.reservedFor.joined(separator: ", "), next: next)
        }
        if device.status?.ready == "False" {
            return Judgement(
                .fail, code: "ClaimDeviceNotReady",
                sentence: "\(name): \(label): device \(device.key) is not ready: "
                    + (device.status?.readyMessage ?? "its driver gives no reason"), next: next, mayChange: true)
        }
        guard let slices = DeviceClaimWitness.slices(target, facts) else {
            return Judgement(.inconclusive, code: Judgement.notAsked, sentence: "\(name): its node is none of the scenario's")
        }
        let offered = try facts.read(slices, .plumbed)
        guard let address = device.pciAddress else {
            let why =
                offered.found?.contains { $0.key == device.key } == true
                ? "gives no PCI address of device \(device.key)" : "lists device \(device.key)"
            return Judgement(
                .inconclusive, code: "ClaimDeviceUnknown",
                sentence: "\(name): \(label): no ResourceSlice of \(slices.node) \(why)",
                next: "kubectl get resourceslices --field-selector spec.nodeName=\(slices.node) -o yaml")
        }
        let identity = try PodVF.resolve(target, facts)
        let differences = try differences(device, address, identity, facts)
        guard differences.isEmpty else {
            return Judgement(
                .fail, code: "ClaimDisagrees",
                sentence: "\(name): \(label) and the pod disagree, and the pod decides: " + differences.joined(separator: "; "),
                expected: "the same", seen: differences.joined(separator: "; "), next: next)
        }
        let network = device.status?.interface == nil ? "" : ", and its network data are the pod's"
        return Judgement(
            .pass, code: "ClaimRight",
            sentence: "\(name): \(label) names device \(device.key) at \(address), "
                + (identity.witness == .claim ? "which nobody else names" : "as \(identity.witness.rawValue) does") + network,
            expected: identity.pciAddress?.description, seen: address.description)
    }

    private func differences(
        _ device: DeviceClaimWitness.Device, _ address: PCIAddress, _ identity: PodVF, _ facts: FactBook
    ) throws(Judgement) -> [String] {
        var differences: [String] = []
        if let here = identity.pciAddress, here != address {
            differences.append("its VF is \(here) (\(identity.witness.rawValue)), the claim's device is \(address)")
        }
        guard let said = device.status, said.mac != nil || !said.addresses.isEmpty || said.interface != nil else {
            return differences
        }
        let reading = try facts.read(target.addresses, .plumbed)
        let interface = reading.rows.first { $0.interface == target.interface }
        let here = (interface?.ipv4 ?? []) + (interface?.ipv6 ?? [])
        let missing = said.addresses.filter { there in !here.contains { $0.address == there.address } }
        // On a line that could not be read may stand just what the claim says.
        if interface == nil || !missing.isEmpty, let line = reading.unread.first {
            guard differences.isEmpty else { return differences }
            throw Judgement(
                .inconclusive, code: "ClaimNotCompared",
                sentence: "\(name): what ResourceClaim \(device.claim.name) says of \(target.interface) is not among what was "
                    + "read in the pod, but \(reading.unread.count) lines could not be read (\(line))")
        }
        guard let interface else { return differences + ["the pod has no \(target.interface)"] }
        if let there = said.interface, there != target.interface {
            differences.append("its interface is \(target.interface), the claim says \(there)")
        }
        if let here = interface.mac, let there = said.mac, here != there {
            differences.append("\(target.interface) has \(here), the claim says \(there)")
        }
        for there in missing {
            differences.append(
                "\(target.interface) has \(here.first?.description ?? "no address"), the claim says \(there)")
        }
        return differences
    }
}
