/// A line of a table drawn with `|` and `+---+`.
enum BoxLine {
    /// The cells between the bars, without blanks at both ends; nil when the line is no line of a box.
    static func cells(_ line: Substring) -> [Substring]? {
        let trimmed = line.trimmedBlanks
        guard trimmed.utf8.first == 0x7c, trimmed.utf8.count > 2, trimmed.utf8.last == 0x7c else { return nil }
        return Substring(trimmed.utf8.dropFirst().dropLast()).split(separator: "|", omittingEmptySubsequences: false)
            .map(\.trimmedBlanks)
    }

    /// `+----+====+`
    static func isRule(_ line: Substring) -> Bool {
        let trimmed = line.trimmedBlanks
        return trimmed.utf8.first == 0x2b && SessionNoise.isRule(trimmed)
    }
}
