/// What a log collector, a CI server or a mail program puts before every line of an output: `2026-11-23T22:00:16.1234567Z `,
/// `> `.
enum LineStamp {
    /// The lines without it, if all lines that say anything begin with one; else as they are.
    static func removed(from lines: [TextLine]) -> [TextLine] {
        guard let first = lines.first(where: { !$0.isBlank }) else { return lines }
        let measure = time(first.text) != nil ? time : quote(first.text) != nil ? quote : nil
        guard let measure else { return lines }
        var stripped: [TextLine] = []
        stripped.reserveCapacity(lines.count)
        for line in lines {
            guard let length = measure(line.text) else {
                if line.isBlank { stripped.append(line) } else { return lines }
                continue
            }
            let rest = line.text.utf8.dropFirst(length)
            stripped.append(TextLine(number: line.number, text: Substring(rest.first == 0x20 ? rest.dropFirst() : rest)))
        }
        return stripped
    }

    /// Bytes of an RFC 3339 time at the start, up to the blank behind it; nil when there is none.
    private static func time(_ line: Substring) -> Int? {
        let word = Array(line.utf8.prefix { $0 != 0x20 }.prefix(40))
        guard word.count >= 20, word.count < 40, word[4] == 0x2d, word[7] == 0x2d, word[10] == 0x54, word[13] == 0x3a,
            word[16] == 0x3a,
            [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18].allSatisfy({ (0x30...0x39).contains(word[$0]) }),
            word.last == 0x5a || word.contains(0x2b)
        else { return nil }
        return word.count
    }

    /// The `>` marks of a quoted mail; nil when there is none.
    private static func quote(_ line: Substring) -> Int? {
        let marks = line.utf8.prefix { $0 == 0x3e || $0 == 0x20 }
        guard line.utf8.first == 0x3e, let last = marks.lastIndex(of: 0x3e) else { return nil }
        return line.utf8.distance(from: line.utf8.startIndex, to: last) + 1
    }
}
