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

    /// - Parameter output: answer to `PodCommands.deviceEvent`, one `KEY=value` a line with `PCI_SLOT_NAME=0000:01:10.3`. An interface
    ///   without a device has no such file.
    /// - Throws: `DialectError` when the program is not there or said something else.
    package static func read(event output: CommandOutput, interface: InterfaceName) throws(DialectError) -> Lookup<PCIAddress> {
        let path = "/sys/class/net/\(interface)/device/uevent"
        let lines = output.lines
        if lines.isEmpty {
            if output.saysMissing(path) { return .absent(hint: "\(path) does not exist") }
            throw output.problem ?? .nothingPrinted(expected: path)
        }
        let key = "PCI_SLOT_NAME="
        if let line = lines.first(where: { $0.trimmed.hasPrefix(key) }),
            let address = PCIAddress(line.trimmed.dropFirst(key.count))
        {
            return .present(address)
        }
        guard lines.allSatisfy({ $0.trimmed.contains("=") }) else {
            throw output.problem ?? .notThisTable(expected: path, line: lines[0].number, text: String(lines[0].trimmed))
        }
        return .absent(hint: "\(interface) has no PCI function behind it: \(lines[0].trimmed)")
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
