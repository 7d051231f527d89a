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
    /// How far in the details of the device above begin; what is further in is the more of a detail.
    private var detailIndent = 0

    mutating func read(_ line: TextLine) {
        if line.isBlank { return closeBlock() }
        if let fields = TersePCILine.fields(line.text) ?? QuotedPCILine.fields(line.text) {
            closeBlock()
            isTerse = true
            detailIndent = 0
            devices.append(PCIDevice(fields: fields))
            return
        }
        if isTerse, line.indent > 0, !devices.isEmpty {
            if let fields = TersePCILine.detail(line.trimmed) {
                devices[devices.count - 1].fields += fields
                if detailIndent == 0 { detailIndent = line.indent }
                return
            }
            // What `-vv` says of a capability stands one tab deeper than the capability; in a paste the tabs are blanks.
            if line.text.hasPrefix("\t\t") || detailIndent > 0 && line.indent > detailIndent { return }
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
