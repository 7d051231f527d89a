/// What the terminal can show. The caller finds out (flags, `NO_COLOR`, `TERM`, window size); nothing here looks.
package struct TerminalStyle: Hashable, Sendable {
    /// ANSI colours. They only repeat what glyph and word say.
    package var colour: Bool
    /// Characters outside ASCII (`✓`, `–`).
    package var unicode: Bool
    /// Columns to wrap at, 40 or more; nil: lines are never wrapped, as a pipe wants it.
    package var widthColumns: Int?

    package init(colour: Bool = false, unicode: Bool = true, widthColumns: Int? = nil) {
        self.colour = colour
        self.unicode = unicode
        self.widthColumns = widthColumns.map { max(40, $0) }
    }

    enum Colour: String {
        case red = "31"
        case green = "32"
        case yellow = "33"
        case cyan = "36"
        case bold = "1"
        case dim = "2"
    }

    func paint(_ text: String, _ colour: Colour) -> String {
        self.colour ? "\u{1b}[\(colour.rawValue)m\(text)\u{1b}[0m" : text
    }

    /// `head` followed by `text`, wrapped at the width with the further lines indented to where `text` began. Words longer
    /// than a line are left whole: a cut path or command is of no use.
    ///
    /// - Parameter headWidth: columns that `head` takes, where it holds colours; nil: its character count.
    func wrapped(_ head: String, headWidth: Int? = nil, _ text: String) -> [String] {
        let text = PlainText.line(text)
        let indent = headWidth ?? head.count
        guard let width = widthColumns, indent + text.count > width else { return [head + text] }
        // A head that leaves no room would make a column of single words.
        let hanging = min(indent, width / 2)
        var lines: [String] = []
        var line = head
        var used = indent
        // A first word that does not fit goes below only where there is more room below.
        var isFresh = hanging == indent
        var needsBlank = false
        for word in text.split(separator: " ") {
            if !isFresh, used + (needsBlank ? 1 : 0) + word.count > width {
                while line.hasSuffix(" ") { line.removeLast() }
                lines.append(line)
                line = String(repeating: " ", count: hanging)
                used = hanging
                needsBlank = false
            }
            line += (needsBlank ? " " : "") + word
            used += (needsBlank ? 1 : 0) + word.count
            isFresh = false
            needsBlank = true
        }
        return lines + [line]
    }

    /// `✓ pass          ` padded to one width for all verdicts.
    func mark(_ glyph: String, _ word: String, _ colour: Colour) -> String {
        paint(glyph + " " + word.padded(to: Self.wordColumns), colour)
    }

    /// Columns of the longest word, `inconclusive`.
    static let wordColumns = 12
    /// Columns that `mark` takes.
    static let markColumns = wordColumns + 2
}

extension String {
    /// The text with blanks after it up to `columns`; longer text is left as it is.
    func padded(to columns: Int) -> String {
        let missing = columns - count
        return missing > 0 ? self + String(repeating: " ", count: missing) : self
    }
}
