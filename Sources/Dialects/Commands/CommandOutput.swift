/// What one command gave back, as the readers of several commands at once take it.
package struct CommandOutput: Hashable, Sendable {
    /// Standard output.
    package let text: String
    /// Standard error; where a channel has only one stream both are in `text`.
    package let errors: String
    /// Nil where the channel gave none.
    package let exitStatus: Int?

    package init(_ text: String, errors: String = "", exitStatus: Int? = nil) {
        self.text = text
        self.errors = errors
        self.exitStatus = exitStatus
    }

    /// The first error text in either stream, as what it means; nil when there is none.
    var problem: DialectError? { ErrorText.find(in: TextLines(errors)) ?? ErrorText.find(in: TextLines(text)) }

    /// True when the system said that this path, or a glob, names nothing.
    func saysMissing(_ path: String) -> Bool {
        (errors + "\n" + text).split(separator: "\n").contains { line in
            line.contains("No such file or directory") && (line.contains("'\(path)'") || line.contains("\(path):"))
        }
    }

    /// Lines of standard output that say something.
    var lines: [TextLine] { TextLines(text).filter { !$0.isBlank } }
}
