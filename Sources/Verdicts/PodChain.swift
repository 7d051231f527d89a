package import Facts

/// The witnesses of one pod's attachment, in the order of the wire: the identity row and its links.
package struct PodChain: Hashable, Sendable {
    /// One witness.
    package struct Link: Hashable, Sendable {
        /// `pod claim`, `pod truth`, `node truth`, `switch L2 truth`, `switch L3 truth`, `path truth`.
        package var witness: String
        /// What it said, or why it did not.
        package var text: String
        /// The weakest verdict among the checks that this link rests on.
        package var verdict: Verdict

        package init(witness: String, text: String, verdict: Verdict) {
            self.witness = witness
            self.text = text
            self.verdict = verdict
        }
    }

    package var pod: PodReference
    /// The fields of the identity row; nil where nobody said it.
    package var node: NodeName?
    package var interface: InterfaceName?
    package var address: IPAddress?
    package var mac: MACAddress?
    package var pf: InterfaceName?
    package var vfIndex: Int?
    package var pciAddress: PCIAddress?
    package var vlan: VLANID?
    package var device: DeviceName?
    /// The switch port as the device printed it where the MAC was learned.
    package var port: InterfaceName?
    package var links: [Link]

    package init(
        pod: PodReference, node: NodeName? = nil, interface: InterfaceName? = nil, address: IPAddress? = nil,
        mac: MACAddress? = nil, pf: InterfaceName? = nil, vfIndex: Int? = nil, pciAddress: PCIAddress? = nil, vlan: VLANID? = nil,
        device: DeviceName? = nil, port: InterfaceName? = nil, links: [Link] = []
    ) {
        self.pod = pod
        self.node = node
        self.interface = interface
        self.address = address
        self.mac = mac
        self.pf = pf
        self.vfIndex = vfIndex
        self.pciAddress = pciAddress
        self.vlan = vlan
        self.device = device
        self.port = port
        self.links = links
    }
}
