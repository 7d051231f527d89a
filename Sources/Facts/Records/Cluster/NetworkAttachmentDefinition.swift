/// A NAD with its CNI configuration read.
///
/// - Source: `GET /apis/k8s.cni.cncf.io/v1/namespaces/NS/network-attachment-definitions/NAME`; sriov-cni `types.go`.
package struct NetworkAttachmentDefinition: Hashable, Sendable {
    package var namespace: String
    package var name: String
    /// The annotation `k8s.v1.cni.cncf.io/resourceName`; nil where it is missing.
    package var resource: ResourceName?
    /// The SR-IOV operator's annotation `sriovnetwork.openshift.io/owner-ref`, as `SriovNetwork.…/namespace/name`; nil where it
    /// wrote none.
    package var owner: String?
    /// Nil where `spec.config` is empty (Multus then reads a file on the node).
    package var configuration: CNIConfiguration?
    /// Why `spec.config` could not be read as a CNI configuration; nil where it could.
    package var configurationProblem: String?

    package init(
        namespace: String, name: String, resource: ResourceName? = nil, configuration: CNIConfiguration? = nil,
        configurationProblem: String? = nil, owner: String? = nil
    ) {
        self.namespace = namespace
        self.name = name
        self.resource = resource
        self.configuration = configuration
        self.configurationProblem = configurationProblem
        self.owner = owner
    }
}

/// The sriov plugin's part of a CNI configuration (of a list, the first plugin of type `sriov`, else the first).
package struct CNIConfiguration: Hashable, Sendable {
    /// Nil where missing, which Multus refuses.
    package var type: String?
    package var cniVersion: String?
    package var name: String?
    /// As written: nil when the key is absent (the VF's tag stays as it is), 0 for explicitly untagged.
    package var vlan: Int?
    package var vlanQoS: Int?
    package var vlanProto: String?
    package var mac: MACAddress?
    /// `on` or `off`; nil when absent.
    package var spoofchk: String?
    package var trust: String?
    package var linkState: String?
    package var minTxRate: Int?
    package var maxTxRate: Int?
    /// `host-local`, `static`, `whereabouts`, …; nil without IPAM.
    package var ipamType: String?
    package var subnets: [IPPrefix]
    package var gateway: IPAddress?
    /// `capabilities.ips`.
    package var declaresIPs: Bool
    /// True when `spec.config` is a list of plugins.
    package var isList: Bool
    /// The whole configuration as it stands.
    package var raw: JSONValue

    package init(
        type: String? = nil, cniVersion: String? = nil, name: String? = nil, vlan: Int? = nil, vlanQoS: Int? = nil,
        vlanProto: String? = nil, mac: MACAddress? = nil, spoofchk: String? = nil, trust: String? = nil, linkState: String? = nil,
        minTxRate: Int? = nil, maxTxRate: Int? = nil, ipamType: String? = nil, subnets: [IPPrefix] = [],
        gateway: IPAddress? = nil,
        declaresIPs: Bool = false, isList: Bool = false, raw: JSONValue = .null
    ) {
        self.type = type
        self.cniVersion = cniVersion
        self.name = name
        self.vlan = vlan
        self.vlanQoS = vlanQoS
        self.vlanProto = vlanProto
        self.mac = mac
        self.spoofchk = spoofchk
        self.trust = trust
        self.linkState = linkState
        self.minTxRate = minTxRate
        self.maxTxRate = maxTxRate
        self.ipamType = ipamType
        self.subnets = subnets
        self.gateway = gateway
        self.declaresIPs = declaresIPs
        self.isList = isList
        self.raw = raw
    }
}
