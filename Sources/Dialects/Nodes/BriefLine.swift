internal import Facts

/// A row of `ip -br link` or `ip -br addr`: NAME STATE and then a MAC and flags, or addresses.
enum BriefLine {
    static func block(_ words: [Substring], source: TextLine) -> IPBlock? {
        let name = words[0].firstIndex(of: "@").map { words[0][..<$0] } ?? words[0]
        var header = IPHeader(name: InterfaceName(name))
        header.operState = String(words[1])
        var block = IPBlock(header: header, source: source)
        block.isBrief = true
        var cursor = WordCursor(words)
        cursor.index = 2
        while let word = cursor.take() {
            if word.hasPrefix("<") {
                guard word.hasSuffix(">") else { return nil }
                block.header.flags = word.dropFirst().dropLast().split(separator: ",").map(String.init)
            } else if let mac = MACAddress(linux: word) {
                block.mac = mac
            } else if cursor.next == "peer" {
                _ = cursor.take()
                guard let near = IPAddress(word), let far = cursor.take().flatMap({ IPPrefix($0) }),
                    let prefix = IPPrefix(near, length: far.length)
                else { return nil }
                block.addresses.append(prefix)
            } else if word == "metric" {
                _ = cursor.take()
            } else if let prefix = IPPrefix(word) {
                block.addresses.append(prefix)
            } else if !isOtherAddress(word) {
                return nil
            }
        }
        return block
    }

    /// Addresses of links that are no Ethernet: `0.0.0.0` of a tunnel, twenty bytes of InfiniBand.
    private static func isOtherAddress(_ word: Substring) -> Bool { IPAddress(word) != nil || word.utf8.count == 59 }
}
