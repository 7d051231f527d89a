package import Facts

/// A NAD by namespace and name.
package struct NetworkReference: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let namespace: String
    package let name: String

    package init(namespace: String, name: String) {
        self.namespace = namespace
        self.name = name
    }

    package var object: ObjectReference {
        ObjectReference(kind: "NetworkAttachmentDefinition", namespace: namespace, name: name)
    }

    /// `default/sriov-201`.
    package var description: String { "\(namespace)/\(name)" }

    package static func < (left: NetworkReference, right: NetworkReference) -> Bool {
        (left.namespace, left.name) < (right.namespace, right.name)
    }
}

/// An SR-IOV network: what its NAD asks of a VF, and where its VLAN leads.
package struct NetworkExpectation: Hashable, Sendable {
    package var reference: NetworkReference
    package var resource: ResourceName
    package var vlan: VLANSetting
    /// 0…7; nil when the NAD does not set it.
    package var qos: Int?
    package var vlanProtocol: VLANProtocol?
    /// Nil when the NAD does not set it, which leaves the VF as it is; so for the following.
    package var spoofCheck: Bool?
    package var trust: Bool?
    package var linkState: LinkStateSetting?
    /// Mbit/s, 0 for no limit.
    package var minTxRate: Int?
    package var maxTxRate: Int?
    /// A MAC that the NAD sets on the VF of every pod.
    package var mac: MACAddress?
    /// Nil: no subnet is known, and addresses are not judged by it.
    package var subnet: IPPrefix?
    package var gateway: GatewayExpectation?
    /// The switches' name for the VLAN (`SRIOV_201`); nil: it is looked up by its number.
    package var switchVLAN: String?
    /// True: the NAD is there already; it is read, and never created, labelled or deleted.
    package var existing: Bool
    /// The NAD to create, complete but for the run's labels; nil when it exists.
    package var manifest: JSONValue?
    /// Keys: `name`, `resource`, `vlan`, `qos`, `vlanProtocol`, `spoofCheck`, `trust`, `linkState`, `minTxRate`,
    /// `maxTxRate`, `mac`, `subnet`, `gateway`, `switchVLAN`, `existing`, `manifest`. In a manifest they point at the NAD's
    /// own keys.
    package var places: Places
}

extension NetworkExpectation {
    /// The tag the VF is to have; nil when untagged or not stated.
    package var vlanID: VLANID? {
        if case .tagged(let id) = vlan { return id }
        return nil
    }

    /// What this device calls the network's VLAN; nil: it goes by number.
    package func switchVLAN(on device: DeviceExpectation) -> String? {
        vlanID.flatMap { device.vlanNames[$0] } ?? switchVLAN
    }
}

/// What a NAD says of the VLAN. Leaving it out keeps whatever tag the VF has; 0 takes the tag off.
package enum VLANSetting: Hashable, Sendable {
    case unstated
    case untagged
    case tagged(VLANID)
}

/// The tag's protocol, as sriov-cni takes it.
package enum VLANProtocol: String, Hashable, Sendable, CaseIterable {
    case dot1Q = "802.1q"
    case dot1AD = "802.1ad"
}

/// The VF's link, as sriov-cni and iproute2 name it.
package enum LinkStateSetting: String, Hashable, Sendable, CaseIterable {
    case auto
    case enable
    case disable
}

/// The router of a network's subnet.
package struct GatewayExpectation: Hashable, Sendable {
    package var address: IPAddress
    package var arp: ARPSource
    /// Keys: `address`, `device`, `interface`, `arp`.
    package var places: Places

    /// The device that has the address and the ARP table; nil when there is none to read.
    package var device: DeviceName? {
        if case .device(let name, _) = arp { return name }
        return nil
    }

    /// The device's interface with the address (`vlan.201`), where the scenario says it.
    package var interface: InterfaceName? {
        if case .device(_, let interface) = arp { return interface }
        return nil
    }
}

/// Who resolves the pods' addresses. It is named apart from the uplinks: it may be a leaf, a spine or a firewall.
package enum ARPSource: Hashable, Sendable {
    case device(DeviceName, interface: InterfaceName?)
    /// The scenario says that no ARP table can be read.
    case none
}
