/// A Swift source without its comments and without the text of its strings, line by line, so that words in either are never
/// taken for code. What stands in an interpolation is code and stays.
struct SourceCode {
    /// The lines, as many as the file has.
    let lines: [String]

    init(_ text: String) {
        var stripper = Stripper(Array(text.unicodeScalars))
        lines = stripper.run().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// 1-based numbers of the lines that hold this word, with nothing of a name before or after it.
    ///
    /// - Parameter word: letters, then maybe `(`, `!` or a blank and `{`, as it stands in code.
    func lines(holding word: String) -> [Int] {
        lines.indices.filter { Self.holds(Array(lines[$0].unicodeScalars), Array(word.unicodeScalars)) }.map { $0 + 1 }
    }

    private static func holds(_ line: [Unicode.Scalar], _ word: [Unicode.Scalar]) -> Bool {
        guard line.count >= word.count else { return false }
        for start in 0...line.count - word.count where line[start..<start + word.count].elementsEqual(word) {
            let before = start > 0 ? line[start - 1] : " "
            let after = start + word.count < line.count ? line[start + word.count] : " "
            // `.print(` is a method of something; `.now` and `.random` are looked for with their dot, whatever is before it.
            let isInside = word[0] != "." && (before == "." || isName(before))
            if !isInside && !(isName(word[word.count - 1]) && isName(after)) { return true }
        }
        return false
    }

    private static func isName(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    }
}

private struct Stripper {
    let scalars: [Unicode.Scalar]
    var index = 0
    var output = ""

    init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

    mutating func run() -> String {
        code(until: nil)
        return output
    }

    private func at(_ offset: Int) -> Unicode.Scalar? { index + offset < scalars.count ? scalars[index + offset] : nil }

    private func starts(with text: String) -> Bool {
        let other = Array(text.unicodeScalars)
        return index + other.count <= scalars.count && scalars[index..<index + other.count].elementsEqual(other)
    }

    /// Code up to the parenthesis that closes an interpolation, or to the end.
    private mutating func code(until close: Unicode.Scalar?) {
        var depth = 0
        while let scalar = at(0) {
            if starts(with: "//") {
                while let next = at(0), next != "\n" { skip(next) }
            } else if starts(with: "/*") {
                blockComment()
            } else if let hashes = stringStart() {
                string(hashes: hashes)
            } else {
                if close != nil, scalar == ")", depth == 0 { return }
                if scalar == "(" { depth += 1 }
                if scalar == ")" { depth -= 1 }
                output.unicodeScalars.append(scalar)
                index += 1
            }
        }
    }

    /// Line feeds are kept, so that lines keep their numbers.
    private mutating func skip(_ scalar: Unicode.Scalar) {
        if scalar == "\n" { output += "\n" }
        index += 1
    }

    private mutating func blockComment() {
        var depth = 0
        while let scalar = at(0) {
            if starts(with: "/*") {
                depth += 1
                index += 2
            } else if starts(with: "*/") {
                depth -= 1
                index += 2
                if depth == 0 { return }
            } else {
                skip(scalar)
            }
        }
    }

    /// The number of `#` before a quote that stands here; nil when no string begins.
    private func stringStart() -> Int? {
        var hashes = 0
        while at(hashes) == "#" { hashes += 1 }
        return at(hashes) == "\"" ? hashes : nil
    }

    private mutating func string(hashes: Int) {
        let marks = String(repeating: "#", count: hashes)
        index += hashes
        let quote = starts(with: "\"\"\"") ? "\"\"\"" : "\""
        index += quote.count
        output += "\"\""
        while let scalar = at(0) {
            if starts(with: quote + marks) {
                index += quote.count + hashes
                return
            }
            if starts(with: "\\" + marks + "(") {
                index += 2 + hashes
                output += " "
                code(until: ")")
                output += " "
                index += 1
            } else if starts(with: "\\" + marks) {
                index += 1 + hashes
                if let next = at(0) { skip(next) }
            } else {
                skip(scalar)
            }
        }
    }
}
