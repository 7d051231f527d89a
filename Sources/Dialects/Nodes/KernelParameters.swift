package import Facts

/// `/proc/cmdline`: the kernel's parameters.
package enum KernelParameters {
    /// One entry a parameter, in order; a value may stand in double quotes and hold blanks. The one line is whole only with its
    /// newline.
    ///
    /// - Source: kernel `lib/cmdline.c` (`next_arg`), `Documentation/admin-guide/kernel-parameters.rst`.
    package static func read(_ text: String) throws(DialectError) -> Reading<NamedValue> {
        let lines = TextLines(text)
        var draft = TableDraft<NamedValue>(expected: "/proc/cmdline")
        let said = lines.filter { !$0.isBlank && ($0.text.contains("=") || !SessionNoise.matches($0.text)) }
        guard let line = said.first, ErrorText.find(in: lines) == nil else { throw draft.explain(lines) }
        let words = arguments(line.trimmed)
        // The loader's file, the root, or any parameter with a value; a sentence has none, or blanks around it.
        guard words.contains(where: { $0.contains("=") }), !words.contains(where: { $0.hasPrefix("=") || $0.hasPrefix("<") })
        else {
            throw draft.explain(lines)
        }
        draft.rows = words.map { word in
            guard let equals = word.firstIndex(of: "=") else { return NamedValue(name: word, value: nil) }
            return NamedValue(name: String(word[..<equals]), value: String(word[word.index(after: equals)...]))
        }
        draft.unread = said.dropFirst().map(\.unread)
        if lines.mayBeCut(line) { draft.leaveUnread(line) }
        return try draft.finish(lines, form: "text")
    }

    private static func arguments(_ line: Substring) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == " " || character == "\t", !isQuoted {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }
}
