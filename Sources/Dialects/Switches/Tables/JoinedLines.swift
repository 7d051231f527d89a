/// What lines mean that a terminal broke in two or more: tried on copies of the grammar, so nothing is changed by looking.
struct JoinedLines<Grammar: TableGrammar> {
    enum Outcome {
        /// The row, the grammar after it, and the line that was put together.
        case row(Grammar.Row, Grammar, Substring)
        case heading(Grammar)
        /// The pieces make one row when joined directly and another with a blank between.
        case ambiguous
        case nothing

        var isNothing: Bool {
            if case .nothing = self { return true }
            return false
        }
    }

    let lines: TextLines
    /// The longest line, in bytes: where a terminal's edge may be.
    let width: Int

    init(_ lines: TextLines) {
        self.lines = lines
        width = lines.reduce(0) { max($0, $1.text.utf8.count) }
    }

    /// The pieces as one line, directly and with a blank between them.
    func meaning(of pieces: [Substring], _ grammar: Grammar) -> Outcome {
        if Grammar.hasOneAddressARow, pieces.count(where: { MACWord.isWhole(in: $0) }) > 1 { return .nothing }
        let first = meaning(of: Substring(pieces.joined()), grammar)
        let hasBlank = zip(pieces, pieces.dropFirst()).allSatisfy { left, right in
            left.utf8.last == 0x20 || right.utf8.first == 0x20
        }
        if hasBlank, case .row = first { return first }
        let spaced = pieces.map { String($0.trimmedBlanks) }.joined(separator: " ")
        let second = meaning(of: Substring(spaced), grammar)
        switch (first, second) {
        case (.row, .row): return .ambiguous
        case (.nothing, _): return second
        default: return first
        }
    }

    private func meaning(of line: Substring, _ grammar: Grammar) -> Outcome {
        var trial = grammar
        switch trial.meaning(of: line, after: nil) {
        case .row(let row): return .row(row, trial, line)
        case .heading: return .heading(trial)
        default: return .nothing
        }
    }

    /// What this unknown line and up to three unknown ones after it make together, and the index of the last of them.
    func forward(_ line: TextLine, at index: Int, _ grammar: Grammar) -> (outcome: Outcome, last: Int)? {
        var pieces = [line.text]
        var last = index
        while pieces.count < 4, let next = nextPiece(after: last, grammar) {
            last = next
            pieces.append(lines[next].text)
            let outcome = meaning(of: pieces, grammar)
            if case .nothing = outcome { continue }
            return (outcome, last)
        }
        return nil
    }

    /// The next line, when it is nothing by itself and so may be the rest of this one.
    private func nextPiece(after index: Int, _ grammar: Grammar) -> Int? {
        var next = index + 1
        while next < lines.endIndex, next <= index + 3 {
            let text = lines[next].text
            if !lines[next].isBlank {
                var trial = grammar
                guard case .unknown = trial.meaning(of: text, after: nil) else { return nil }
                if !SessionNoise.matches(text) { return next }
                if SessionNoise.command(in: text) != nil { return nil }
            }
            next += 1
        }
        return nil
    }

    /// A line that holds only the beginning of the next row's first word (`17` before `2.25.0.2 …`). Where the indents of
    /// the rows (`indent`, of the last one) show that it is one, that row; else, when both are numbers, what the word was is
    /// not certain.
    func brokenFirstWord(_ line: TextLine, at index: Int, _ grammar: Grammar, indent: Int?) -> Outcome {
        guard index + 1 < lines.endIndex, line.text.words.count == 1, line.text.utf8.last != 0x20,
            let first = lines[index + 1].text.utf8.first, first != 0x20
        else { return .nothing }
        let next = lines[index + 1].text
        guard case .row = meaning(of: next, grammar),
            case .row(let row, let after, let text) = meaning(of: line.text + next, grammar)
        else { return .nothing }
        if line.indent > 0, indent ?? line.indent == line.indent { return .row(row, after, text) }
        return line.text.utf8.allSatisfy(Self.isAddressByte) && Self.isAddressByte(first) ? .ambiguous : .nothing
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        MACWord.hex(byte) != nil || byte == 0x2e || byte == 0x3a || byte == 0x2d || byte == 0x2a || byte == 0x2b
    }
}
