/// Where and why a text is not JSON.
package struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// 1-based line and column (in bytes) of the first byte that does not fit.
    package let line: Int
    package let column: Int
    /// What was expected there.
    package let expected: String
    package var description: String { "line \(line), column \(column): expected \(expected)" }
}

extension JSONValue {
    /// Reads one JSON value with nothing but white space around it.
    ///
    /// - Parameters:
    ///   - text: UTF-8; a byte order mark is skipped.
    ///   - lenientControls: accept raw control characters inside strings, which old Junos releases print.
    /// - Throws: `JSONSyntaxError` at the first byte that does not fit, also past 512 levels of nesting.
    package init(parsing text: some StringProtocol, lenientControls: Bool = false) throws(JSONSyntaxError) {
        try self.init(parsing: Array(text.utf8), lenientControls: lenientControls)
    }

    /// The same from bytes; bytes that are not UTF-8 inside strings become U+FFFD.
    package init(parsing bytes: [UInt8], lenientControls: Bool = false) throws(JSONSyntaxError) {
        var reader = JSONReader(bytes: bytes, lenientControls: lenientControls)
        self = try reader.readDocument()
    }
}

private struct JSONReader {
    let bytes: [UInt8]
    let lenientControls: Bool
    var index = 0

    init(bytes: [UInt8], lenientControls: Bool) {
        self.bytes = bytes
        self.lenientControls = lenientControls
    }

    mutating func readDocument() throws(JSONSyntaxError) -> JSONValue {
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { index = 3 }
        let value = try readValue(depth: 0)
        skipBlanks()
        guard index == bytes.count else { throw unexpected("the end of the text") }
        return value
    }

    private func unexpected(_ expected: String) -> JSONSyntaxError {
        let before = bytes[..<min(index, bytes.count)]
        let line = before.reduce(1) { $0 + ($1 == 0x0a ? 1 : 0) }
        let lineStart = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
        return JSONSyntaxError(line: line, column: index - lineStart + 1, expected: expected)
    }

    private mutating func skipBlanks() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0a, 0x0d: index += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func readValue(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        guard depth < 512 else { throw unexpected("at most 512 levels of nesting") }
        skipBlanks()
        guard index < bytes.count else { throw unexpected("a value") }
        switch bytes[index] {
        case 0x7b: return try readObject(depth: depth)
        case 0x5b: return try readArray(depth: depth)
        case 0x22: return .string(try readString())
        case 0x74: return try readWord("true", .bool(true))
        case 0x66: return try readWord("false", .bool(false))
        case 0x6e: return try readWord("null", .null)
        case 0x2d, 0x30...0x39: return try readNumber()
        default: throw unexpected("a value")
        }
    }

    private mutating func readWord(_ word: String, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        let expected = Array(word.utf8)
        guard bytes[index...].starts(with: expected) else { throw unexpected("'\(word)'") }
        index += expected.count
        return value
    }

    private mutating func readNumber() throws(JSONSyntaxError) -> JSONValue {
        let start = index
        _ = take(0x2d)
        if !take(0x30) { try readDigits() }
        if take(0x2e) { try readDigits() }
        if take(0x65) || take(0x45) {
            if !take(0x2b) { _ = take(0x2d) }
            try readDigits()
        }
        return .number(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private mutating func readDigits() throws(JSONSyntaxError) {
        let start = index
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
        guard index > start else { throw unexpected("a digit") }
    }

    private mutating func readArray(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        index += 1
        var elements: [JSONValue] = []
        skipBlanks()
        if take(0x5d) { return .array([]) }
        while true {
            elements.append(try readValue(depth: depth + 1))
            skipBlanks()
            if take(0x5d) { return .array(elements) }
            guard take(0x2c) else { throw unexpected("',' or ']'") }
        }
    }

    private mutating func readObject(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        index += 1
        var members: [JSONValue.Member] = []
        skipBlanks()
        if take(0x7d) { return .object([]) }
        while true {
            skipBlanks()
            guard index < bytes.count, bytes[index] == 0x22 else { throw unexpected("a key in quotes") }
            let key = try readString()
            skipBlanks()
            guard take(0x3a) else { throw unexpected("':'") }
            members.append(.init(key, try readValue(depth: depth + 1)))
            skipBlanks()
            if take(0x7d) { return .object(members) }
            guard take(0x2c) else { throw unexpected("',' or '}'") }
        }
    }

    private mutating func readString() throws(JSONSyntaxError) -> String {
        index += 1
        let start = index
        while index < bytes.count, bytes[index] != 0x22, bytes[index] != 0x5c, bytes[index] >= 0x20 { index += 1 }
        if index < bytes.count, bytes[index] == 0x22 {
            index += 1
            return String(decoding: bytes[start..<index - 1], as: UTF8.self)
        }
        var collected = Array(bytes[start..<index])
        while true {
            guard index < bytes.count else { throw unexpected("the closing '\"' of a string") }
            let byte = bytes[index]
            switch byte {
            case 0x22:
                index += 1
                return String(decoding: collected, as: UTF8.self)
            case 0x5c:
                index += 1
                collected += Array(String(try readEscape()).utf8)
            case 0..<0x20 where !lenientControls:
                throw unexpected("no raw control character in a string")
            default:
                collected.append(byte)
                index += 1
            }
        }
    }

    private mutating func readEscape() throws(JSONSyntaxError) -> Character {
        guard index < bytes.count else { throw unexpected("an escape") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case 0x22: return "\""
        case 0x5c: return "\\"
        case 0x2f: return "/"
        case 0x62: return "\u{8}"
        case 0x66: return "\u{c}"
        case 0x6e: return "\n"
        case 0x72: return "\r"
        case 0x74: return "\t"
        case 0x75: return try readUnicodeEscape()
        default:
            index -= 1
            throw unexpected("one of \" \\ / b f n r t u after '\\'")
        }
    }

    private mutating func readUnicodeEscape() throws(JSONSyntaxError) -> Character {
        let high = try readHexQuad()
        if (0xd800..<0xdc00).contains(high), bytes[index...].starts(with: [0x5c, 0x75]) {
            let mark = index
            index += 2
            let low = try readHexQuad()
            if (0xdc00..<0xe000).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00))
            {
                return Character(scalar)
            }
            index = mark
        }
        // A lone surrogate is no character; U+FFFD says that something was there.
        return Character(Unicode.Scalar(high) ?? "\u{fffd}")
    }

    private mutating func readHexQuad() throws(JSONSyntaxError) -> UInt32 {
        guard index + 4 <= bytes.count,
            bytes[index..<index + 4].allSatisfy({ byte in
                (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || (0x41...0x46).contains(byte)
            }), let value = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw unexpected("four hexadecimal digits") }
        index += 4
        return value
    }
}
