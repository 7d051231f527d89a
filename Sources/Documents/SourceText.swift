/// A file's text, kept so that a problem can show the line it is about.
package struct SourceText: Hashable, Sendable {
    /// Where lines end; readers count them so.
    package enum LineEnds: Hashable, Sendable {
        /// LF, CRLF, CR, NEL, LS and PS, as libyaml counts.
        case yaml
        /// LF and CRLF.
        case plain
    }

    package let file: String
    package let text: String
    private let lines: [String]

    /// - Parameters:
    ///   - file: how the operator names it.
    ///   - text: the whole text; a byte order mark is dropped.
    package init(file: String, text: String, lineEnds: LineEnds = .plain) {
        self.file = file
        let marked = text.unicodeScalars.first == "\u{feff}"
        self.text = marked ? String(String.UnicodeScalarView(text.unicodeScalars.dropFirst())) : text
        lines = lineEnds == .yaml ? Self.yamlLines(self.text) : Self.plainLines(self.text)
    }

    private static func plainLines(_ text: String) -> [String] {
        text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == 0x0d ? line.dropLast() : line, as: UTF8.self)
        }
    }

    private static func yamlLines(_ text: String) -> [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where last == "\r": break
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
                lines.append(String(line))
                line = String.UnicodeScalarView()
            default: line.append(scalar)
            }
            last = scalar
        }
        return lines + [String(line)]
    }

    /// The line's text without its end; nil past the last.
    ///
    /// - Parameter number: 1-based.
    package func line(_ number: Int) -> String? {
        lines.indices.contains(number - 1) ? lines[number - 1] : nil
    }

    package var lineCount: Int { lines.count }

    package func mark(line: Int, column: Int) -> Mark { Mark(file: file, line: line, column: column) }
}
