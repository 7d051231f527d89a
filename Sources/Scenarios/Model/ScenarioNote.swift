package import Documents

/// Something about a scenario that works and is worth knowing; it never stops a run.
package struct ScenarioNote: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Kebab case and stable: `bare-ips`.
    package let code: String
    package let mark: Mark
    /// A whole sentence without a full stop.
    package let sentence: String

    package init(code: String, mark: Mark, sentence: String) {
        self.code = code
        self.mark = mark
        self.sentence = OneLine(sentence).text
    }

    /// `file:line:col: note: sentence [code]`.
    package var description: String { "\(mark): note: \(sentence) [\(code)]" }

    package static func < (left: ScenarioNote, right: ScenarioNote) -> Bool {
        (left.mark, left.code, left.sentence) < (right.mark, right.code, right.sentence)
    }
}
