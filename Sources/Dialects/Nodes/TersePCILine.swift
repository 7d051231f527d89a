internal import Facts

/// `01:10.1 Ethernet controller [0200]: Intel Corporation 82576 Virtual Function [8086:10ca] (rev 01)` and, from `-n`,
/// `01:10.1 0200: 8086:10ca (rev 01)`.
enum TersePCILine {
    static func fields(_ line: Substring) -> [PCIDevice.Field]? {
        let words = line.words
        guard words.count >= 3, line.utf8.first != 0x20, PCIAddress(words[0]) != nil else { return nil }
        var fields = [PCIDevice.Field("Slot", String(words[0]))]
        let rest = line[words[1].startIndex...].trimmedBlanks
        if words[1].utf8.count == 5, words[1].hasSuffix(":"), let ids = pair(words[2]) {
            fields.append(.init("Class", String(words[1].dropLast())))
            fields += [.init("Vendor", ids.0), .init("Device", ids.1)]
        } else {
            guard let colon = rest.firstRange(of: "]: "), let open = rest[..<colon.lowerBound].lastIndex(of: "["),
                !inBrackets(rest[colon.upperBound...]).compactMap({ pair($0) }).isEmpty
            else { return named(rest, after: fields) }
            fields.append(.init("Class", String(rest[rest.index(after: open)..<colon.lowerBound])))
            // The last brackets with a pair in them; a name may hold brackets of its own (`[AHCI mode]`).
            let brackets = inBrackets(rest[colon.upperBound...])
            guard let ids = brackets.compactMap({ pair($0) }).last else { return nil }
            fields += [.init("Vendor", ids.0), .init("Device", ids.1)]
        }
        return fields + revision(rest)
    }

    /// `Ethernet controller: Red Hat, Inc. Virtio 1.0 network device (rev 01)`, class and device in words.
    private static func named(_ rest: Substring, after fields: [PCIDevice.Field]) -> [PCIDevice.Field]? {
        guard let colon = rest.firstRange(of: ": "), let initial = rest.utf8.first, (0x41...0x5a).contains(initial),
            !rest[..<colon.lowerBound].contains("[") || rest.hasPrefix("Unassigned class [")
        else { return nil }
        let device = rest[colon.upperBound...]
        let name = device[
            ..<(device.firstRange(of: " (rev ") ?? device.firstRange(of: " (prog-if ") ?? device.endIndex..<device.endIndex)
                .lowerBound]
        guard !name.isEmpty, device.filter({ $0 == "(" }).count == device.filter({ $0 == ")" }).count else { return nil }
        return fields + [.init("Class", String(rest[..<colon.lowerBound])), .init("Device", String(name))] + revision(rest)
    }

    private static func revision(_ rest: Substring) -> [PCIDevice.Field] {
        guard let open = rest.firstRange(of: "(rev "), let close = rest[open.upperBound...].firstIndex(of: ")") else { return [] }
        return [.init("Rev", String(rest[open.upperBound..<close]))]
    }

    /// What stands first on a line of `-v` that says nothing of interest here.
    private static let verbose = [
        "Flags: ", "DeviceName: ", "Physical Slot: ", "Memory at ", "I/O ports at ", "Expansion ROM at ", "Capabilities: ",
        "Control: ", "Status: ", "Latency: ", "Latency", "Interrupt: ", "NUMA node: ", "IOMMU group: ", "Region ", "Bus: ",
        "I/O behind bridge: ", "Memory behind bridge: ", "Prefetchable memory behind bridge: ", "[virtual] ", "BIST result: ",
        "Secondary status: ", "BridgeCtl: ", "Cache Line Size: ", "!!! ",
    ]

    /// The indented lines of `-k`.
    static func detail(_ line: Substring) -> [PCIDevice.Field]? {
        if verbose.contains(where: { line.hasPrefix($0) }) { return [] }
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let value = line[line.index(after: colon)...].trimmedBlanks
        guard !value.isEmpty else { return nil }
        switch line[..<colon] {
        case "Kernel driver in use": return [.init("Driver", String(value))]
        case "Kernel modules": return value.split(separator: ",").map { .init("Module", String($0.trimmedBlanks)) }
        case "Subsystem":
            let ids = inBrackets(value).compactMap { pair($0) }
            return ids.last.map { [.init("SVendor", $0.0), .init("SDevice", $0.1)] } ?? []
        default: return nil
        }
    }

    private static func inBrackets(_ text: Substring) -> [Substring] {
        var found: [Substring] = []
        for part in text.split(separator: "[", omittingEmptySubsequences: false).dropFirst() {
            if let close = part.firstIndex(of: "]") { found.append(part[..<close]) }
        }
        return found
    }

    /// `8086:10ca`
    private static func pair(_ text: Substring) -> (String, String)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 4 && UInt16($0, radix: 16) != nil }) else { return nil }
        return (String(parts[0]), String(parts[1]))
    }
}
