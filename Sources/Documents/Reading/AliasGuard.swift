/// Refuses, before the parser sees it, a text whose aliases could unfold without bound inside a key: the parser compares
/// keys by all that is in them.
///
/// The look is a coarse one, over the letters alone, and errs to refusal; it applies only where aliases are used.
struct AliasGuard {
    private let source: SourceText

    init(_ source: SourceText) { self.source = source }

    var problem: Problem? {
        guard source.text.utf8.contains(0x2a) else { return nil }
        var alias: Mark?
        var complexKey: Mark?
        for number in 1...source.lineCount {
            let scalars = Array((source.line(number) ?? "").unicodeScalars)
            for (index, scalar) in scalars.enumerated() {
                if scalar == "*", Self.startsAlias(scalars, at: index) {
                    let mark = source.mark(line: number, column: index + 1)
                    alias = alias ?? mark
                    if Self.endsInColon(scalars, from: index) { complexKey = complexKey ?? mark }
                } else if scalar == "?" && Self.isStructural(scalars, before: index, next: index + 1)
                    || (scalar == "]" || scalar == "}") && Self.isColonNext(scalars, after: index)
                {
                    complexKey = complexKey ?? source.mark(line: number, column: index + 1)
                }
            }
        }
        guard alias != nil, let complexKey else { return nil }
        return Problem(
            code: "alias-key", mark: complexKey, sentence: "a key is expected to be a word in a file that uses aliases",
            suggestion: "write the key out")
    }

    private static func startsAlias(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        guard index + 1 < scalars.count, !isBlank(scalars[index + 1]) else { return false }
        return index == 0 || isBlank(scalars[index - 1]) || ["[", "{", ",", ":", "-", "?"].contains(scalars[index - 1])
    }

    private static func endsInColon(_ scalars: [Unicode.Scalar], from index: Int) -> Bool {
        guard let end = scalars[index...].firstIndex(where: isBlank) else { return scalars.last == ":" }
        return scalars[end - 1] == ":" || isColonNext(scalars, after: end - 1)
    }

    private static func isColonNext(_ scalars: [Unicode.Scalar], after index: Int) -> Bool {
        scalars[(index + 1)...].first { !isBlank($0) } == ":"
    }

    private static func isStructural(_ scalars: [Unicode.Scalar], before index: Int, next: Int) -> Bool {
        let opens = index == 0 || isBlank(scalars[index - 1]) || ["[", "{", ",", "-", ":"].contains(scalars[index - 1])
        return opens && (next == scalars.count || isBlank(scalars[next]) || ["[", "{", "*"].contains(scalars[next]))
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" || scalar == "\r" }
}
