internal import Facts

/// The first line of a block of `ip link` or `ip addr`: `5: eno2: <FLAGS> mtu 9000 qdisc mq state UP mode DEFAULT …`.
///
/// - Source: iproute2 `print_linkinfo` and busybox `libiproute/ipaddress.c` of the same name. busybox prints no `mode` and no
///   `group`, and `state` only where its C library knows IFF_DORMANT; iproute2 prints `mode` for `ip link` only.
struct IPHeader: Hashable {
    var index: Int?
    var name: InterfaceName
    var flags: [String]
    var mtuBytes: Int?
    var operState: String?
    var hasState: Bool { operState != nil }
    var hasMode = false
    var hasGroup = false
    /// The last word that a release before groups prints.
    var hasQueueLength = false

    static let operStates: Set<Substring> = [
        "UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN", "TESTING", "DORMANT", "UP",
    ]
    private static let keys: Set<Substring> = [
        "mtu", "qdisc", "master", "state", "mode", "group", "qlen", "event", "vrf",
    ]

    /// True for a line that begins a block, whole or cut: `[N:] NAME[@PEER]: <`. The index and its blank can be missing in
    /// pasted text.
    static func starts(_ words: [Substring]) -> Bool {
        guard words.count > 1 else { return false }
        let offset = words[0].hasSuffix(":") && words[0].dropLast().isDecimal ? 1 : 0
        guard words.count > offset + 1 else { return false }
        return words[offset].hasSuffix(":") && words[offset].utf8.count > 1 && words[offset + 1].hasPrefix("<")
    }

    init(name: InterfaceName) {
        self.name = name
        flags = []
    }

    /// Nil when the line is cut: flags not closed, no MTU, a key without its value, a value that is none.
    ///
    /// - Parameter strict: refuse words that no release is known to print, for a line that was put together from two.
    init?(_ line: Substring, strict: Bool = false) {
        var cursor = WordCursor(line)
        if cursor.take("Deleted") { return nil }
        if let first = cursor.next, first.hasSuffix(":"), let number = first.dropLast().decimal {
            index = number
            cursor.index += 1
        }
        guard let title = cursor.take(), title.hasSuffix(":"), title.utf8.count > 1, let flagWord = cursor.take(),
            flagWord.hasPrefix("<"), flagWord.hasSuffix(">")
        else { return nil }
        // `eth0@if33` and `vlan.201@br0`: what follows the @ is the peer or the lower device.
        let whole = title.dropLast()
        name = InterfaceName(whole.firstIndex(of: "@").map { whole[..<$0] } ?? whole)
        flags = flagWord.dropFirst().dropLast().split(separator: ",").map(String.init)
        guard readPairs(&cursor, strict: strict), mtuBytes != nil, !name.printed.isEmpty else { return nil }
    }

    private mutating func readPairs(_ cursor: inout WordCursor, strict: Bool) -> Bool {
        var pairs = 0
        while let key = cursor.take() {
            guard Self.keys.contains(key) else {
                if strict { return false }
                // A cut key at the end of the line is no word of a newer release.
                if cursor.isAtEnd, Self.keys.contains(where: { $0.hasPrefix(key) }) { return false }
                continue
            }
            guard let value = cursor.take() else { return false }
            pairs += 1
            guard readPair(key, value) else { return false }
        }
        // The MTU is never the last thing printed.
        return pairs > 1
    }

    private mutating func readPair(_ key: Substring, _ value: Substring) -> Bool {
        switch key {
        case "mtu":
            mtuBytes = value.decimal
            return mtuBytes != nil
        case "state":
            operState = String(value)
            return Self.operStates.contains(value) || value.hasPrefix("0x") || value.isDecimal
        case "mode":
            hasMode = true
            return value == "DEFAULT" || value == "DORMANT" || value.isDecimal
        case "group": hasGroup = true
        case "qlen":
            hasQueueLength = value.isDecimal
            return hasQueueLength
        default: break
        }
        return true
    }
}
