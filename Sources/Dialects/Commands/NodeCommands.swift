package import Facts

/// The commands for nodes. Interface names and paths are quoted for the shell; the globs are ours and stand unquoted on purpose.
package enum NodeCommands {
    // MARK: Kernel

    package static let kernelCommandLine = DeviceCommand(
        host: .node, text: "cat /proc/cmdline", purpose: "kernel command line")
    package static let iommuGroups = DeviceCommand(
        host: .node, text: "LC_ALL=C ls /sys/kernel/iommu_groups", purpose: "IOMMU groups")
    package static let kernelAndMachine = DeviceCommand(
        host: .node, text: "uname -rm", purpose: "kernel release and machine")
    /// Many kernels show it to root only (`kernel.dmesg_restrict`).
    package static let kernelLog = DeviceCommand(
        host: .node, text: "LC_ALL=C dmesg", privilegedText: "sudo -n dmesg",
        purpose: "kernel log, where something is wrong with the PF or its VFs",
        sideEffects: "none because without options it only prints the log")

    // MARK: PF and VFs

    /// - Throws: `CommandRefusal` when the name is none that Linux accepts for an interface.
    package static func linkJSON(_ pf: InterfaceName) throws(CommandRefusal) -> DeviceCommand {
        DeviceCommand(host: .node, text: "ip -j link show dev \(try word(pf))", purpose: "VF lines of \(pf)")
    }

    /// For iproute2 before 4.14, which has no `-j`.
    package static func linkText(_ pf: InterfaceName) throws(CommandRefusal) -> DeviceCommand {
        DeviceCommand(host: .node, text: "ip link show dev \(try word(pf))", purpose: "VF lines of \(pf)")
    }

    /// All links of the host: the MACs of VF netdevs, which some PF drivers do not show.
    package static let linksJSON = DeviceCommand(host: .node, text: "ip -j link show", purpose: "links of the host")
    package static let linksText = DeviceCommand(host: .node, text: "ip link show", purpose: "links of the host")

    package static func physicalFunctionFiles(_ pf: InterfaceName) throws(CommandRefusal) -> DeviceCommand {
        let folder = try folder(pf)
        let paths = SysfsFiles.physicalFunctionFiles.map { "\(folder)/\($0)" }.joined(separator: " ")
        return DeviceCommand(host: .node, text: "LC_ALL=C grep -Hs '' \(paths)", purpose: "state of \(pf)")
    }

    package static func physicalFunctionLinks(_ pf: InterfaceName) throws(CommandRefusal) -> DeviceCommand {
        let folder = try folder(pf)
        return DeviceCommand(
            host: .node, text: "LC_ALL=C ls -ld \(folder) \(folder)/device \(folder)/device/driver",
            purpose: "PCI function and driver of \(pf)")
    }

    package static func vfLinks(_ pf: InterfaceName) throws(CommandRefusal) -> DeviceCommand {
        let device = try folder(pf) + "/device"
        return DeviceCommand(
            host: .node,
            text: "LC_ALL=C ls -ld \(device) \(device)/virtfn* \(device)/virtfn*/driver \(device)/virtfn*/net/*",
            purpose: "VF functions of \(pf), their drivers and netdevs")
    }

    package static func vfFiles(_ pf: InterfaceName) throws(CommandRefusal) -> DeviceCommand {
        let device = try folder(pf) + "/device"
        return DeviceCommand(
            host: .node, text: "LC_ALL=C grep -Hs '' \(device)/virtfn*/vendor \(device)/virtfn*/device",
            purpose: "vendor and device of the VFs of \(pf)")
    }

    // MARK: Second witnesses

    package static let pciDevices = DeviceCommand(host: .node, text: "lspci -Dvmmkn", purpose: "PCI devices")
    package static let networkHardware = DeviceCommand(
        host: .node, text: "lshw -c network -businfo -quiet", privilegedText: "sudo -n lshw -c network -businfo -quiet",
        purpose: "network hardware")

    // MARK: CNI and kubelet

    package static func cniConfiguration(_ path: String) throws(CommandRefusal) -> DeviceCommand {
        let path = try Self.path(path)
        return DeviceCommand(
            host: .node, text: "LC_ALL=C ls -1 \(path)", privilegedText: "sudo -n ls -1 \(path)",
            purpose: "CNI configuration files")
    }

    package static func cniBinary(_ path: String) throws(CommandRefusal) -> DeviceCommand {
        let path = try Self.path(path)
        return DeviceCommand(
            host: .node, text: "LC_ALL=C ls -lL \(path)", privilegedText: "sudo -n ls -lL \(path)",
            purpose: "mode and size of the CNI binary")
    }

    package static func cniBinaryHeader(_ path: String) throws(CommandRefusal) -> DeviceCommand {
        let path = try Self.path(path)
        return DeviceCommand(
            host: .node, text: "LC_ALL=C od -An -tx1 -N20 \(path)", privilegedText: "sudo -n od -An -tx1 -N20 \(path)",
            purpose: "architecture of the CNI binary")
    }

    /// Its standard input is closed, since a CNI plugin reads it to the end first.
    package static func cniVersion(_ path: String) throws(CommandRefusal) -> DeviceCommand {
        let path = try Self.path(path)
        return DeviceCommand(
            host: .node, text: "CNI_COMMAND=VERSION \(path) </dev/null",
            privilegedText: "sudo -n env CNI_COMMAND=VERSION \(path) </dev/null",
            purpose: "versions that the CNI binary supports",
            sideEffects: "none because the VERSION command of CNI changes nothing")
    }

    package static let kubeletCheckpoint = DeviceCommand(
        host: .node, text: "cat \(KubeletCheckpoint.path)", privilegedText: "sudo -n cat \(KubeletCheckpoint.path)",
        purpose: "which container has which device")

    // MARK: Parts

    /// An interface name as the kernel accepts it: 1…15 bytes, no blank, no `/`; and no `-` first.
    private static func word(_ name: InterfaceName) throws(CommandRefusal) -> String {
        let bytes = name.printed.utf8
        let reason: String? =
            if bytes.isEmpty || bytes.count > 15 {
                "a Linux interface name has 1 to 15 bytes"
            } else if bytes.contains(where: { $0 <= 0x20 || $0 == 0x2f || $0 == 0x7f }) {
                "a Linux interface name has no blank and no '/'"
            } else if bytes.first == 0x2d {
                "it begins with '-' and would be read as an option"
            } else if name.printed == "." || name.printed == ".." {
                "it is a folder's name"
            } else {
                nil
            }
        if let reason { throw CommandRefusal(word: name.printed, purpose: "interface", reason: reason) }
        return ShellQuoted(name.printed).text
    }

    private static func folder(_ pf: InterfaceName) throws(CommandRefusal) -> String { "/sys/class/net/\(try word(pf))" }

    private static func path(_ path: String) throws(CommandRefusal) -> String {
        guard path.hasPrefix("/") else {
            throw CommandRefusal(word: path, purpose: "path", reason: "it is not absolute")
        }
        guard path.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
            throw CommandRefusal(word: path, purpose: "path", reason: "it holds a control character")
        }
        return ShellQuoted(path).text
    }
}
