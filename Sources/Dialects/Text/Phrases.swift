/// A list of phrases that are looked for in a line all at once, in one walk over its bytes.
struct Phrases: Sendable {
    private let phrases: [[UInt8]]
    /// The numbers of the phrases that begin with a byte, by that byte.
    private let beginning: [[Int]]

    /// - Parameter texts: none of them empty.
    init(_ texts: [String]) {
        let phrases = texts.map { Array($0.utf8) }
        self.phrases = phrases
        beginning = (0...255).map { byte in phrases.indices.filter { phrases[$0].first == UInt8(byte) } }
    }

    /// The number of the phrase that the line holds, the first of the list where it holds several; nil when none.
    func first(in line: String) -> Int? {
        let bytes = Array(line.utf8)
        var found: Int?
        for start in bytes.indices {
            for number in beginning[Int(bytes[start])]
            where number < found ?? .max && bytes[start...].starts(with: phrases[number]) {
                found = number
            }
        }
        return found
    }

    func occur(in line: String) -> Bool { first(in: line) != nil }
}
