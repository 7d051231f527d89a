package import Facts

/// `ResourceClaim` and `ResourceSlice` of dynamic resource allocation, in each version that servers have offered by default.
package enum DeviceClaimReader {
    /// - Throws: `DialectError` when the object is another kind, or an allocated device has no driver, pool or name.
    /// - Source: kubernetes/api, `resource/v1/types.go`; the status is the same in v1beta1 and v1beta2.
    package static func claim(_ object: JSONValue) throws(DialectError) -> DeviceClaim {
        try APIObject.check(object, kind: "ResourceClaim")
        guard let name = object["metadata"]?["name"]?.text, let namespace = object["metadata"]?["namespace"]?.text else {
            throw .incomplete(expected: "a ResourceClaim with name and namespace", saw: object.compactText)
        }
        let status = object["status"]
        var claim = DeviceClaim(
            namespace: namespace, name: name,
            reservedFor: (status?["reservedFor"]?.elements ?? []).compactMap { $0["uid"]?.text })
        if let allocation = status?["allocation"], allocation.members != nil {
            var keys: [DeviceClaim.Key] = []
            for result in allocation["devices"]?["results"]?.elements ?? [] { keys.append(try key(result)) }
            claim.allocated = keys
        }
        for device in status?["devices"]?.elements ?? [] { claim.statuses.append(try deviceStatus(device)) }
        return claim
    }

    private static func key(_ value: JSONValue) throws(DialectError) -> DeviceClaim.Key {
        guard let driver = value["driver"]?.text, let pool = value["pool"]?.text, let device = value["device"]?.text else {
            throw .incomplete(expected: "a device with driver, pool and name", saw: value.compactText)
        }
        return DeviceClaim.Key(driver: driver, pool: pool, device: device)
    }

    private static func deviceStatus(_ value: JSONValue) throws(DialectError) -> DeviceClaim.DeviceStatus {
        let ready = (value["conditions"]?.elements ?? []).first { $0["type"]?.text == "Ready" }
        let network = value["networkData"]
        return DeviceClaim.DeviceStatus(
            key: try key(value), ready: ready?["status"]?.text, readyMessage: ready?["message"]?.text,
            interface: network?["interfaceName"]?.text.flatMap { $0.isEmpty ? nil : InterfaceName($0) },
            mac: network?["hardwareAddress"]?.text.flatMap { MACAddress(linux: $0) },
            addresses: (network?["ips"]?.elements ?? []).compactMap { $0.text.flatMap { IPPrefix($0) } })
    }

    /// The devices of a slice.
    ///
    /// - Throws: `DialectError` when the object is another kind, or has no driver or pool.
    /// - Source: kubernetes/api, `resource/v1/types.go`; in v1beta1 a device's attributes are in `basic`. Which attribute holds
    ///   the PCI address: `resource.kubernetes.io/pciBusID` by convention; dra-driver-sriov, `pkg/consts/consts.go`.
    package static func devices(_ object: JSONValue) throws(DialectError) -> [OfferedDevice] {
        try APIObject.check(object, kind: "ResourceSlice")
        let spec = object["spec"]
        guard let driver = spec?["driver"]?.text, let pool = spec?["pool"]?["name"]?.text else {
            throw .incomplete(expected: "a ResourceSlice with driver and pool", saw: object.compactText)
        }
        return (spec?["devices"]?.elements ?? []).compactMap { device in
            guard let name = device["name"]?.text else { return nil }
            let attributes = device["attributes"] ?? device["basic"]?["attributes"]
            // A name without a domain is one of the driver's own.
            let said = { (name: String, domains: [String]) -> String? in
                (attributes?.members ?? []).first { member in
                    let parts = member.key.split(separator: "/", maxSplits: 1).map(String.init)
                    return parts.last == name && domains.contains(parts.count == 2 ? parts[0] : driver)
                }?.value["string"]?.text
            }
            let address =
                said("pciBusID", ["resource.kubernetes.io"]) ?? said("pciAddress", [driver])
                ?? said("deviceID", ["k8s.cni.cncf.io"])
            return OfferedDevice(
                key: DeviceClaim.Key(driver: driver, pool: pool, device: name),
                pciAddress: address.flatMap { PCIAddress($0) }, pf: said("PFName", [driver]).map { InterfaceName($0) })
        }
    }
}
