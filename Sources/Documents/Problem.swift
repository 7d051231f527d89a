/// Something in a document that has to change before it can be used: where, what, and how to mend it.
package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of problem, for machines: `unknown-key`, `out-of-range`. Stable.
    package let code: String
    /// The offending key or value.
    package let mark: Mark
    /// Subject, what was expected, what was seen. One line, without a full stop; control characters of the document are
    /// written as escapes.
    package let sentence: String
    /// What to write instead, as a clause: `did you mean 'vlan'?`. Nil when nothing can be said.
    package let suggestion: String?
    /// Other places that the problem is about, with what is there: the first of two equal names.
    package let related: [Mark]
    /// The offending line's text; nil when the text is not at hand.
    package let sourceLine: String?

    package init(
        code: String, mark: Mark, sentence: String, suggestion: String? = nil, related: [Mark] = [], sourceLine: String? = nil
    ) {
        self.code = code
        self.mark = mark
        self.sentence = OneLine(sentence).text
        self.suggestion = suggestion.map { OneLine($0).text }
        self.related = related
        self.sourceLine = sourceLine
    }

    /// The same problem with the offending line, taken from the text that the mark points into.
    package func showing(_ source: SourceText) -> Problem {
        guard source.file == mark.file else { return self }
        return Problem(
            code: code, mark: mark, sentence: sentence, suggestion: suggestion, related: related,
            sourceLine: source.line(mark.line))
    }

    /// `file:line:col: error: sentence; suggestion [code]`, without the offending line.
    package var headline: String {
        "\(mark): error: \(sentence)\(suggestion.map { "; \($0)" } ?? "") [\(code)]"
    }

    /// The headline, the offending line and a caret under the place.
    package var description: String {
        sourceLine.map { "\(headline)\n\(Excerpt(line: $0, column: mark.column))" } ?? headline
    }
}

extension Problem: Comparable {
    /// By place, then by code, so that the same document gives the same list.
    package static func < (left: Problem, right: Problem) -> Bool {
        (left.mark, left.code, left.sentence) < (right.mark, right.code, right.sentence)
    }
}

/// All that is wrong with a document, sorted by place. Never empty when thrown.
package struct ProblemList: Error, Hashable, Sendable, CustomStringConvertible {
    package let problems: [Problem]

    package init(_ problems: [Problem]) { self.problems = problems.sorted() }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
