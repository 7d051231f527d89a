/// Walks over the words of a line.
struct WordCursor {
    let words: [Substring]
    var index = 0

    init(_ words: [Substring]) { self.words = words }
    init(_ line: Substring) { words = line.words }

    var isAtEnd: Bool { index >= words.count }
    var next: Substring? { index < words.count ? words[index] : nil }
    var rest: ArraySlice<Substring> { words[min(index, words.count)...] }

    /// The word `ahead` of the next one; nil past the end.
    func peek(_ ahead: Int) -> Substring? {
        words.indices.contains(index + ahead) ? words[index + ahead] : nil
    }

    mutating func take() -> Substring? {
        guard index < words.count else { return nil }
        index += 1
        return words[index - 1]
    }

    /// Steps over this word if it is the next.
    mutating func take(_ word: String) -> Bool {
        guard index < words.count, words[index] == word else { return false }
        index += 1
        return true
    }

    /// Steps over these words if all of them come next.
    mutating func take(_ sequence: String...) -> Bool {
        guard index + sequence.count <= words.count else { return false }
        for (offset, word) in sequence.enumerated() where words[index + offset] != word { return false }
        index += sequence.count
        return true
    }

    mutating func takeDecimal() -> Int? {
        guard let value = next?.decimal else { return nil }
        index += 1
        return value
    }
}
