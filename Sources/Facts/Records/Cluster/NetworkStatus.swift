/// One entry of a pod's network-status annotation.
///
/// - Source: `k8s.v1.cni.cncf.io/network-status`, network-attachment-definition-client `types.go`; a snapshot at CNI ADD.
package struct NetworkStatus: Hashable, Sendable {
    /// `namespace/nad`, or the CNI network's own name for the default network.
    package var name: String
    package var interface: InterfaceName?
    /// Without prefix length. Empty where the annotation has none (no IPAM).
    package var ips: [IPAddress]
    package var mac: MACAddress?
    package var mtuBytes: Int?
    /// True only on the cluster network; nil where not written.
    package var isDefault: Bool?
    /// From `device-info.pci.pci-address`; nil where not written.
    package var pciAddress: PCIAddress?
    /// The entry as it stands, for `parse`.
    package var raw: JSONValue

    package init(
        name: String, interface: InterfaceName? = nil, ips: [IPAddress] = [], mac: MACAddress? = nil, mtuBytes: Int? = nil,
        isDefault: Bool? = nil, pciAddress: PCIAddress? = nil, raw: JSONValue = .null
    ) {
        self.name = name
        self.interface = interface
        self.ips = ips
        self.mac = mac
        self.mtuBytes = mtuBytes
        self.isDefault = isDefault
        self.pciAddress = pciAddress
        self.raw = raw
    }
}

extension NetworkStatus: Row {
    package var json: JSONValue { raw }
}
