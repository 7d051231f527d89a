internal import Facts

/// One line of `lspci -mm`: `3b:02.0 "Ethernet controller" "Intel Corporation" "Ethernet Virtual Function 700 Series" -r02 "" ""`.
/// The fields are those of `-vmm`.
///
/// - Source: pciutils `lspci.c` (`show_machine`); `fixtures/nodes/virtio/lspci-mm.txt`.
enum QuotedPCILine {
    static func fields(_ line: Substring) -> [PCIDevice.Field]? {
        guard let blank = line.firstIndex(of: " "), PCIAddress(line[..<blank]) != nil, let parts = parts(line[blank...]) else {
            return nil
        }
        let quoted = parts.filter(\.isQuoted).map(\.text)
        // Class, vendor, device, and the vendor and device of the subsystem, which may be empty but are always there.
        guard quoted.count == 5, quoted[..<3].allSatisfy({ !$0.isEmpty }) else { return nil }
        var fields = [PCIDevice.Field("Slot", String(line[..<blank]))]
        fields += zip(["Class", "Vendor", "Device", "SVendor", "SDevice"], quoted)
            .filter { !$0.1.isEmpty }.map { .init($0.0, String($0.1)) }
        for part in parts where !part.isQuoted {
            switch part.text.prefix(2) {
            case "-r": fields.append(.init("Rev", String(part.text.dropFirst(2))))
            case "-p": fields.append(.init("ProgIf", String(part.text.dropFirst(2))))
            default: return nil
            }
        }
        return fields
    }

    /// The quoted and bare words; nil where a quote is not closed. A quote within a name is printed with a backslash before it.
    private static func parts(_ text: Substring) -> [(text: Substring, isQuoted: Bool)]? {
        var parts: [(text: Substring, isQuoted: Bool)] = []
        var rest = text.trimmedBlanks
        while let first = rest.utf8.first {
            if first == 0x22 {
                let inner = rest.dropFirst()
                var end = inner.startIndex
                while end < inner.endIndex, inner[end] != "\"" {
                    end = inner.index(end, offsetBy: inner[end] == "\\" ? 2 : 1, limitedBy: inner.endIndex) ?? inner.endIndex
                }
                guard end < inner.endIndex else { return nil }
                parts.append((inner[..<end], true))
                rest = inner[inner.index(after: end)...].trimmedBlanks
            } else {
                let word = rest.prefix { $0 != " " }
                parts.append((word, false))
                rest = rest[word.endIndex...].trimmedBlanks
            }
        }
        return parts
    }
}
