/// A file's text, kept so that a problem can show the line it is about.
package struct SourceText: Hashable, Sendable {
    package let file: String
    package let text: String
    private let lines: [String]

    /// - Parameters:
    ///   - file: how the operator names it.
    ///   - text: the whole text; a byte order mark is dropped. Lines end in LF or CRLF.
    package init(file: String, text: String) {
        self.file = file
        self.text =
            text.unicodeScalars.first == "\u{feff}" ? String(String.UnicodeScalarView(text.unicodeScalars.dropFirst())) : text
        lines = self.text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == 0x0d ? line.dropLast() : line, as: UTF8.self)
        }
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
