/// A line of text with a caret under one column, cut to a width that terminals show.
package struct Excerpt: CustomStringConvertible {
    package let line: String
    /// 1-based, in Unicode scalars.
    package let column: Int

    private static let width = 120

    package init(line: String, column: Int) {
        self.line = line
        self.column = column
    }

    package var description: String {
        let scalars = Array(line.unicodeScalars)
        let at = min(max(column - 1, 0), scalars.count)
        let start = at < Self.width - 20 ? 0 : at - Self.width / 2
        let end = min(scalars.count, start + Self.width)
        var shown = ""
        var below = ""
        for index in start..<end {
            // Control characters in a hostile file must not reach a terminal; a tab keeps its width below as well.
            let scalar = scalars[index]
            shown.unicodeScalars.append(scalar.value < 0x20 && scalar != "\t" || scalar.value == 0x7f ? "\u{fffd}" : scalar)
            if index < at { below.append(scalar == "\t" ? "\t" : " ") }
        }
        return "    \(shown)\n    \(below)^"
    }
}
