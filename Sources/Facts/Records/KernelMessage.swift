/// One line of a kernel's log that names a fault of SR-IOV.
///
/// - Source: `dmesg`, `journalctl -k`; the words are those of the kernel's drivers.
package struct KernelMessage: Hashable, Sendable {
    /// What kind of fault a line names.
    package enum Fault: String, Hashable, Sendable, CaseIterable {
        /// `not enough MMIO resources for SR-IOV`: no room for the VFs' registers.
        case mmioTooSmall = "mmio-too-small"
        /// `SR-IOV: bus number out of range`
        case busRangeTooSmall = "bus-range-too-small"
        /// The PF's driver asked for VFs and did not get them, or the VFs that it got do not answer.
        case vfEnableFailed = "vf-enable-failed"
        /// A VF's driver gets no answer from its PF: the PF is down, or its driver is gone.
        case pfUnreachable = "pf-unreachable"
        /// The PF's driver refused what a VF asked for, and says no more than that.
        case vfRequestRefused = "vf-request-refused"
        case vfMACOverride = "vf-mac-override"
        case vfVLANOverride = "vf-vlan-override"
        case vfMACInvalid = "vf-mac-invalid"
        case vfNotTrusted = "vf-not-trusted"
        case spoofedPackets = "spoofed-packets"
        case maliciousDriver = "malicious-driver"
        case linkDown = "link-down"
        case transmitTimeout = "transmit-timeout"
        /// The IOMMU refused an access of a device.
        case iommuFault = "iommu-fault"
        /// The platform does not let the device be given to vfio.
        case iommuRefused = "iommu-refused"
    }

    package var fault: Fault
    /// As printed before the message: `119.262252`, `Nov 23 10:10:10`; nil where none is printed.
    package var time: String?
    package var driver: String?
    package var pciAddress: PCIAddress?
    package var interface: InterfaceName?
    /// VF number; nil where the line names none.
    package var vf: Int?
    /// The message without time, driver and device.
    package var text: String

    package init(fault: Fault, text: String) {
        self.fault = fault
        self.text = text
    }
}

extension KernelMessage: Row {
    package var json: JSONValue {
        [
            "fault": .string(fault.rawValue), "time": .text(time), "driver": .text(driver), "pciAddress": .text(pciAddress),
            "interface": .text(interface), "vf": .int(vf), "text": .string(text),
        ]
    }
}
