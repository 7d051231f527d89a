// Outputs are compared byte by byte. The standard library's own `hasPrefix`, `hasSuffix`, `contains` and `split` on slices
// compare characters, which costs twenty times as much and can see an accent where a device printed none. These stand in for
// them wherever the needle is a `String` or a separator of ASCII, all of this room over.

extension Substring {
    func hasPrefix(_ needle: String) -> Bool { utf8.starts(with: needle.utf8) }

    func hasSuffix(_ needle: String) -> Bool {
        let count = needle.utf8.count
        return utf8.count >= count && utf8.suffix(count).elementsEqual(needle.utf8)
    }

    /// True for the empty needle.
    func contains(_ needle: String) -> Bool { ByteSearch.contains(utf8, needle) }

    /// - Parameter needle: in lower case; letters of ASCII in the text count as their small ones.
    func hasPrefix(anyCase needle: String) -> Bool {
        utf8.starts(with: needle.utf8) { $0 == $1 || (0x41...0x5a).contains($0) && $0 + 0x20 == $1 }
    }

    func split(separator: Character, omittingEmptySubsequences: Bool = true) -> [Substring] {
        // CR and LF are one character of two bytes.
        guard let byte = separator.utf8.first, separator.utf8.count == 1 else {
            return split(omittingEmptySubsequences: omittingEmptySubsequences) { $0 == separator }
        }
        return utf8.split(separator: byte, omittingEmptySubsequences: omittingEmptySubsequences).map { Substring($0) }
    }
}

extension String {
    /// True for the empty needle.
    func contains(_ needle: String) -> Bool { ByteSearch.contains(self[...].utf8, needle) }
}

extension [UInt8] {
    /// Appends the bytes of the text all at once; the general way copies byte by byte.
    mutating func append(_ text: Substring) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { append(contentsOf: $0) }
        if isDone == nil { append(contentsOf: text.utf8) }
    }
}

private enum ByteSearch {
    static func contains(_ hay: Substring.UTF8View, _ needle: String) -> Bool {
        let found = hay.withContiguousStorageIfAvailable { hay in
            needle.utf8.withContiguousStorageIfAvailable { needle in contains(hay, needle) }
        }
        if let found, let found { return found }
        return contains(Array(hay), Array(needle.utf8))
    }

    private static func contains(_ hay: some RandomAccessCollection<UInt8>, _ needle: some RandomAccessCollection<UInt8>) -> Bool
    {
        guard let first = needle.first else { return true }
        let rest = needle.dropFirst()
        var start = hay.startIndex
        while let found = hay[start...].firstIndex(of: first) {
            let after = hay.index(after: found)
            if hay[after...].starts(with: rest) { return true }
            start = after
        }
        return false
    }
}
