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
        var groups: [(value: UInt64, digits: Int)] = []
        var value: UInt64 = 0
        var digits = 0
        var separator: UInt8?
        for byte in text.utf8 {
            if let digit = Self.hexDigit(byte) {
                guard digits < 12 else { return nil }
                value = value << 4 | UInt64(digit)
                digits += 1
            } else if byte == 0x3a || byte == 0x2d || byte == 0x2e {
                guard digits > 0, separator == nil || separator == byte else { return nil }
                separator = byte
                groups.append((value, digits))
                guard groups.count < 6 else { return nil }
                value = 0
                digits = 0
            } else {
                return nil
            }
        }
        guard digits > 0 else { return nil }
        groups.append((value, digits))
        let widths = groups.map(\.digits)
        let bitsPerGroup: UInt64
        switch groups.count {
        case 6 where widths.allSatisfy { $0 <= 2 } && separator != 0x2e: bitsPerGroup = 8
        case 3 where widths.allSatisfy { $0 == 4 } && separator != 0x3a: bitsPerGroup = 16
        case 1 where widths == [12]: bitsPerGroup = 48
        default: return nil
        }
        bits = groups.reduce(0) { $0 << (bitsPerGroup == 48 ? 0 : bitsPerGroup) | $1.value }
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
        let digits = Array("0123456789abcdef")
        var text = ""
        text.reserveCapacity(17)
        for (index, octet) in octets.enumerated() {
            if index > 0 { text.append(":") }
            text.append(digits[Int(octet >> 4)])
            text.append(digits[Int(octet & 15)])
        }
        return text
    }

    package static func < (left: MACAddress, right: MACAddress) -> Bool { left.bits < right.bits }
}
