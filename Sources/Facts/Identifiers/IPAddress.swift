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
        if text.contains(":") {
            guard let octets = Self.readIPv6(text) else { return nil }
            self.octets = octets
        } else {
            guard let octets = Self.readIPv4(text) else { return nil }
            self.octets = octets
        }
    }

    private static func readIPv4(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var octets: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                part.utf8.count == 1 || part.utf8.first != 0x30, let octet = UInt8(part)
            else { return nil }
            octets.append(octet)
        }
        return octets
    }

    private static func readIPv6(_ text: some StringProtocol) -> [UInt8]? {
        let characters = Array(text)
        var halves: [[Character]] = [[]]
        var index = 0
        while index < characters.count {
            if characters[index] == ":", index + 1 < characters.count, characters[index + 1] == ":" {
                guard halves.count == 1 else { return nil }
                halves.append([])
                index += 2
            } else {
                halves[halves.count - 1].append(characters[index])
                index += 1
            }
        }
        guard let head = readGroups(String(halves[0])) else { return nil }
        guard halves.count == 2 else { return head.count == 16 ? head : nil }
        guard let tail = readGroups(String(halves[1])), head.count + tail.count <= 14 else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func readGroups(_ text: String) -> [UInt8]? {
        if text.isEmpty { return [] }
        var octets: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains(".") {
                guard let dotted = readIPv4(part) else { return nil }
                octets += dotted
            } else {
                guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy({ $0 != 0x2b && $0 != 0x2d }),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                octets += [UInt8(group >> 8), UInt8(group & 0xff)]
            }
        }
        return octets
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
