internal import Facts

/// What a pod's ResourceClaims say of one attachment.
enum DeviceClaimWitness {
    /// A device that a claim gives to the attachment.
    struct Device {
        let claim: DeviceClaim
        let key: DeviceClaim.Key
        /// Nil where its driver says nothing of it.
        let status: DeviceClaim.DeviceStatus?
        /// Nil where no slice of the node lists the device, or lists it without.
        let pciAddress: PCIAddress?
    }

    static func requests(_ target: PodTarget, _ facts: FactBook) -> [DeviceClaimRequest] {
        (target.podState(facts)?.claims ?? []).map { DeviceClaimRequest(namespace: target.pod.namespace, name: $0) }
    }

    static func slices(_ target: PodTarget, _ facts: FactBook) -> OfferedDevicesRequest? {
        target.nodeTarget(facts).map { OfferedDevicesRequest(node: $0.node) }
    }

    /// Nothing where claims are no witness, and until the pod is known.
    static func needs(_ target: PodTarget, _ facts: FactBook) -> [Need] {
        guard target.deviceDriver != nil, let slices = slices(target, facts) else { return [] }
        let claims = requests(target, facts).map { Need($0, at: .plumbed) }
        return claims.isEmpty ? [] : claims + [Need(slices, at: .plumbed)]
    }

    /// The driver's devices in the pod's claims, in the order of claims and results.
    static func devices(_ target: PodTarget, _ facts: FactBook) -> [Device] {
        guard let driver = target.deviceDriver else { return [] }
        let offered = slices(target, facts).flatMap { facts.answer($0, at: .plumbed)?.found } ?? []
        return requests(target, facts).compactMap { facts.answer($0, at: .plumbed)?.found }.flatMap { claim in
            (claim.allocated ?? []).filter { $0.driver == driver }.map { key in
                Device(
                    claim: claim, key: key, status: claim.statuses.first { $0.key == key },
                    pciAddress: offered.first { $0.key == key }?.pciAddress)
            }
        }
    }

    /// The device of this attachment: the one whose driver names its interface, else the only one; nil where neither tells.
    static func device(of target: PodTarget, _ facts: FactBook) -> Device? {
        let devices = devices(target, facts)
        let named = devices.filter { $0.status?.interface == target.interface }
        if named.count == 1 { return named[0] }
        return devices.count == 1 ? devices[0] : nil
    }
}
