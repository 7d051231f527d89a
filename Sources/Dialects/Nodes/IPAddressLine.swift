internal import Facts

/// The words after `inet` or `inet6`.
enum IPAddressLine {
    /// `ADDR/LEN …`, or `ADDR peer PEER/LEN …` on point-to-point links. Nil when the line ends with the address: then it may
    /// be cut inside the length (`/2` of `/24`), since a scope always follows.
    static func prefix(_ words: ArraySlice<Substring>) -> IPPrefix? {
        var cursor = WordCursor(Array(words))
        guard let first = cursor.take() else { return nil }
        var prefix = IPPrefix(first)
        if prefix == nil, cursor.take("peer"), let peer = cursor.take(), let far = IPPrefix(peer), let near = IPAddress(first) {
            prefix = IPPrefix(near, length: far.length)
        }
        guard !cursor.isAtEnd else { return nil }
        return prefix
    }
}
