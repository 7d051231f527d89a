internal import Facts

/// The JSON values in a captured output, with what stands around them.
struct JSONDocuments {
    struct Document {
        let value: JSONValue
        /// 1-based line where it begins.
        let line: Int
    }

    let documents: [Document]
    /// Lines that are neither JSON nor prompts, log lines or blanks.
    let stray: [UnreadLine]

    /// True when the first line that says anything begins a JSON value.
    static func isJSON(_ lines: TextLines) -> Bool {
        for line in lines where !line.isBlank {
            if startsValue(line.trimmed) { return true }
            if !SessionNoise.matches(line.text) { return false }
        }
        return false
    }

    /// Finds all values.
    ///
    /// - Parameter keepsRules: lines of dashes are stray, as YAML's document marks must be.
    /// - Throws: `DialectError.malformed` when one breaks off or does not decode.
    init(_ lines: TextLines, lenientControls: Bool = false, keepsRules: Bool = false) throws(DialectError) {
        var found: [Document] = []
        var stray: [UnreadLine] = []
        var index = 0
        var rest = lines.first?.text ?? ""
        while index < lines.count {
            let trimmed = rest.trimmedBlanks
            if Self.startsValue(trimmed) {
                let end = try Self.readValue(
                    lines, from: index, first: trimmed, lenientControls: lenientControls, into: &found)
                index = end.index
                rest = end.rest
                continue
            }
            if !trimmed.isEmpty, keepsRules && SessionNoise.isRule(trimmed) || !SessionNoise.matches(trimmed) {
                stray.append(UnreadLine(number: lines[index].number, text: String(trimmed)))
            }
            index += 1
            rest = index < lines.count ? lines[index].text : ""
        }
        documents = found
        self.stray = stray
    }

    /// `[{`, `[]`, `["`, `{"`, `{}` or a bracket alone; not `[root@host ~]#`, `[  1.2] igb` or `{master:0}`.
    private static func startsValue(_ line: Substring) -> Bool {
        guard let first = line.utf8.first, first == 0x5b || first == 0x7b else { return false }
        guard let second = line.utf8.dropFirst().first(where: { $0 != 0x20 && $0 != 0x09 }) else { return true }
        return first == 0x5b ? [0x7b, 0x5d, 0x5b, 0x22].contains(second) : [0x22, 0x7d].contains(second)
    }

    private static func readValue(
        _ lines: TextLines, from start: Int, first: Substring, lenientControls: Bool, into found: inout [Document]
    ) throws(DialectError) -> (index: Int, rest: Substring) {
        var scanner = BracketScanner()
        var parts: [Substring] = []
        var index = start
        var rest: Substring = ""
        while index < lines.count {
            let text = index == start ? first : lines[index].text
            if let end = scanner.end(in: text) {
                parts.append(text[..<end])
                rest = text[end...]
                break
            }
            parts.append(text)
            index += 1
        }
        found.append(Document(value: try decode(parts, at: lines[start].number, lenientControls), line: lines[start].number))
        return rest.isEmpty ? (index + 1, index + 1 < lines.count ? lines[index + 1].text : "") : (index, rest)
    }

    private static func decode(_ parts: [Substring], at line: Int, _ lenientControls: Bool) throws(DialectError) -> JSONValue {
        do {
            return try JSONValue(parsing: parts.joined(separator: "\n"), lenientControls: lenientControls)
        } catch {
            // A terminal may have broken the one long line of `-j` anywhere, inside a word too.
            if parts.count > 1, let whole = try? JSONValue(parsing: parts.joined(), lenientControls: lenientControls) {
                return whole
            }
            throw .malformed(line: error.line + line - 1, column: error.column, expected: error.expected)
        }
    }
}

/// Finds the byte after the bracket that closes a JSON value, over several lines.
private struct BracketScanner {
    private var depth = 0
    private var inString = false
    private var escaped = false

    mutating func end(in text: Substring) -> Substring.Index? {
        var index = text.utf8.startIndex
        while index < text.utf8.endIndex {
            let byte = text.utf8[index]
            index = text.utf8.index(after: index)
            if inString {
                if escaped { escaped = false } else if byte == 0x5c { escaped = true } else if byte == 0x22 { inString = false }
                continue
            }
            switch byte {
            case 0x22: inString = true
            case 0x5b, 0x7b: depth += 1
            case 0x5d, 0x7d:
                depth -= 1
                if depth <= 0 { return index }
            default: break
            }
        }
        return nil
    }
}

extension JSONValue {
    /// A whole number written as a number or as its digits in quotes.
    var looseInt: Int? { int ?? text.flatMap { Int($0) } }

    /// `true`/`false`, or `"on"`/`"off"` as some releases write them.
    var looseBool: Bool? {
        if let bool { return bool }
        switch text {
        case "on": return true
        case "off": return false
        default: return nil
        }
    }

    /// The elements of an array; a value alone is taken as a list of one.
    var listed: [JSONValue] { elements ?? (self == .null ? [] : [self]) }
}
