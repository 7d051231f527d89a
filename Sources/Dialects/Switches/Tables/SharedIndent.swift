/// The blanks in front of all lines of an output that was pasted as a block into a note: those of no column.
enum SharedIndent {
    /// The lines without the blanks that all of them have in front; prompts, echoes and messages between them do not count.
    static func removed(from lines: TextLines) -> TextLines {
        var shared = Int.max
        for line in lines where !line.isBlank {
            let indent = line.text.utf8.prefix { $0 == 0x20 }.count
            if indent >= shared || isOutside(line.text) { continue }
            shared = indent
            if indent == 0 { return lines }
        }
        guard shared < Int.max else { return lines }
        let moved = lines.map { line in
            let blanks = line.text.utf8.prefix(shared).prefix { $0 == 0x20 }.count
            return TextLine(number: line.number, text: Substring(line.text.utf8.dropFirst(blanks)))
        }
        return TextLines(lines: moved, endsWithNewline: lines.endsWithNewline)
    }

    private static func isOutside(_ line: Substring) -> Bool {
        SessionNoise.matches(line) && !SessionNoise.isRule(line) || line.utf8.starts(with: "+++ ".utf8)
    }
}
