package import Facts
internal import Verdicts

/// What is expected of one node.
package struct NodeTarget: Hashable, Sendable {
    package var node: NodeName
    package var pf: InterfaceName
    /// Nil: any number but zero.
    package var vfCount: Int?
    /// Four hexadecimal digits; nil: what the device plugin selects.
    package var vendor: String?
    package var device: String?
    package var driver: String?
    /// Resources that pods of the scenario take on this node, sorted.
    package var resources: [ResourceName]
    package var cniBinary: String
    package var cniFolder: String
    /// The CNI version that the scenario's networks ask for, newest; nil where none is said.
    package var cniVersion: String?
    /// Where the PF is cabled to: none where the scenario does not say, two for a port that two switches share.
    package var uplinks: [UplinkPort]
    /// The namespace of the SR-IOV operator's node states and policies; nil: they are no witness.
    package var operatorNamespace: String?
    package var location: String?

    package init(
        node: NodeName, pf: InterfaceName, vfCount: Int? = nil, vendor: String? = nil, device: String? = nil,
        driver: String? = nil, resources: [ResourceName] = [], cniBinary: String = "/opt/cni/bin/sriov",
        cniFolder: String = "/etc/cni/net.d", cniVersion: String? = nil, uplinks: [UplinkPort] = [],
        operatorNamespace: String? = nil, location: String? = nil
    ) {
        self.node = node
        self.pf = pf
        self.vfCount = vfCount
        self.vendor = vendor
        self.device = device
        self.driver = driver
        self.resources = resources
        self.cniBinary = cniBinary
        self.cniFolder = cniFolder
        self.cniVersion = cniVersion
        self.uplinks = uplinks
        self.operatorNamespace = operatorNamespace
        self.location = location
    }

    var subject: Subject { .node(node) }
    var physicalFunction: PhysicalFunctionRequest { PhysicalFunctionRequest(node: node, pf: pf) }
    var vfTable: VFTableRequest { VFTableRequest(node: node, pf: pf) }
    var vfDevices: VFDevicesRequest { VFDevicesRequest(node: node, pf: pf) }
    var operatorState: OperatorStateRequest? { operatorNamespace.map { OperatorStateRequest(namespace: $0, node: node) } }
    var operatorPolicies: OperatorPoliciesRequest? { operatorNamespace.map { OperatorPoliciesRequest(namespace: $0) } }

    /// What the operator says of the PF; nil where it was not asked, or does not know it.
    func operatorFunction(_ facts: FactBook, at moment: Moment) -> OperatorNodeState.Function? {
        operatorState.flatMap { facts.answer($0, at: moment)?.found?.function(pf) }
    }
}

/// One port of one switch.
package struct UplinkPort: Hashable, Sendable, CustomStringConvertible {
    package var device: DeviceName
    package var interface: InterfaceName
    /// Nil where the scenario does not know the device.
    package var platform: Platform?
    /// True where the scenario wants the cabling held against the device's LLDP neighbours.
    package var speaksLLDP: Bool

    package init(device: DeviceName, interface: InterfaceName, platform: Platform? = nil, speaksLLDP: Bool = false) {
        self.device = device
        self.interface = interface
        self.platform = platform
        self.speaksLLDP = speaksLLDP
    }

    package var description: String { "\(device) \(interface)" }
}
