/// A line cut into words as a POSIX shell cuts it, and names with ranges written out.
struct AnsibleWords {
    /// Nil when a quote is not closed. A `#` behind a blank begins a comment.
    let words: [String]?
    /// The 1-based column at which each word begins.
    let columns: [Int]

    init(_ line: some StringProtocol, comments: Bool = false) {
        var words: [String] = []
        var columns: [Int] = []
        var word: String?
        var quote: Character?
        var characters = Array(line)[...]
        var column = 0
        while let character = characters.popFirst() {
            column += 1
            if let open = quote {
                if character == open {
                    quote = nil
                } else if character == "\\", open == "\"", let next = characters.first, "\"\\".contains(next) {
                    characters.removeFirst()
                    column += 1
                    word = (word ?? "") + String(next)
                } else {
                    word = (word ?? "") + String(character)
                }
            } else if character == " " || character == "\t" {
                if let done = word { words.append(done) }
                word = nil
            } else {
                if word == nil {
                    if comments, character == "#" { break }
                    columns.append(column)
                }
                if character == "'" || character == "\"" {
                    quote = character
                    word = word ?? ""
                } else {
                    word = (word ?? "") + String(character)
                }
            }
        }
        if let word { words.append(word) }
        self.words = quote == nil ? words : nil
        self.columns = columns
    }

    /// `node[01:03]` as node01, node02, node03; `[a:c]` and a step, `[1:9:2]`, likewise. A name without a range is itself.
    ///
    /// - Returns: nil when a range cannot be read or names more than ten thousand hosts.
    static func names(_ pattern: String) -> [String]? {
        guard let open = pattern.firstIndex(of: "["), let close = pattern[open...].firstIndex(of: "]") else { return [pattern] }
        let parts = pattern[pattern.index(after: open)..<close].split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, let step = parts.count == 3 ? Int(parts[2]) : 1, step > 0,
            let middle = range(parts[0], parts[1], step), let tails = names(String(pattern[pattern.index(after: close)...])),
            middle.count * tails.count <= 10_000
        else { return nil }
        return middle.flatMap { part in tails.map { pattern[..<open] + part + $0 } }
    }

    private static func range(_ from: Substring, _ to: Substring, _ step: Int) -> [String]? {
        if let first = Int(from.isEmpty ? "0" : from), let last = Int(to) {
            guard first >= 0, first <= last, last - first <= 10_000 else { return nil }
            // A leading zero says how wide the numbers are.
            let width = from.hasPrefix("0") && from.count > 1 ? from.count : 1
            return stride(from: first, through: last, by: step).map { number in
                let digits = String(number)
                return String(repeating: "0", count: max(0, width - digits.count)) + digits
            }
        }
        guard from.utf8.count == 1, to.utf8.count == 1, let first = from.utf8.first, let last = to.utf8.first, first <= last,
            from.first?.isLetter == true, to.first?.isLetter == true
        else { return nil }
        return stride(from: first, through: last, by: step).map { String(decoding: [$0], as: UTF8.self) }
    }
}
