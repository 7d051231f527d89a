internal import Facts

/// Recognises MAC addresses, whole or in pieces, among the bytes of a line, without making strings.
enum MACWord {
    /// The address that a whole word is, in one of these notations only; nil for anything else.
    static func read(_ word: Substring, _ notations: Notation) -> MACAddress? {
        let count = word.utf8.count
        if count == 17, notations.contains(.sixPairs) { return packed(word, groups: 6, digits: 2, separators: [0x3a, 0x2d]) }
        if count == 14, notations.contains(.threeQuads) { return packed(word, groups: 3, digits: 4, separators: [0x2e, 0x2d]) }
        if notations.contains(.loose), (11...17).contains(count) || count == 12 { return MACAddress(word) }
        return nil
    }

    struct Notation: OptionSet, Sendable {
        let rawValue: Int
        /// `aa:bb:cc:dd:ee:ff`, `aa-bb-cc-dd-ee-ff`
        static let sixPairs = Notation(rawValue: 1)
        /// `aabb.ccdd.eeff`, `aabb-ccdd-eeff`
        static let threeQuads = Notation(rawValue: 2)
        /// Whatever `MACAddress` reads.
        static let loose = Notation(rawValue: 4)
        static let any: Notation = [.sixPairs, .threeQuads]
    }

    private static func packed(_ word: Substring, groups: Int, digits: Int, separators: [UInt8]) -> MACAddress? {
        var value: UInt64 = 0
        var position = 0
        var separator: UInt8 = 0
        for byte in word.utf8 {
            if position % (digits + 1) == digits {
                if separator == 0 {
                    guard separators.contains(byte) else { return nil }
                    separator = byte
                } else if byte != separator {
                    return nil
                }
            } else {
                guard let digit = hex(byte) else { return nil }
                value = value << 4 | UInt64(digit)
            }
            position += 1
        }
        return MACAddress(bits: value)
    }

    static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x61...0x66: byte - 0x61 + 10
        case 0x41...0x46: byte - 0x41 + 10
        default: nil
        }
    }

    /// True when one of the line's words is an address.
    static func isWhole(in line: Substring) -> Bool {
        line.utf8.count >= 14 && line.words.contains { read($0, .any) != nil }
    }

    /// True when the line holds an address or a good part of one (`56:7f:f1`, `567f.f15`): a wrapped or cut row. A time
    /// (`12:30:45`) is none.
    static func occurs(in line: Substring) -> Bool { occurs(in: line.utf8) }

    static func occurs(in bytes: some Sequence<UInt8>) -> Bool {
        var piece = Piece()
        for byte in bytes where piece.takes(byte) { return true }
        return false
    }

    /// How much of an address the last bytes were.
    private struct Piece {
        var run = 0
        var groups = 0
        var separator: UInt8 = 0
        var hasLetter = false

        /// Takes one more byte; true when it is enough to call it a piece of an address.
        mutating func takes(_ byte: UInt8) -> Bool {
            if hex(byte) != nil {
                run += 1
                if byte > 0x39 { hasLetter = true }
                if separator == 0x2e { return groups >= 1 && run >= 2 && (groups >= 2 || hasLetter) }
                return groups >= 3 || groups == 2 && hasLetter
            }
            guard byte == 0x3a || byte == 0x2d || byte == 0x2e else {
                self = Piece()
                return false
            }
            let fits = byte == 0x2e ? run == 4 : run == 2
            if fits, separator == 0 || separator == byte {
                groups += 1
            } else {
                groups = fits ? 1 : 0
                hasLetter = false
            }
            separator = fits ? byte : 0
            run = 0
            return false
        }
    }
}
