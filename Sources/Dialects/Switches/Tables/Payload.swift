internal import Facts

/// What an output holds between the echo, the prompts and the banners: XML, JSON, or lines of text.
enum Payload {
    case xml(FieldTree)
    case json(FieldTree)
    case text(TextLines)

    /// - Throws: `DialectError.malformed` for JSON that breaks off or does not decode. Broken XML is read as far as it goes.
    static func find(in text: String) throws(DialectError) -> Payload {
        let lines = TextLines(text)
        for (index, line) in lines.enumerated() {
            let bytes = line.text.utf8
            guard let start = bytes.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
            let second = bytes[start...].dropFirst().first ?? 0x20
            switch bytes[start] {
            case 0x3c where isTagStart(second) && looksLikeXML(lines, from: index):
                let bytes = rest(of: lines, from: index, at: start)
                return holding(XMLFields.read(bytes, firstLine: line.number, outside: telling(lines[..<index])), Payload.xml)
            case 0x7b where isAfterBrace(second) && !isWithinText(lines, at: index),
                0x5b where isAfterBrace(second) && !isWithinText(lines, at: index):
                return holding(try readJSON(lines, from: index, at: start), Payload.json)
            default: break
            }
        }
        return .text(lines)
    }

    /// The tree itself, or the text that it only carries.
    private static func holding(_ tree: FieldTree, _ form: (FieldTree) -> Payload) -> Payload {
        CarriedText.find(in: tree).map { .text(TextLines($0)) } ?? form(tree)
    }

    private static func isTagStart(_ byte: UInt8) -> Bool {
        byte == 0x3f || byte == 0x21 || (0x61...0x7a).contains(byte) || (0x41...0x5a).contains(byte)
    }

    /// `{` of JSON is followed by a blank, a key, or another bracket; that of `{master:0}` by a letter.
    private static func isAfterBrace(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x22, 0x7b, 0x7d, 0x5b, 0x5d: true
        default: false
        }
    }

    /// True for a line of JSON among lines of fields (`Time remaining: 92 seconds`): what a neighbour says of itself over LLDP
    /// may be written so.
    private static func isWithinText(_ lines: TextLines, at index: Int) -> Bool {
        guard let last = lines[index].trimmed.utf8.last, last == 0x7d || last == 0x5d else { return false }
        func hasFields(_ part: some Collection<TextLine>) -> Bool {
            part.count(where: { isField($0) }) >= 2
        }
        return hasFields(lines[(index + 1)...].prefix(8)) && hasFields(lines[..<index].suffix(8))
    }

    /// `Port id: 222`, `System Name - not advertised`
    private static func isField(_ line: TextLine) -> Bool {
        let words = line.words
        guard let first = words.first?.utf8.first, (0x41...0x5a).contains(first) || (0x61...0x7a).contains(first) else {
            return false
        }
        return words.contains { $0 == "-" || $0.hasSuffix(":") && $0.utf8.count > 1 } && words.count > 2
    }

    private static func looksLikeXML(_ lines: TextLines, from index: Int) -> Bool {
        lines[index...].contains { $0.text.utf8.contains(0x3e) }
    }

    private static func rest(of lines: TextLines, from index: Int, at start: Substring.Index) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(lines[index...].reduce(0) { $0 + $1.text.utf8.count + 1 })
        bytes.append(lines[index].text[start...])
        for line in lines[(index + 1)...] {
            bytes.append(0x0a)
            // A log line is left as an empty one, so that line numbers stay.
            if !SyslogLine.matches(line.text) { bytes.append(SessionNoise.strippingPager(line.text)) }
        }
        if lines.endsWithNewline { bytes.append(0x0a) }
        return bytes
    }

    /// Lines outside the value that hold a piece of an address: what is left of a value that lost its beginning or end.
    private static func telling(_ lines: some Sequence<TextLine>) -> [UnreadLine] {
        lines.filter { MACWord.occurs(in: $0.text) && !SessionNoise.matches($0.text) }.map(\.unread)
    }

    private static func readJSON(_ lines: TextLines, from index: Int, at start: Substring.Index) throws(DialectError) -> FieldTree
    {
        var document = rest(of: lines, from: index, at: start)
        if let end = endOfFirstValue(in: document) { document.removeSubrange(end...) }
        let last = index + document.count { $0 == 0x0a }
        let outside = telling(lines[..<index]) + telling(lines[min(last + 1, lines.endIndex)...])
        document = withoutBreaksInStrings(document)
        let firstLine = lines[index].number
        do {
            let value = try JSONValue(parsing: document, lenientControls: true)
            return JSONFields.read(value, length: document.count, firstLine: firstLine, outside: outside)
        } catch {
            // A narrow terminal breaks long lines; without the breaks the value may be whole.
            if let value = joinedValue(document.filter { $0 != 0x0a && $0 != 0x0d }) {
                return JSONFields.read(value, length: document.count, firstLine: firstLine, outside: outside)
            }
            throw .malformed(line: firstLine + error.line - 1, column: error.column, expected: error.expected)
        }
    }

    /// A string cannot hold a line end, so one that does was broken by a narrow terminal.
    private static func withoutBreaksInStrings(_ bytes: [UInt8]) -> [UInt8] {
        var breaks: [Int] = []
        var inString = false
        var escaped = false
        for (offset, byte) in bytes.enumerated() {
            if byte == 0x0a || byte == 0x0d {
                if inString { breaks.append(offset) }
            } else if inString, escaped {
                escaped = false
            } else if inString, byte == 0x5c {
                escaped = true
            } else if byte == 0x22 {
                inString.toggle()
            }
        }
        if breaks.isEmpty { return bytes }
        var whole: [UInt8] = []
        whole.reserveCapacity(bytes.count)
        var start = 0
        for offset in breaks + [bytes.count] {
            whole += bytes[start..<offset]
            start = offset + 1
        }
        return whole
    }

    private static func joinedValue(_ bytes: [UInt8]) -> JSONValue? {
        do { return try JSONValue(parsing: JSONMending.mend(bytes), lenientControls: true) } catch { return nil }
    }

    /// The offset behind the bracket that closes the first one; nil when none does.
    private static func endOfFirstValue(in bytes: [UInt8]) -> Int? {
        var depth = 0
        var inString = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if inString {
                if byte == 0x5c { index += 1 } else if byte == 0x22 { inString = false }
            } else if byte == 0x22 {
                inString = true
            } else if byte == 0x7b || byte == 0x5b {
                depth += 1
            } else if byte == 0x7d || byte == 0x5d {
                depth -= 1
                if depth == 0 { return index + 1 }
            }
            index += 1
        }
        return nil
    }
}
