internal import Facts

/// JSON values in what people paste of Kubernetes: whole objects as JSON, or a YAML manifest or `kubectl describe` in which an
/// annotation, a ConfigMap's data or a NAD's `config` holds JSON as a block or between quotes.
///
/// It reads no YAML: only the JSON in it, and of the lines around it the few keys that name the object.
struct ManifestText {
    /// One JSON value with the keys that stand before it in the same manifest.
    struct Part {
        let value: JSONValue
        let line: Int
        /// Values of `name:`, `namespace:` and annotation keys that end in a slash and a word, the last of each.
        let keys: [String: String]
        /// The key of the line just before the value; nil when it stands alone.
        let title: String?
    }

    let parts: [Part]
    /// Lines that are neither JSON nor YAML nor prompts.
    let unread: [UnreadLine]

    /// - Throws: `DialectError.malformed` when a JSON value breaks off.
    init(_ lines: TextLines) throws(DialectError) {
        let split = TextLines(lines: lines.flatMap(Self.splitQuoted), endsWithNewline: lines.endsWithNewline)
        let found = try JSONDocuments(split, keepsRules: true)
        var keys: [String: String] = [:]
        var strays = found.stray[...]
        var parts: [Part] = []
        var unread: [UnreadLine] = []
        for document in found.documents {
            var title: String?
            while let stray = strays.first, stray.number <= document.line {
                strays.removeFirst()
                title = Self.note(stray, &keys, &unread)
            }
            parts.append(Part(value: document.value, line: document.line, keys: keys, title: title))
        }
        for stray in strays { _ = Self.note(stray, &keys, &unread) }
        self.parts = parts
        self.unread = unread
    }

    /// Takes a line of YAML: remembers its key and value, and returns the key.
    private static func note(_ line: UnreadLine, _ keys: inout [String: String], _ unread: inout [UnreadLine]) -> String? {
        var text = line.text[...].trimmedBlanks
        if text == "---" { keys = [:] }
        let isItem = text.hasPrefix("- ")
        if isItem { text = text.dropFirst(2).trimmedBlanks }
        // `Annotations:  k8s…/network-status:` of describe has a second key behind the first.
        if text.hasPrefix("Annotations:") { text = text.dropFirst("Annotations:".count).trimmedBlanks }
        guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else {
            // What is left of a quote, a document mark, an item of a list.
            if !isItem, !["---", "'", "\"", "-", "|", "...", "", "Annotations:"].contains(text) { unread.append(line) }
            return nil
        }
        let key = text[..<colon]
        let value = text[text.index(after: colon)...].trimmedBlanks
        guard key.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7b && $0 != 0x5b && $0 != 0x22 && $0 != 0x2c }) else {
            if !isItem { unread.append(line) }
            return nil
        }
        if !value.isEmpty, value != "|", value != "|-" { keys[String(key)] = String(value.unquoted) }
        return String(key)
    }

    /// `config: '{ … }'` and `config: "{\"…\"}"` as two lines: the key, and the JSON.
    private static func splitQuoted(_ line: TextLine) -> [TextLine] {
        // A line of JSON has its keys in quotes.
        guard let first = line.trimmed.first, first.isLetter else { return [line] }
        for (mark, quote) in [(": '", "'"), (": \"", "\"")] {
            guard let start = line.text.firstRange(of: mark) else { continue }
            var rest = line.text[start.upperBound...]
            let inner = rest.trimmedBlanks
            guard let first = inner.utf8.first, first == 0x5b || first == 0x7b else { continue }
            let key = TextLine(number: line.number, text: line.text[..<start.lowerBound] + ":")
            if rest.trimmedBlanks.hasSuffix(quote) { rest = rest.trimmedBlanks.dropLast() }
            if quote == "\"", let unescaped = try? JSONValue(parsing: "\"\(rest)\"").text { rest = Substring(unescaped) }
            return [key] + rest.split(separator: "\n").map { TextLine(number: line.number, text: $0) }
        }
        return [line]
    }
}

extension Substring {
    /// Without the quotes around it, if there are any.
    fileprivate var unquoted: Substring {
        guard count >= 2, let first, first == last, first == "'" || first == "\"" else { return self }
        return dropFirst().dropLast()
    }
}
