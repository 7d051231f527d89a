internal import Facts

/// One line of a captured output, cleaned of what a terminal added.
struct TextLine: Hashable, Sendable {
    /// 1-based in the output as captured.
    let number: Int
    /// Without line end, ANSI sequences and overwritten parts; blanks are kept.
    let text: Substring

    /// Without blanks and tabs at both ends.
    var trimmed: Substring { text.trimmedBlanks }
    var words: [Substring] { text.words }
    var isBlank: Bool { text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
    /// Number of blanks and tabs before the first word.
    var indent: Int { text.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count }
    var unread: UnreadLine { UnreadLine(number: number, text: String(text)) }
}

/// The lines of a captured output: LF, CRLF and lone CR ends; ANSI sequences, backspaces and overwriting undone.
struct TextLines: RandomAccessCollection, Sendable {
    let lines: [TextLine]
    /// False when the text breaks off within its last line, as a cut capture does (and many a paste).
    let endsWithNewline: Bool

    init(_ text: String) {
        var whole = Self.withPlainBlanks(text)
        whole.makeContiguousUTF8()
        if whole.utf8.starts(with: [0xef, 0xbb, 0xbf]) { whole.unicodeScalars.removeFirst() }
        let utf8 = whole.utf8
        let bytes = utf8.span
        let separator: UInt8 = bytes.indices.contains { bytes[$0] == 0x0a } ? 0x0a : 0x0d
        endsWithNewline = utf8.last == separator
        var collected: [TextLine] = []
        var start = utf8.startIndex
        var hasControls = false
        func collect(to end: String.Index) {
            let line = Substring(utf8[start..<end])
            collected.append(TextLine(number: collected.count + 1, text: hasControls ? TerminalLine.clean(line) : line))
        }
        for offset in bytes.indices {
            if bytes[offset] == separator {
                let end = utf8.index(utf8.startIndex, offsetBy: offset)
                collect(to: end)
                start = utf8.index(after: end)
                hasControls = false
            } else if bytes[offset] < 0x20, bytes[offset] != 0x09 {
                hasControls = true
            }
        }
        if !endsWithNewline { collect(to: utf8.endIndex) }
        lines = LineStamp.removed(from: collected)
    }

    /// With blanks in place of the no-break spaces that a text has which was copied from a page or a chat.
    private static func withPlainBlanks(_ text: String) -> String {
        guard text.utf8.contains(0xc2), text.unicodeScalars.contains("\u{a0}") else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\u{a0}" ? " " : $0 }))
    }

    /// True for the last line of a capture that does not end with a newline, as every program's output does: it may be cut
    /// (or the capture was trimmed).
    func mayBeCut(_ line: TextLine) -> Bool { !endsWithNewline && line.number == lines.last?.number }

    /// Lines that were cut out of others; their numbers stay those of the capture.
    init(lines: [TextLine], endsWithNewline: Bool) {
        self.lines = lines
        self.endsWithNewline = endsWithNewline
    }

    var startIndex: Int { lines.startIndex }
    var endIndex: Int { lines.endIndex }
    subscript(position: Int) -> TextLine { lines[position] }
}

extension Substring {
    /// Without blanks and tabs at both ends.
    var trimmedBlanks: Substring {
        let bytes = utf8
        guard let first = bytes.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }),
            let last = bytes.lastIndex(where: { $0 != 0x20 && $0 != 0x09 })
        else { return self[endIndex...] }
        return Substring(bytes[first...last])
    }

    /// What stands between blanks and tabs.
    var words: [Substring] {
        utf8.split { $0 == 0x20 || $0 == 0x09 }.map { Substring($0) }
    }

    /// True when there is at least one byte and all are decimal digits.
    var isDecimal: Bool { !isEmpty && utf8.allSatisfy { (0x30...0x39).contains($0) } }

    /// A whole number written with digits only (no sign); nil for anything else, and past `Int.max`.
    var decimal: Int? { isDecimal ? Int(self) : nil }
}
