/// A PF as its node's sysfs describes it. Nil fields are files that are not there or could not be read in this state.
///
/// - Source: `/sys/class/net/<pf>/…` and `/sys/class/net/<pf>/device/…`.
package struct PhysicalFunction: Hashable, Sendable {
    package var interface: InterfaceName
    package var pciAddress: PCIAddress?
    /// Four hexadecimal digits without `0x`.
    package var vendor: String?
    package var device: String?
    package var driver: String?
    package var mac: MACAddress?
    package var mtuBytes: Int?
    /// `up`, `down`, `unknown`, …
    package var operState: String?
    /// Nil while the interface is administratively down: the kernel refuses the read then.
    package var carrier: Bool?
    /// Nil: no SR-IOV capability, or switched off in firmware.
    package var totalVFs: Int?
    package var numVFs: Int?

    package init(
        interface: InterfaceName, pciAddress: PCIAddress? = nil, vendor: String? = nil, device: String? = nil,
        driver: String? = nil, mac: MACAddress? = nil, mtuBytes: Int? = nil, operState: String? = nil, carrier: Bool? = nil,
        totalVFs: Int? = nil, numVFs: Int? = nil
    ) {
        self.interface = interface
        self.pciAddress = pciAddress
        self.vendor = vendor
        self.device = device
        self.driver = driver
        self.mac = mac
        self.mtuBytes = mtuBytes
        self.operState = operState
        self.carrier = carrier
        self.totalVFs = totalVFs
        self.numVFs = numVFs
    }
}

/// One VF as a PCI function of its node.
///
/// - Source: the links `/sys/class/net/<pf>/device/virtfnN` and the files behind them.
package struct VFDevice: Hashable, Sendable {
    /// 0-based VF number: the N of `virtfnN`.
    package var index: Int
    package var pciAddress: PCIAddress
    /// Four hexadecimal digits without `0x`; nil where unreadable.
    package var vendor: String?
    package var device: String?
    /// Nil when no driver is bound.
    package var driver: String?
    /// Netdev names in the host's namespace; empty while the VF is in a pod or bound to vfio-pci.
    package var netdevs: [InterfaceName]

    package init(
        index: Int, pciAddress: PCIAddress, vendor: String? = nil, device: String? = nil, driver: String? = nil,
        netdevs: [InterfaceName] = []
    ) {
        self.index = index
        self.pciAddress = pciAddress
        self.vendor = vendor
        self.device = device
        self.driver = driver
        self.netdevs = netdevs
    }
}
