package import Facts

/// PFs and VFs from the files and links below `/sys/class/net/PF`.
///
/// - Source: kernel `drivers/pci/iov.c` (`virtfnN`, `sriov_*`), `net/core/net-sysfs.c` (`carrier` cannot be read while the
///   interface is down); GNU `grep -Hs ''` prints `PATH:LINE`, `ls -ld` one line a path; `fixtures/nodes/igb/ls-*.txt`.
package enum SysfsFiles {
    /// Below `/sys/class/net/PF`.
    static let physicalFunctionFiles = [
        "operstate", "carrier", "mtu", "address", "device/vendor", "device/device", "device/sriov_numvfs",
        "device/sriov_totalvfs",
    ]

    /// The PF, or absent when the node said that there is no such interface.
    ///
    /// - Parameters:
    ///   - files: answer to `NodeCommands.physicalFunctionFiles`; files that are not there are silently left out.
    ///   - links: answer to `NodeCommands.physicalFunctionLinks`.
    /// - Throws: `DialectError` when the answers say neither.
    package static func physicalFunction(
        _ pf: InterfaceName, files: CommandOutput, links: CommandOutput
    ) throws(DialectError) -> Lookup<PhysicalFunction> {
        let folder = "/sys/class/net/\(pf)"
        let values = try FileValues(files)
        let entries = try FileListing(links)
        guard entries.contains(folder) || !values.isEmpty else {
            if links.saysMissing(folder) { return .absent(hint: "\(folder) does not exist") }
            throw links.problem ?? files.problem ?? .nothingPrinted(expected: "the files of \(folder)")
        }
        var function = PhysicalFunction(interface: pf)
        function.pciAddress = entries.linkName("\(folder)/device").flatMap { PCIAddress($0) }
        function.driver = entries.linkName("\(folder)/device/driver")
        function.vendor = values["\(folder)/device/vendor"].map(hexWithoutPrefix)
        function.device = values["\(folder)/device/device"].map(hexWithoutPrefix)
        function.mac = values["\(folder)/address"].flatMap { MACAddress(linux: $0) }
        function.mtuBytes = values["\(folder)/mtu"].flatMap { Int($0) }
        function.operState = values["\(folder)/operstate"]
        function.carrier = values["\(folder)/carrier"].map { $0 == "1" }
        function.numVFs = values["\(folder)/device/sriov_numvfs"].flatMap { Int($0) }
        function.totalVFs = values["\(folder)/device/sriov_totalvfs"].flatMap { Int($0) }
        return .present(function)
    }

    /// The VFs of a PF by number; empty when the PF's function is there and has none.
    ///
    /// - Parameters:
    ///   - links: answer to `NodeCommands.vfLinks`. A shell leaves a glob that matches nothing as it is, so `ls` says that
    ///     `virtfn*` does not exist where there are no VFs.
    ///   - files: answer to `NodeCommands.vfFiles`.
    /// - Throws: `DialectError.noSuchSubject` when there is no such PF, or it is no PCI function.
    package static func vfDevices(
        _ pf: InterfaceName, links: CommandOutput, files: CommandOutput
    ) throws(DialectError) -> [VFDevice] {
        let device = "/sys/class/net/\(pf)/device"
        let entries = try FileListing(links)
        guard entries.contains(device) else {
            if links.saysMissing(device) { throw .noSuchSubject("\(device): No such file or directory") }
            throw links.problem ?? .nothingPrinted(expected: "the links of \(device)")
        }
        let values = try FileValues(files)
        var devices: [VFDevice] = []
        for entry in entries.all where entry.path.hasPrefix("\(device)/virtfn") {
            let rest = entry.path.dropFirst("\(device)/virtfn".utf8.count)
            guard let index = rest.decimal else { continue }
            guard let target = entry.target, let address = PCIAddress(FileListing.lastPart(target)) else {
                throw .incomplete(expected: "the PCI address behind \(entry.path)", saw: entry.target ?? "no link")
            }
            var vf = VFDevice(index: index, pciAddress: address)
            vf.driver = entries.linkName("\(entry.path)/driver")
            vf.vendor = values["\(entry.path)/vendor"].map(hexWithoutPrefix)
            vf.device = values["\(entry.path)/device"].map(hexWithoutPrefix)
            vf.netdevs = entries.names(in: "\(entry.path)/net").map { InterfaceName($0) }
            devices.append(vf)
        }
        return devices.sorted { $0.index < $1.index }
    }

    /// `0x8086` as `8086`.
    private static func hexWithoutPrefix(_ text: String) -> String {
        text.hasPrefix("0x") ? String(text.dropFirst(2)) : text
    }
}
