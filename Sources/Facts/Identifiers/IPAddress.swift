/// An IPv4 or IPv6 address without a prefix length and without a zone.
///
/// - Source: RFC 791, RFC 4291; IPv6 is printed as RFC 5952 asks.
package struct IPAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Four octets for IPv4, sixteen for IPv6, in network order.
    package let octets: [UInt8]

    package var isIPv4: Bool { octets.count == 4 }

    /// - Parameter octets: four or sixteen; `nil` for any other count.
    package init?(octets: [UInt8]) {
        guard octets.count == 4 || octets.count == 16 else { return nil }
        self.octets = octets
    }

    /// Reads dotted IPv4 (no leading zeros, which some readers take as octal) and IPv6 with `::` and a dotted tail. A zone
    /// (`%eth0`) and a prefix length are refused with `nil`.
    package init?(_ text: some StringProtocol) {
        // The longest is of eight groups, the last two of them dotted.
        guard (2...45).contains(text.utf8.count) else { return nil }
        let bytes = Array(text.utf8)
        guard let octets = bytes.contains(0x3a) ? Self.readIPv6(bytes) : Self.readIPv4(bytes[...]) else { return nil }
        self.octets = octets
    }

    private static func readIPv4(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var octets: [UInt8] = []
        var value = 0
        var digits = 0
        for byte in bytes {
            switch byte {
            case 0x30...0x39:
                guard digits == 0 || value > 0, digits < 3 else { return nil }
                value = value * 10 + Int(byte - 0x30)
                digits += 1
            case 0x2e:
                guard digits > 0, value <= 255, octets.count < 3 else { return nil }
                octets.append(UInt8(value))
                value = 0
                digits = 0
            default: return nil
            }
        }
        guard digits > 0, value <= 255, octets.count == 3 else { return nil }
        return octets + [UInt8(value)]
    }

    private static func readIPv6(_ bytes: [UInt8]) -> [UInt8]? {
        let gaps = bytes.indices.dropLast().filter { bytes[$0] == 0x3a && bytes[$0 + 1] == 0x3a }
        guard let gap = gaps.first else { return readGroups(bytes[...]).flatMap { $0.count == 16 ? $0 : nil } }
        guard gaps.count == 1, let head = readGroups(bytes[..<gap]), let tail = readGroups(bytes[(gap + 2)...]),
            head.count + tail.count <= 14
        else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func readGroups(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        if bytes.isEmpty { return [] }
        var octets: [UInt8] = []
        let parts = bytes.split(separator: 0x3a, omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains(0x2e) {
                guard let dotted = readIPv4(part) else { return nil }
                octets += dotted
            } else {
                guard (1...4).contains(part.count), let group = readHex(part) else { return nil }
                octets += [UInt8(group >> 8), UInt8(group & 0xff)]
            }
        }
        return octets
    }

    private static func readHex(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in digits {
            switch byte {
            case 0x30...0x39: value = value << 4 | Int(byte - 0x30)
            case 0x61...0x66: value = value << 4 | Int(byte - 0x57)
            case 0x41...0x46: value = value << 4 | Int(byte - 0x37)
            default: return nil
            }
        }
        return value
    }

    package var description: String {
        if isIPv4 { return octets.map(String.init).joined(separator: ".") }
        let groups = (0..<8).map { UInt16(octets[2 * $0]) << 8 | UInt16(octets[2 * $0 + 1]) }
        var best = 0..<0
        var start = 0
        while start < 8 {
            var end = start
            while end < 8, groups[end] == 0 { end += 1 }
            if end - start > max(1, best.count) { best = start..<end }
            start = max(end, start + 1)
        }
        let text = { (range: Range<Int>) in groups[range].map { String($0, radix: 16) }.joined(separator: ":") }
        return best.isEmpty ? text(0..<8) : text(0..<best.lowerBound) + "::" + text(best.upperBound..<8)
    }

    package static func < (left: IPAddress, right: IPAddress) -> Bool {
        left.octets.count == right.octets.count
            ? left.octets.lexicographicallyPrecedes(right.octets) : left.octets.count < right.octets.count
    }
}
