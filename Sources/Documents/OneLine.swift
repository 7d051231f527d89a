/// Text that may hold anything, made fit for one line on a terminal: control characters become escapes, and what is too long
/// loses its middle.
package struct OneLine: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// - Parameter limit: scalars that are kept at most.
    package init(_ raw: String, limit: Int = 400) {
        var shown = ""
        for scalar in raw.unicodeScalars {
            switch scalar {
            case "\n": shown += "\\n"
            case "\r": shown += "\\r"
            case "\t": shown += "\\t"
            // Controls of both sets, line and paragraph separators, and what turns the direction of writing.
            case "\0"..<" ", "\u{7f}"..<"\u{a0}", "\u{2028}"..."\u{202e}", "\u{2066}"..."\u{2069}":
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        let scalars = shown.unicodeScalars
        guard scalars.count > limit else {
            text = shown
            return
        }
        text =
            String(String.UnicodeScalarView(scalars.prefix(limit * 3 / 4))) + " … "
            + String(String.UnicodeScalarView(scalars.suffix(limit / 4)))
    }

    package var description: String { text }
}
