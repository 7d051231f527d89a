/// Decides what a plain scalar means by its letters alone.
struct ScalarSpelling {
    let text: String

    init(_ text: String) { self.text = text }

    var meaning: DocumentScalar.Meaning {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        case "yes", "Yes", "YES", "on", "On", "ON", "y", "Y": return .ambiguous(.bool(true))
        case "no", "No", "NO", "off", "Off", "OFF", "n", "N": return .ambiguous(.bool(false))
        case ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "-.inf": return .number(text)
        default: return numeric
        }
    }

    private var numeric: DocumentScalar.Meaning {
        let bytes = Array(text.utf8)
        var digits = bytes[...]
        if let sign = digits.first, sign == 0x2b || sign == 0x2d { digits = digits.dropFirst() }
        guard let first = digits.first, Self.isDigit(first) || first == 0x2e else { return .string }
        if digits.allSatisfy(Self.isDigit) {
            if first == 0x30, digits.count > 1 { return .ambiguous(.octal) }
            return Int(text).map { .integer($0) } ?? .number(text)
        }
        if Self.isPrefixed(digits) || Self.isFloat(digits) { return .number(text) }
        return Self.isSexagesimal(digits) ? .ambiguous(.sexagesimal) : .string
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// `0x1f`, `0o17`, `0b101`.
    private static func isPrefixed(_ digits: ArraySlice<UInt8>) -> Bool {
        guard digits.count > 2, digits.first == 0x30 else { return false }
        let letter = digits[digits.startIndex + 1]
        return digits.dropFirst(2).allSatisfy { byte in
            switch letter {
            case 0x78: isDigit(byte) || (0x61...0x66).contains(byte | 0x20)
            case 0x6f: (0x30...0x37).contains(byte)
            case 0x62: byte == 0x30 || byte == 0x31
            default: false
            }
        }
    }

    private static func isFloat(_ digits: ArraySlice<UInt8>) -> Bool {
        var rest = digits.drop(while: isDigit)
        var count = digits.count - rest.count
        if rest.first == 0x2e {
            let fraction = rest.dropFirst().drop(while: isDigit)
            count += rest.count - 1 - fraction.count
            rest = fraction
        }
        guard count > 0 else { return false }
        guard let letter = rest.first else { return true }
        guard letter | 0x20 == 0x65 else { return false }
        var exponent = rest.dropFirst()
        if let sign = exponent.first, sign == 0x2b || sign == 0x2d { exponent = exponent.dropFirst() }
        return !exponent.isEmpty && exponent.allSatisfy(isDigit)
    }

    /// `1:30`, `12:30:45`: groups after the first below 60. A MAC has other groups or letters.
    private static func isSexagesimal(_ digits: ArraySlice<UInt8>) -> Bool {
        let groups = digits.split(separator: 0x3a, omittingEmptySubsequences: false)
        guard groups.count > 1, let head = groups.first, !head.isEmpty, head.allSatisfy(isDigit) else { return false }
        return groups.dropFirst().allSatisfy { group in
            (1...2).contains(group.count) && group.allSatisfy(isDigit) && (group.count == 1 || group.first! < 0x36)
        }
    }
}
