internal import Facts

/// One line of `ip route`: `10.34.0.0/16 via 192.168.201.3 dev net1 proto static src 192.168.201.2 metric 100`.
enum RouteLine {
    static let types: Set<Substring> = [
        "unicast", "local", "broadcast", "anycast", "multicast", "blackhole", "unreachable", "prohibit", "throw", "nat",
    ]

    private static let flags: Set<Substring> = [
        "onlink", "linkdown", "dead", "pervasive", "offload", "trap", "notify", "unresolved", "rt_offload", "rt_trap",
        "rt_offload_failed", "equalize", "cache",
    ]

    /// Keywords with one word behind, of no interest here.
    private static let valued: Set<Substring> = [
        "tos", "dsfield", "realm", "realms", "advmss", "window", "rtt", "rttvar", "ssthresh", "cwnd", "initcwnd", "initrwnd",
        "hoplimit", "reordering", "rto_min", "quickack", "congctl", "features", "expires", "error", "pref", "nhid", "uid",
        "from", "iif", "ipid", "users", "age", "fastopen_no_cookie",
    ]

    /// `default`, `10.0.0.0/8`, `2001:db8::1`
    static func isDestination(_ word: Substring) -> Bool {
        word == "default" || IPPrefix(word) != nil || IPAddress(word) != nil
    }

    /// Nil when the line is none, is cut, or says something unknown.
    static func route(_ cursor: inout WordCursor) -> RouteEntry? {
        guard let first = cursor.take() else { return nil }
        var destination = first
        if types.contains(first) {
            guard let next = cursor.take() else { return nil }
            destination = next
        }
        guard isDestination(destination) else { return nil }
        var entry = RouteEntry(destination: String(destination), type: destination == first ? "unicast" : String(first))
        while let word = cursor.take() {
            guard take(word, &cursor, into: &entry) else { return nil }
        }
        // What goes over a gateway goes out of an interface.
        return entry.gateway != nil && entry.interface == nil ? nil : entry
    }

    private static func take(_ word: Substring, _ cursor: inout WordCursor, into entry: inout RouteEntry) -> Bool {
        if flags.contains(word) {
            entry.flags.append(String(word))
            return true
        }
        switch word {
        case "via":
            guard entry.gateway == nil, let gateway = gateway(&cursor) else { return false }
            entry.gateway = gateway
            return true
        case "metric":
            guard entry.metric == nil else { return false }
            entry.metric = cursor.takeDecimal()
            return entry.metric != nil
        case "mtu":
            _ = cursor.take("lock")
            entry.mtuBytes = cursor.takeDecimal()
            return entry.mtuBytes != nil
        default: break
        }
        if word == "encap" { return skipEncapsulation(&cursor) }
        guard var value = cursor.take() else { return false }
        // Any metric may be locked: `rto_min lock 200ms`.
        if value == "lock", valued.contains(word) {
            guard let locked = cursor.take() else { return false }
            value = locked
        }
        switch word {
        // What comes again belongs to the rest of another route.
        case "dev" where entry.interface == nil: entry.interface = InterfaceName(value)
        case "src":
            guard entry.source == nil, let source = IPAddress(value) else { return false }
            entry.source = source
        case "proto" where entry.origin == nil: entry.origin = String(value)
        case "scope" where entry.scope == nil: entry.scope = String(value)
        case "table": entry.table = String(value)
        default: return valued.contains(word)
        }
        return true
    }

    /// `encap ip id 100 src 0.0.0.0 dst 10.0.2.9 ttl 0 tos 0 dev eth0`: ends before the gateway or the interface, which follow always.
    ///
    /// - Source: iproute2 `ip/iproute_lwtunnel.c` (`lwt_print_encap`).
    private static func skipEncapsulation(_ cursor: inout WordCursor) -> Bool {
        while let word = cursor.next, word != "via", word != "dev" { cursor.index += 1 }
        return !cursor.isAtEnd
    }

    /// What stands behind `nexthop`; nil when it is cut.
    static func hop(_ cursor: inout WordCursor) -> RouteEntry.NextHop? {
        var hop = RouteEntry.NextHop()
        while let word = cursor.take() {
            switch word {
            case "via":
                guard let gateway = gateway(&cursor) else { return nil }
                hop.gateway = gateway
            case "dev":
                guard let name = cursor.take() else { return nil }
                hop.interface = InterfaceName(name)
            case "weight":
                guard let weight = cursor.takeDecimal() else { return nil }
                hop.weight = weight
            default: guard flags.contains(word) else { return nil }
            }
        }
        return hop.interface == nil ? nil : hop
    }

    /// `192.168.201.1`, `inet6 fe80::1`
    private static func gateway(_ cursor: inout WordCursor) -> IPAddress? {
        if !cursor.take("inet6") { _ = cursor.take("inet") }
        return cursor.take().flatMap { IPAddress($0) }
    }
}
