/// How Junos writes the interface of a row: always with its unit, so that a cut name (`ge-0/0/1` of `ge-0/0/19.0`) is
/// told from a whole one.
enum JunosInterface {
    /// True for `ge-0/0/9.0`, `xe-0/0/51:0.0`, `ae3.0`, `vtep.32769`, `irb.201`.
    static func isLogical(_ word: Substring) -> Bool {
        let bytes = word.utf8
        guard let dot = bytes.lastIndex(of: 0x2e), let first = bytes.first, isLetter(first) || first == 0x2e else { return false }
        let unit = bytes[bytes.index(after: dot)...]
        guard (1...10).contains(unit.count), unit.allSatisfy({ (0x30...0x39).contains($0) }),
            unit.count == 1 || unit.first != 0x30
        else { return false }
        return bytes[..<dot].allSatisfy(isNameByte) && hasWholeBase(bytes[..<dot])
    }

    /// True for a port or pseudo interface without a unit: `ge-0/0/9`, `ae3`, `vlan`, `me0`.
    static func isPhysical(_ word: Substring) -> Bool {
        let bytes = word.utf8
        guard let first = bytes.first, isLetter(first), bytes.allSatisfy(isNameByte) else { return false }
        return hasWholeBase(Substring(word).utf8[...])
    }

    /// `ge-0/` is no port: a dash must be followed by numbers with slashes between.
    private static func hasWholeBase(_ bytes: Substring.UTF8View) -> Bool {
        guard let last = bytes.last else { return false }
        return last != 0x2f && last != 0x2d && last != 0x3a
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte) }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || (0x30...0x39).contains(byte) || byte == 0x2d || byte == 0x2f || byte == 0x3a || byte == 0x2e
            || byte == 0x5f
    }
}
