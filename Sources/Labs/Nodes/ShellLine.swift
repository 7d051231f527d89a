/// A command line as a POSIX shell splits it: words with quotes taken off, assignments before the command, and redirections
/// of stderr. Pipes, lists and substitutions are not understood and said to be so.
struct ShellLine {
    /// One word and whether any of it was quoted (quoted words are not expanded).
    struct Word: Hashable {
        var text: String
        var quoted: Bool
    }

    var assignments: [(name: String, value: String)] = []
    var words: [Word] = []
    var discardsErrors = false

    /// - Returns: nil when the line needs more of a shell than there is here.
    init?(_ line: String) {
        // Standard input is empty here anyway.
        let plain = line.hasSuffix(" </dev/null") ? String(line.dropLast(" </dev/null".count)) : line
        guard let tokens = ShellLine.tokens(of: plain) else { return nil }
        for token in tokens {
            if !token.quoted, token.text == "2>/dev/null" {
                discardsErrors = true
            } else if !token.quoted, token.text == "</dev/null" {
                // No command here reads its input.
                continue
            } else if words.isEmpty, !token.quoted, let equals = token.text.firstIndex(of: "="),
                token.text[..<equals].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }), equals != token.text.startIndex
            {
                assignments.append((String(token.text[..<equals]), String(token.text[token.text.index(after: equals)...])))
            } else {
                words.append(token)
            }
        }
    }

    private static func tokens(of line: String) -> [Word]? {
        var tokens: [Word] = []
        var current: Word?
        var quote: Character?
        var iterator = line.makeIterator()
        while let character = iterator.next() {
            if let open = quote {
                if character == open {
                    quote = nil
                } else if open == "\"", character == "\\" {
                    current?.text.append(iterator.next() ?? character)
                } else {
                    current?.text.append(character)
                }
                continue
            }
            switch character {
            case " ", "\t", "\n":
                if let word = current { tokens.append(word) }
                current = nil
            case "'", "\"":
                quote = character
                current = Word(text: current?.text ?? "", quoted: true)
            case "\\":
                current = Word(text: (current?.text ?? "") + (iterator.next().map(String.init) ?? ""), quoted: true)
            case "|", ";", "&", "(", ")", "`", "$":
                return nil
            default:
                current = Word(text: (current?.text ?? "") + String(character), quoted: current?.quoted ?? false)
            }
        }
        guard quote == nil else { return nil }
        if let word = current { tokens.append(word) }
        return tokens
    }
}
