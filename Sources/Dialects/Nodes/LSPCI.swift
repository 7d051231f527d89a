package import Facts

/// `lspci`: the blocks of `-vmm`, and the lines of no option, `-n`, `-nn` and their `-k` and `-v`.
package enum LSPCI {
    /// One device a block, in the order of the output; the fields as `-vmm` names them.
    ///
    /// An address that is not there prints nothing, with exit status 0: `DialectError.nothingPrinted`.
    /// Without numbers `Device` is vendor and device in words, which no blank parts from one another.
    /// - Source: pciutils `lspci.c` (`show_machine`, `show_terse`, `show_verbose`); the seed; `fixtures/nodes/igb/lspci-*.txt`,
    ///   `fixtures/nodes/virtio`.
    package static func read(_ text: String) throws(DialectError) -> Reading<PCIDevice> {
        let lines = TextLines(text)
        var reader = LSPCIReader()
        for line in lines { reader.read(line) }
        reader.finish()
        var draft = TableDraft<PCIDevice>(expected: "`lspci -vmm` or `lspci -nn`", own: [.lspci])
        draft.rows = reader.devices
        draft.unread = reader.unread
        return try draft.finish(lines, form: reader.isTerse ? "text/nn" : "text/vmm")
    }

    /// Only the network functions: class 02, by number or by name.
    package static func network(_ reading: Reading<PCIDevice>) -> Reading<PCIDevice> {
        let rows = reading.rows.filter { device in
            guard let name = device["Class"] else { return false }
            return name.hasPrefix("02") || name.contains("[02") || name.hasPrefix("Ethernet") || name.hasPrefix("Network")
        }
        return Reading(rows: rows, unread: reading.unread, statedEmpty: reading.statedEmpty, form: reading.form)
    }
}

private struct LSPCIReader {
    private(set) var devices: [PCIDevice] = []
    private(set) var unread: [UnreadLine] = []
    private(set) var isTerse = false
    private var block: [PCIDevice.Field] = []
    private var blockLines: [TextLine] = []

    mutating func read(_ line: TextLine) {
        if line.isBlank { return closeBlock() }
        if let fields = TersePCILine.fields(line.text) {
            closeBlock()
            isTerse = true
            devices.append(PCIDevice(fields: fields))
            return
        }
        if isTerse, line.indent > 0, !devices.isEmpty {
            if let fields = TersePCILine.detail(line.trimmed) {
                devices[devices.count - 1].fields += fields
                return
            }
            // What `-vv` says of a capability stands one tab deeper than the capability.
            if line.text.hasPrefix("\t\t") { return }
        }
        if let field = Self.field(line.trimmed) {
            // A key said twice belongs to the next device, whose first line is missing; only modules may be several.
            if field.key == "Slot" || field.key != "Module" && block.contains(where: { $0.key == field.key }) { closeBlock() }
            block.append(field)
            blockLines.append(line)
            return
        }
        let text = line.trimmed
        let isNoise =
            text.hasPrefix("lspci:") || text.hasPrefix("pcilib:") || SessionNoise.matches(text)
        if !isNoise { unread.append(line.unread) }
    }

    mutating func finish() { closeBlock() }

    /// A block without an address names no device: all of its lines are unread.
    private mutating func closeBlock() {
        guard !block.isEmpty else { return }
        let device = PCIDevice(fields: block)
        if device.address != nil { devices.append(device) } else { unread += blockLines.map(\.unread) }
        block = []
        blockLines = []
    }

    private static let keys: Set<Substring> = [
        "Slot", "Class", "Vendor", "Device", "SVendor", "SDevice", "PhySlot", "Rev", "ProgIf", "Driver", "Module", "NUMANode",
        "DTNode", "IOMMUGroup",
    ]

    /// `Key:<tab>value`; the tab may have become blanks on its way.
    private static func field(_ text: Substring) -> PCIDevice.Field? {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let key = text[..<colon]
        let value = text[text.index(after: colon)...].trimmedBlanks
        guard keys.contains(key), !value.isEmpty else { return nil }
        return PCIDevice.Field(String(key), String(value))
    }
}

/// `01:10.1 Ethernet controller [0200]: Intel Corporation 82576 Virtual Function [8086:10ca] (rev 01)` and, from `-n`,
/// `01:10.1 0200: 8086:10ca (rev 01)`.
private enum TersePCILine {
    static func fields(_ line: Substring) -> [PCIDevice.Field]? {
        let words = line.words
        guard words.count >= 3, line.utf8.first != 0x20, PCIAddress(words[0]) != nil else { return nil }
        var fields = [PCIDevice.Field("Slot", String(words[0]))]
        let rest = line[words[1].startIndex...].trimmedBlanks
        if words[1].utf8.count == 5, words[1].hasSuffix(":"), let ids = pair(words[2]) {
            fields.append(.init("Class", String(words[1].dropLast())))
            fields += [.init("Vendor", ids.0), .init("Device", ids.1)]
        } else {
            guard let colon = rest.range(of: "]: "), let open = rest[..<colon.lowerBound].lastIndex(of: "["),
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
        guard let colon = rest.range(of: ": "), let initial = rest.utf8.first, (0x41...0x5a).contains(initial),
            !rest[..<colon.lowerBound].contains("[") || rest.hasPrefix("Unassigned class [")
        else { return nil }
        let device = rest[colon.upperBound...]
        let name = device[
            ..<(device.range(of: " (rev ") ?? device.range(of: " (prog-if ") ?? device.endIndex..<device.endIndex).lowerBound]
        guard !name.isEmpty, device.filter({ $0 == "(" }).count == device.filter({ $0 == ")" }).count else { return nil }
        return fields + [.init("Class", String(rest[..<colon.lowerBound])), .init("Device", String(name))] + revision(rest)
    }

    private static func revision(_ rest: Substring) -> [PCIDevice.Field] {
        guard let open = rest.range(of: "(rev "), let close = rest[open.upperBound...].firstIndex(of: ")") else { return [] }
        return [.init("Rev", String(rest[open.upperBound..<close]))]
    }

    /// What stands first on a line of `-v` that says nothing of interest here.
    private static let verbose = [
        "Flags: ", "DeviceName: ", "Physical Slot: ", "Memory at ", "I/O ports at ", "Expansion ROM at ", "Capabilities: ",
        "Control: ", "Status: ", "Latency: ", "Latency", "Interrupt: ", "NUMA node: ", "IOMMU group: ", "Region ", "Bus: ",
        "I/O behind bridge: ", "Memory behind bridge: ", "Prefetchable memory behind bridge: ", "[virtual] ", "BIST result: ",
        "Secondary status: ", "BridgeCtl: ", "Cache Line Size: ",
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

extension Substring {
    /// Where this text stands; nil when it does not.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
