/// Lists of ports as OS10 and OS9 shorten them.
enum PortRanges {
    /// `Eth1/1/1-1/1/3,1/1/5` and `Te 0/42-43` as one name a port; a range over several modules stays as it is printed.
    static func expand(_ text: some StringProtocol) -> [String] {
        var kind = ""
        var module = ""
        var names: [String] = []
        for piece in text.split(separator: ",") {
            let letters = piece.prefix { !("0"..."9").contains($0) }
            if !letters.isEmpty {
                kind = String(letters)
                module = ""
            }
            var path = String(piece.dropFirst(letters.count))
            // OS9 says the module once: `Te 0/40-41,44`.
            if !path.utf8.contains(0x2f) { path = module + path }
            module = split(String(path.prefix { $0 != "-" }))?.head ?? module
            names += numbers(path).map { kind + $0 }
        }
        return names
    }

    private static func numbers(_ text: String) -> [String] {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard ends.count == 2, let (head, first) = split(ends[0]) else { return [text] }
        let (lastHead, last) = split(ends[1]) ?? ("", -1)
        guard lastHead.isEmpty || lastHead == head, first <= last, last - first < 512 else { return [text] }
        return (first...last).map { head + String($0) }
    }

    /// `1/1/` and 5 of `1/1/5`
    private static func split(_ path: String) -> (head: String, number: Int)? {
        let tail = path.utf8.reversed().prefix { (0x30...0x39).contains($0) }.count
        guard tail > 0, let number = Substring(path.utf8.suffix(tail)).decimal else { return nil }
        return (String(Substring(path.utf8.dropLast(tail))), number)
    }
}
