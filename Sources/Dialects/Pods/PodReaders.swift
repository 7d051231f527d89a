package import Facts

/// The PCI function behind a pod's interface.
package enum PodDeviceLink {
    /// - Parameter output: answer to `PodCommands.deviceLink`: `/sys/devices/pci0000:00/…/0000:01:10.3`. Where the interface
    ///   is not there `readlink -f` prints nothing, or (GNU) the path itself; where it has no device, the path itself.
    /// - Throws: `DialectError` when the program is not there or said something else.
    package static func read(_ output: CommandOutput, interface: InterfaceName) throws(DialectError) -> Lookup<PCIAddress> {
        if let problem = output.problem { throw problem }
        guard let line = output.lines.first?.trimmed else {
            return .absent(hint: "/sys/class/net/\(interface)/device does not resolve")
        }
        guard line.hasPrefix("/") else {
            throw .notThisTable(expected: "the path behind /sys/class/net/\(interface)/device", line: 1, text: String(line))
        }
        guard let address = PCIAddress(FileListing.lastPart(String(line))) else {
            return .absent(hint: "\(interface) has no PCI function behind it: \(line)")
        }
        return .present(address)
    }
}

/// The PCI addresses that the device plugin put into a container's environment.
package enum PodEnvironment {
    /// - Parameter output: answer to `PodCommands.environment`: addresses joined by commas; `printenv` prints nothing and
    ///   exits 1 where the variable is not set.
    /// - Throws: `DialectError` when the program is not there, or a value is no PCI address.
    package static func read(_ output: CommandOutput, resource: ResourceName) throws(DialectError) -> Lookup<[PCIAddress]> {
        if let problem = output.problem { throw problem }
        guard let line = output.lines.first?.trimmed else {
            return .absent(hint: "\(resource.environmentVariable) is not set")
        }
        var addresses: [PCIAddress] = []
        for part in line.split(separator: ",") {
            guard let address = PCIAddress(part.trimmedBlanks) else {
                throw .incomplete(expected: "PCI addresses in \(resource.environmentVariable)", saw: String(line))
            }
            addresses.append(address)
        }
        return .present(addresses)
    }
}
