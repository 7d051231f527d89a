package import Facts
package import Verdicts

/// What is expected of one network (one NAD).
package struct NetworkTarget: Hashable, Sendable {
    package var namespace: String
    package var name: String
    package var resource: ResourceName?
    /// Nil: pods are expected untagged, or the tag is not this network's business (`vlanStated` is then false).
    package var vlan: VLANID?
    /// False where the NAD leaves `vlan` out, which keeps whatever tag the VF has.
    package var vlanStated: Bool
    /// 0…7; nil: not asked for.
    package var qos: Int?
    /// `802.1q` or `802.1ad` as sriov-cni spells it; nil: not asked for.
    package var vlanProtocol: String?
    /// Nil in each: not asked for.
    package var spoofCheck: Bool?
    package var trust: Bool?
    package var linkState: String?
    package var minTxRate: Int?
    package var maxTxRate: Int?
    /// True when the NAD sets the VF's MAC, which sriov-cni then has to take back.
    package var setsMAC: Bool
    package var prefixLength: Int?
    package var gateway: Gateway?
    /// The switches' own names for the VLAN.
    package var switchVLANNames: [DeviceName: String]
    package var location: String?

    /// The device that answers for the network's gateway address.
    package struct Gateway: Hashable, Sendable {
        package var address: IPAddress
        /// The device that has the address and the ARP table; nil where nobody can read it.
        package var device: DeviceName?
        /// `vlan.201`, `irb.201`; nil: any.
        package var interface: InterfaceName?

        package init(address: IPAddress, device: DeviceName?, interface: InterfaceName? = nil) {
            self.address = address
            self.device = device
            self.interface = interface
        }
    }

    package init(
        namespace: String, name: String, resource: ResourceName? = nil, vlan: VLANID? = nil, vlanStated: Bool = true,
        qos: Int? = nil, vlanProtocol: String? = nil, spoofCheck: Bool? = nil, trust: Bool? = nil, linkState: String? = nil,
        minTxRate: Int? = nil, maxTxRate: Int? = nil, setsMAC: Bool = false, prefixLength: Int? = nil, gateway: Gateway? = nil,
        switchVLANNames: [DeviceName: String] = [:], location: String? = nil
    ) {
        self.namespace = namespace
        self.name = name
        self.resource = resource
        self.vlan = vlan
        self.vlanStated = vlanStated
        self.qos = qos
        self.vlanProtocol = vlanProtocol
        self.spoofCheck = spoofCheck
        self.trust = trust
        self.linkState = linkState
        self.minTxRate = minTxRate
        self.maxTxRate = maxTxRate
        self.setsMAC = setsMAC
        self.prefixLength = prefixLength
        self.gateway = gateway
        self.switchVLANNames = switchVLANNames
        self.location = location
    }

    /// `default/sriov-201`, as network-status names it.
    package var qualifiedName: String { "\(namespace)/\(name)" }
    package var subject: Subject { .network(qualifiedName) }
    var object: ObjectReference {
        ObjectReference(kind: "NetworkAttachmentDefinition", namespace: namespace, name: name)
    }
    var nad: NADRequest { NADRequest(namespace: namespace, name: name) }

    /// How the VLAN is named to a device: its own name where the scenario says one.
    package func fdb(on device: DeviceName) -> FDBRequest {
        FDBRequest(device: device, vlanName: switchVLANNames[device], vlanID: vlan)
    }
}
