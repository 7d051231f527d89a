// Questions to a node, asked over SSH.

/// Kernel command line, IOMMU groups, release and machine.
package struct KernelStateRequest: FactRequest {
    package typealias Answer = KernelState
    package static let kind = "kernel-state"
    package static let isSteady = true
    package let node: NodeName
    package init(node: NodeName) { self.node = node }
    package var source: FactSource { .node(node) }
    package var what: String { "kernel command line and IOMMU groups" }
}

/// The PF in sysfs; absent when the node has no such interface.
package struct PhysicalFunctionRequest: FactRequest {
    package typealias Answer = Lookup<PhysicalFunction>
    package static let kind = "physical-function"
    package let node: NodeName
    package let pf: InterfaceName
    package init(node: NodeName, pf: InterfaceName) {
        self.node = node
        self.pf = pf
    }
    package var source: FactSource { .node(node) }
    package var what: String { "state of \(pf)" }
}

/// The VF lines of the PF.
package struct VFTableRequest: FactRequest {
    package typealias Answer = Reading<VirtualFunction>
    package static let kind = "vf-table"
    package let node: NodeName
    package let pf: InterfaceName
    package init(node: NodeName, pf: InterfaceName) {
        self.node = node
        self.pf = pf
    }
    package var source: FactSource { .node(node) }
    package var what: String { "VF table of \(pf)" }
}

/// The PF's VFs as PCI functions, by VF number. Empty when the PF has none.
package struct VFDevicesRequest: FactRequest {
    package typealias Answer = [VFDevice]
    package static let kind = "vf-devices"
    package let node: NodeName
    package let pf: InterfaceName
    package init(node: NodeName, pf: InterfaceName) {
        self.node = node
        self.pf = pf
    }
    package var source: FactSource { .node(node) }
    package var what: String { "VF functions of \(pf)" }
}

/// All PCI functions of class 02 (network) as `lspci` names them: a second witness for vendor, device and driver.
package struct PCIDevicesRequest: FactRequest {
    package typealias Answer = Reading<PCIDevice>
    package static let kind = "pci-devices"
    package static let isSteady = true
    package let node: NodeName
    package init(node: NodeName) { self.node = node }
    package var source: FactSource { .node(node) }
    package var what: String { "PCI devices" }
}

/// The network hardware as `lshw` lists it: a second witness for PF and VF names.
package struct NetworkHardwareRequest: FactRequest {
    package typealias Answer = Reading<PCIDevice>
    package static let kind = "network-hardware"
    package static let isSteady = true
    package let node: NodeName
    package init(node: NodeName) { self.node = node }
    package var source: FactSource { .node(node) }
    package var what: String { "network hardware" }
}

/// What the kernel's log says of faults of SR-IOV. Asked only where something is wrong with a PF or its VFs.
package struct KernelLogRequest: FactRequest {
    package typealias Answer = Reading<KernelMessage>
    package static let kind = "kernel-log"
    package static let isSteady = true
    package let node: NodeName
    package init(node: NodeName) { self.node = node }
    package var source: FactSource { .node(node) }
    package var what: String { "kernel log" }
}

/// CNI configuration folder and one plugin binary.
package struct CNIInstallationRequest: FactRequest {
    package typealias Answer = CNIInstallation
    package static let kind = "cni-installation"
    package static let isSteady = true
    package let node: NodeName
    package let configurationFolder: String
    package let binaryPath: String
    package init(node: NodeName, configurationFolder: String = "/etc/cni/net.d", binaryPath: String = "/opt/cni/bin/sriov") {
        self.node = node
        self.configurationFolder = configurationFolder
        self.binaryPath = binaryPath
    }
    package var source: FactSource { .node(node) }
    package var what: String { "CNI configuration and \(binaryPath)" }
}

/// The kubelet's own list of which container has which device.
package struct DeviceAllocationsRequest: FactRequest {
    package typealias Answer = [DeviceAllocation]
    package static let kind = "device-allocations"
    package static let isSteady = true
    package let node: NodeName
    package init(node: NodeName) { self.node = node }
    package var source: FactSource { .node(node) }
    package var what: String { "kubelet device checkpoint" }
}

/// All links of the host's own namespace; gives the MACs of VF netdevs, which some PF drivers do not show.
package struct LinksRequest: FactRequest {
    package typealias Answer = Reading<Link>
    package static let kind = "links"
    package static let isSteady = true
    package let node: NodeName
    package init(node: NodeName) { self.node = node }
    package var source: FactSource { .node(node) }
    package var what: String { "links" }
}
