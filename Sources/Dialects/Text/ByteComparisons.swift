// Outputs are compared byte by byte. The standard library's own `hasPrefix`, `hasSuffix` and `contains` on slices compare
// characters, which costs twenty times as much and can see an accent where a device printed none. These stand in for them
// wherever the needle is a `String`, all of this room over.

extension Substring {
    func hasPrefix(_ needle: String) -> Bool { utf8.starts(with: needle.utf8) }

    func hasSuffix(_ needle: String) -> Bool {
        let count = needle.utf8.count
        return utf8.count >= count && utf8.suffix(count).elementsEqual(needle.utf8)
    }

    /// True for the empty needle.
    func contains(_ needle: String) -> Bool { ByteSearch.contains(utf8, needle) }
}

extension String {
    /// True for the empty needle.
    func contains(_ needle: String) -> Bool { ByteSearch.contains(self[...].utf8, needle) }
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
