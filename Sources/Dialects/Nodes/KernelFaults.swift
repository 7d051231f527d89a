internal import Facts

/// The words by which a kernel's log line names a fault of SR-IOV.
///
/// - Source: the kernel's `drivers/pci/iov.c` and `setup-res.c`, the PF drivers igb, ixgbe, i40e, ice, mlx5, bnx2x and nfp, the VF
///   drivers igbvf, ixgbevf and iavf, `net/sched/sch_generic.c`, `drivers/iommu/intel`, `drivers/iommu/amd`; the lines of users in
///   `fixtures/nodes/reports/kernel-faults.txt`.
enum KernelFaults {
    /// All words of an entry stand in the line. The first entry that fits counts, so what tells more comes first.
    private static let marks: [(words: [String], fault: KernelMessage.Fault)] = [
        (["not enough MMIO resources for SR-IOV"], .mmioTooSmall), (["SR-IOV: IOV BARS not allocated"], .mmioTooSmall),
        (["VF BAR ", "no space"], .mmioTooSmall), (["VF BAR ", "failed to assign"], .mmioTooSmall),
        (["SR-IOV: bus number out of range"], .busRangeTooSmall),
        (["can't enable ", " VFs (bus ", "out of range"], .busRangeTooSmall),
        (["Failed to enable PCI sriov"], .vfEnableFailed), (["Failed to enable SR-IOV"], .vfEnableFailed),
        (["pci_enable_sriov failed"], .vfEnableFailed), (["enable_sriov failed"], .vfEnableFailed),
        (["VFs requested; only"], .vfEnableFailed), (["cannot configure SR-IOV"], .vfEnableFailed),
        (["does not support SR-IOV configuration"], .vfEnableFailed), (["unknown header type 7f"], .vfEnableFailed),
        (["PF still in reset state"], .pfUnreachable), (["Failed to communicate with PF"], .pfUnreachable),
        (["perhaps the PF Driver isn't up yet"], .pfUnreachable),
        (["attempted to override administratively set MAC"], .vfMACOverride),
        (["attempting to override administratively set MAC"], .vfMACOverride),
        (["attempted to override administratively set VLAN"], .vfVLANOverride),
        (["attempted to set invalid mac"], .vfMACInvalid), (["attempted to set invalid MAC"], .vfMACInvalid),
        (["VF", "is not trusted"], .vfNotTrusted), (["VF", "but is administratively denied"], .vfNotTrusted),
        (["Unprivileged VF "], .vfNotTrusted),
        (["VF ", " failed opcode "], .vfRequestRefused), (["PF returned error "], .vfRequestRefused),
        (["Spoof event(s) detected on VF"], .spoofedPackets), (["Spoofed packets detected"], .spoofedPackets),
        (["Malicious Driver Detection event"], .maliciousDriver), (["driver issue detected on VF"], .maliciousDriver),
        (["Too many MDD events on VF"], .maliciousDriver),
        (["NIC Link is Down"], .linkDown), (["mlx", ": Link down"], .linkDown),
        (["NETDEV WATCHDOG"], .transmitTimeout), (["TX timeout detected"], .transmitTimeout),
        (["] Request device ["], .iommuFault), (["[IO_PAGE_FAULT "], .iommuFault),
        (["ineligible for IOMMU domain attach"], .iommuRefused), (["1:1 IOMMU mapping", "rejecting"], .iommuRefused),
    ]

    /// The fault that a line names; nil when it names none.
    static func fault(in text: Substring) -> KernelMessage.Fault? {
        marks.first { $0.words.allSatisfy { text.contains($0) } }?.fault ?? (isOldVFSpace(text) ? .mmioTooSmall : nil)
    }

    /// `BAR 9: no space for [mem size 0x00100000 64bit]`: kernels before 6.10 count the BARs of VFs as 7 to 12.
    private static func isOldVFSpace(_ text: Substring) -> Bool {
        guard text.contains(": no space for [mem") || text.contains(": failed to assign [mem"),
            let start = text.firstRange(of: "BAR ")
        else { return false }
        return text[start.upperBound...].prefix { $0 != ":" }.decimal.map { (7...12).contains($0) } == true
    }
}
