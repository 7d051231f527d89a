/// Text from devices and pods made fit to be shown: a banner or a pod's log may hold escape sequences, and what reaches a
/// terminal or an XML parser must be text and nothing else.
enum PlainText {
    /// Several lines: escape sequences and control characters are dropped, CRLF and CR become line feeds, tabs stay.
    static func block(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var scalars = text.unicodeScalars.makeIterator()
        var pending: Unicode.Scalar?
        while let scalar = pending ?? scalars.next() {
            pending = nil
            switch scalar {
            case "\u{1b}": pending = skipEscape(&scalars)
            case "\r":
                result.append("\n")
                if let next = scalars.next(), next != "\n" { pending = next }
            default:
                if isShown(scalar) { result.append(scalar) }
            }
        }
        return String(result)
    }

    /// One line: line feeds and tabs become single blanks, blanks at the ends go.
    static func line(_ text: String) -> String {
        let needsWork = text.utf8.contains { $0 < 0x20 || $0 > 0x7e } || text.hasPrefix(" ") || text.hasSuffix(" ")
        guard needsWork else { return text }
        return block(text).split(whereSeparator: \.isNewline)
            .map { trimmed($0.map { $0 == "\t" ? " " : $0 }) }
            .filter { !$0.isEmpty }
            .joined(separator: " ")
    }

    private static func trimmed(_ characters: [Character]) -> String {
        guard let first = characters.firstIndex(where: { $0 != " " }),
            let last = characters.lastIndex(where: { $0 != " " })
        else { return "" }
        return String(characters[first...last])
    }

    /// Skips the rest of an escape sequence: CSI up to its final byte, OSC and other strings up to BEL or ESC \, else one
    /// character. Returns a scalar that was read but does not belong to it.
    ///
    /// - Source: ECMA-48, sections 5.4 and 5.6.
    private static func skipEscape(_ scalars: inout String.UnicodeScalarView.Iterator) -> Unicode.Scalar? {
        guard let kind = scalars.next() else { return nil }
        switch kind {
        case "[":
            while let scalar = scalars.next() {
                if ("\u{40}"..."\u{7e}").contains(scalar) { return nil }
                if !("\u{20}"..."\u{3f}").contains(scalar) { return scalar }
            }
        case "]", "P", "_", "^", "X":
            while let scalar = scalars.next() {
                if scalar == "\u{7}" { return nil }
                if scalar == "\u{1b}" {
                    _ = scalars.next()
                    return nil
                }
                // An unterminated string must not swallow the lines after it.
                if scalar == "\n" { return scalar }
            }
        case "\u{20}"..."\u{2f}": _ = scalars.next()
        case "\n", "\r", "\u{1b}": return kind
        default: break
        }
        return nil
    }

    /// What XML 1.0 allows, less the C1 controls and the characters that turn the direction of what follows.
    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0a: true
        case 0x00...0x1f, 0x7f...0x9f, 0xfffe, 0xffff: false
        case 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: false
        default: true
        }
    }
}
