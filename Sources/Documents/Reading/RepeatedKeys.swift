internal import Yams

/// Gets a text with repeated keys through Yams, which refuses it and tells only the first place.
///
/// The first letter of the first of two equal keys is replaced by a character for private use, column for column, and
/// the text is read again; in the tree the key gets its letter back, and both places are known.
struct RepeatedKeys {
    /// Problems past which a text is no longer mended.
    private static let limit = 32
    /// U+E000…: printable to YAML, and in no scenario.
    private static let firstStandIn: UInt32 = 0xe000

    private(set) var text: String
    private var letters: [Unicode.Scalar: Unicode.Scalar] = [:]

    init(_ text: String) { self.text = text }

    /// False when the text itself uses the characters that would stand in.
    private var isUsable: Bool {
        !letters.isEmpty || !text.unicodeScalars.contains { (Self.firstStandIn..<Self.firstStandIn + 64).contains($0.value) }
    }

    /// Makes the key at this place different from all others. False when that cannot be done there.
    mutating func hide(_ mark: Yams.Mark) -> Bool {
        guard letters.count < Self.limit, let standIn = Unicode.Scalar(Self.firstStandIn + UInt32(letters.count)),
            var index = index(of: mark), isUsable
        else { return false }
        if text.unicodeScalars[index] == "\"" || text.unicodeScalars[index] == "'" {
            index = text.unicodeScalars.index(after: index)
        }
        guard index < text.unicodeScalars.endIndex else { return false }
        let letter = text.unicodeScalars[index]
        guard letter != "\n", letter != "&", letter != "!", letter != "*", letter != "\\", letter != "\"", letter != "'"
        else { return false }
        letters[standIn] = letter
        text.unicodeScalars.replaceSubrange(index...index, with: CollectionOfOne(standIn))
        return true
    }

    /// The key as it was written.
    func original(_ key: String) -> String {
        guard let first = key.unicodeScalars.first, let letter = letters[first] else { return key }
        var scalars = key.unicodeScalars
        scalars.replaceSubrange(scalars.startIndex...scalars.startIndex, with: CollectionOfOne(letter))
        return String(scalars)
    }

    private func index(of mark: Yams.Mark) -> String.Index? {
        let scalars = text.unicodeScalars
        var line = 1
        var index = scalars.startIndex
        while line < mark.line {
            guard index < scalars.endIndex else { return nil }
            let scalar = scalars[index]
            index = scalars.index(after: index)
            let isCRLF = scalar == "\r" && index < scalars.endIndex && scalars[index] == "\n"
            if ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar), !isCRLF { line += 1 }
        }
        index = scalars.index(index, offsetBy: mark.column - 1, limitedBy: scalars.endIndex) ?? scalars.endIndex
        return index < scalars.endIndex ? index : nil
    }
}
