internal import Facts

/// One line of `route` and `netstat -r` of busybox and net-tools.
///
/// - Source: net-tools `lib/inet_gr.c`, `lib/inet6_gr.c`, busybox `networking/route.c`; `fixtures/nodes/routes`.
struct RouteTableLine {
    /// Which columns a header announces.
    enum Layout: Equatable {
        /// `Flags Metric Ref Use Iface` of `route -n`, and `MSS Window irtt` behind with `-ee`.
        case metric(columns: Int)
        /// `Flags MSS Window irtt Iface` of `netstat -rn`: no metric.
        case noMetric
        /// `Next Hop` of `route -A inet6`.
        case six
    }

    static func layout(_ line: Substring) -> Layout? {
        let words = line.words
        guard words.count >= 8, words[0] == "Destination" else { return nil }
        if words[1] == "Next" { return words.count == 8 && words.last == "If" ? .six : nil }
        guard words[1] == "Gateway", words[2] == "Genmask" else { return nil }
        switch (words[4], words.count) {
        case ("Metric", 8), ("Metric", 11): return .metric(columns: words.count)
        case ("MSS", 8): return .noMetric
        default: return nil
        }
    }

    static func isHeader(_ line: Substring) -> Bool { layout(line) != nil }

    static func row(_ line: Substring, _ layout: Layout) -> RouteEntry? {
        let words = line.words
        switch layout {
        case .metric(let columns):
            guard words.count == columns, let metric = words[4] == "-" ? 0 : words[4].decimal else { return nil }
            return row4(words, metric: metric)
        case .noMetric: return words.count == 8 ? row4(words, metric: nil) : nil
        case .six: return row6(words)
        }
    }

    private static func row4(_ words: [Substring], metric: Int?) -> RouteEntry? {
        // Without `-n` the default has its name, and what is directly reached `*`.
        let hasNoGateway = ["0.0.0.0", "-", "*"].contains(words[1])
        let network = words[0] == "default" ? IPAddress("0.0.0.0") : IPAddress(words[0])
        guard let network, hasNoGateway || IPAddress(words[1]) != nil, let length = length(of: words[2]),
            words[3].utf8.allSatisfy({ $0 == 0x21 || (0x41...0x5a).contains($0) })
        else { return nil }
        let isDefault = length == 0 && network == IPAddress("0.0.0.0")
        var entry = RouteEntry(destination: isDefault ? "default" : "\(network)/\(length)")
        if words[3].contains("!") { entry.type = "unreachable" }
        entry.gateway = hasNoGateway ? nil : IPAddress(words[1])
        entry.interface = words[7] == "*" || words[7] == "-" ? nil : InterfaceName(words[7])
        entry.metric = metric
        return entry
    }

    /// `2001:db8:1::/64  fe80::1  UG  256  1  0  eth0`; newer releases put brackets around an address without a name.
    private static func row6(_ words: [Substring]) -> RouteEntry? {
        let bare = { (word: Substring) in Substring(word.filter { $0 != "[" && $0 != "]" }) }
        guard words.count == 7, let prefix = IPPrefix(bare(words[0])), let hop = IPAddress(bare(words[1])),
            let metric = words[3] == "-1" ? -1 : words[3].decimal, words[4].isDecimal, words[5].isDecimal
        else { return nil }
        var entry = RouteEntry(destination: prefix.length == 0 ? "default" : "\(prefix)")
        if words[2].contains("!") { entry.type = "unreachable" }
        entry.gateway = hop == IPAddress("::") ? nil : hop
        entry.interface = InterfaceName(words[6])
        // -1 is what the kernel has no metric for.
        entry.metric = metric < 0 ? nil : metric
        return entry
    }

    /// Number of ones in `255.255.255.0`; nil when they are not all in front.
    private static func length(of mask: Substring) -> Int? {
        let parts = mask.split(separator: ".").compactMap { UInt8($0) }
        guard parts.count == 4 else { return nil }
        let bits = parts.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let ones = (~bits).leadingZeroBitCount
        return bits == (ones == 0 ? 0 : UInt32.max << UInt32(32 - ones)) ? ones : nil
    }
}
