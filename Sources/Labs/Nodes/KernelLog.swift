internal import Facts

/// The last lines of `dmesg` that bear on SR-IOV.
///
/// - Source: `dmesg | tail` in `recordings/linux-igb`, with the driver's name in place of igb.
struct KernelLog {
    let node: NodeState

    var text: String {
        var lines: [String] = []
        if node.site.commandLine.contains("intel_iommu=on") { lines.append("DMAR: IOMMU enabled") }
        for function in node.functions {
            let driver = function.model.driver
            let name = "\(driver) \(function.site.address)"
            if !function.virtualFunctions.isEmpty { lines.append("\(name): \(function.virtualFunctions.count) VFs allocated") }
            // The kernel's own line (`drivers/pci/iov.c`), at the first try to make VFs.
            if function.lacksRoom { lines.append("\(name): not enough MMIO resources for SR-IOV") }
            let link = function.isUp ? "Up \(function.model.speedMegabits / 1000) Gbps, Flow Control: RX/TX" : "Down"
            lines.append("\(name) \(function.site.name): NIC Link is \(link)")
            for vf in function.virtualFunctions {
                guard let vlan = vf.vlan else { continue }
                lines.append(
                    "\(name) \(function.site.name): Setting VLAN \(vlan), QOS 0x\(String(vf.qos, radix: 16)) on VF \(vf.index)")
            }
        }
        return lines.enumerated().map { index, line in
            let seconds = String(7 + index)
            return "[" + String(repeating: " ", count: 5 - seconds.count) + seconds + ".000000] " + line + "\n"
        }.joined()
    }
}
