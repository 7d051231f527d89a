/// An Ethernet MAC address of 48 bits, in the one notation Plumbline prints: `aa:bb:cc:dd:ee:ff`.
///
/// - Source: IEEE 802; the spellings read are those of the switches and nodes we know (Linux, Junos and IOS-like).
package struct MACAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The six octets in the low 48 bits, the first octet highest.
    package let bits: UInt64

    package init(bits: UInt64) { self.bits = bits & 0xffff_ffff_ffff }

    /// Reads `aa:bb:cc:dd:ee:ff`, upper case, `a:b:c:d:e:f`, `aa-bb-…`, `aabb.ccdd.eeff`, `aabb-ccdd-eeff` and
    /// `aabbccddeeff`. `nil` for anything else, a multi-byte InfiniBand address included.
    package init?(_ text: some StringProtocol) {
        guard (11...17).contains(text.utf8.count) else { return nil }
        var groups = Groups()
        var separator: UInt8?
        for byte in Array(text.utf8) {
            if let digit = Self.hexDigit(byte) {
                groups.take(digit)
            } else if byte == 0x3a || byte == 0x2d || byte == 0x2e {
                guard groups.digits > 0, separator == nil || separator == byte else { return nil }
                separator = byte
                groups.end()
            } else {
                return nil
            }
        }
        guard groups.digits > 0 else { return nil }
        groups.end()
        switch groups.count {
        case 6 where groups.longest <= 2 && separator != 0x2e: bits = groups.asPairs
        case 3 where groups.shortest == 4 && groups.longest == 4 && separator != 0x3a: bits = groups.asQuads
        case 1 where groups.longest == 12: bits = groups.last
        default: return nil
        }
    }

    /// The groups of digits read so far, and what they come to if each is of two digits, or of four.
    private struct Groups {
        var count = 0
        var digits = 0
        var shortest = 17
        var longest = 0
        var asPairs: UInt64 = 0
        var asQuads: UInt64 = 0
        var last: UInt64 = 0
        private var value: UInt64 = 0

        mutating func take(_ digit: UInt8) {
            value = value << 4 | UInt64(digit)
            digits += 1
        }

        mutating func end() {
            count += 1
            shortest = min(shortest, digits)
            longest = max(longest, digits)
            asPairs = asPairs << 8 | value
            asQuads = asQuads << 16 | value
            last = value
            value = 0
            digits = 0
        }
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x61...0x66: byte - 0x61 + 10
        case 0x41...0x46: byte - 0x41 + 10
        default: nil
        }
    }

    /// The six octets, in the order they are sent.
    package var octets: [UInt8] { (0..<6).map { UInt8(truncatingIfNeeded: bits >> (40 - 8 * UInt64($0))) } }

    /// True for 00:00:00:00:00:00, which several PF drivers print while no administrative MAC is set.
    package var isZero: Bool { bits == 0 }

    /// True for group addresses (multicast and broadcast), which no VF can own.
    package var isGroup: Bool { bits & 0x0100_0000_0000 != 0 }

    package var description: String {
        var text: [UInt8] = []
        text.reserveCapacity(17)
        for shift in stride(from: UInt64(44), through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: bits >> shift & 15)
            text.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
            if shift % 8 == 0, shift > 0 { text.append(0x3a) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    package static func < (left: MACAddress, right: MACAddress) -> Bool { left.bits < right.bits }
}
