/// How far two words are apart, and which known word a misspelt one was meant to be.
package enum Spelling {
    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other (Damerau-Levenshtein,
    /// restricted), or nil when there are more than `limit`. Upper and lower case count as equal.
    package static func distance(_ left: String, _ right: String, limit: Int = 2) -> Int? {
        let left = Array(left.lowercased().unicodeScalars)
        let right = Array(right.lowercased().unicodeScalars)
        guard abs(left.count - right.count) <= limit, max(left.count, right.count) <= 256 else { return nil }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1] + Array(repeating: 0, count: right.count)
            for column in 0..<right.count {
                let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
                current[column + 1] = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    current[column + 1] = min(current[column + 1], beforeLast[column - 1] + 1)
                }
            }
            beforeLast = last
            last = current
        }
        return last[right.count] <= limit ? last[right.count] : nil
    }

    /// The known word that `word` was most likely meant to be: nearest within two edits (one for words of up to three
    /// letters), else one that begins with it or that it begins with. Nil when none is near.
    ///
    /// - Parameter known: in order of preference; of two equally near the first is taken.
    package static func nearest(to word: String, among known: some Sequence<String>) -> String? {
        let limit = word.unicodeScalars.count <= 3 ? 1 : 2
        var best: (word: String, distance: Int)?
        for candidate in known {
            guard let distance = distance(word, candidate, limit: limit), distance < best?.distance ?? Int.max else { continue }
            best = (candidate, distance)
        }
        if let best { return best.word }
        let lowered = word.lowercased()
        guard lowered.utf8.count >= 3 else { return nil }
        return known.first { candidate in
            let candidate = candidate.lowercased()
            return candidate.hasPrefix(lowered) || candidate.utf8.count >= 3 && lowered.hasPrefix(candidate)
        }
    }

    /// `did you mean 'vlan'?`, or nil when no known word is near.
    package static func suggestion(for word: String, among known: some Sequence<String>) -> String? {
        nearest(to: word, among: known).map { "did you mean '\($0)'?" }
    }
}
