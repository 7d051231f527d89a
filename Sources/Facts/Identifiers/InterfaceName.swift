/// A network interface, kept as its device writes it and compared in a canonical form, so that what a scenario says
/// (`ge-0/0/9`, `Ethernet5`) meets what a table prints (`ge-0/0/9.0`, `Et5`).
///
/// Equality (`==`) is that of the printed text. `matches(_:)` asks whether two names mean the same interface.
package struct InterfaceName: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// As the device, or the scenario, writes it.
    package let printed: String

    package init(_ printed: some StringProtocol) { self.printed = String(printed) }
    package init(stringLiteral value: String) { self.init(value) }

    package var description: String { printed }

    /// The canonical name without its unit: lower case, no blanks, the kind written out (`Et5` is `ethernet5`, `Po10` is
    /// `port-channel10`). For comparing only, never to be shown or sent.
    package var canonicalBase: String { parts.base }

    /// The logical unit behind the last dot: 0 of `ge-0/0/9.0`, 201 of `vlan.201`; nil where there is none.
    package var unit: Int? { parts.unit }

    /// True when both name one interface. A name without a unit stands for the port with all its units, so `ge-0/0/9`
    /// matches `ge-0/0/9.0`; two different units are two interfaces (`vlan.200`, `vlan.201`).
    package func matches(_ other: InterfaceName) -> Bool {
        if printed == other.printed { return true }
        let here = parts
        let there = other.parts
        return here.base == there.base && (here.unit == there.unit || here.unit == nil || there.unit == nil)
    }

    private var parts: (base: String, unit: Int?) {
        var bytes = printed.utf8.filter { $0 != 0x20 && $0 != 0x09 }
        var unit: Int?
        if let dot = bytes.lastIndex(of: 0x2e), dot > 0, dot + 1 < bytes.count, bytes.count - dot <= 10,
            bytes[(dot + 1)...].allSatisfy({ (0x30...0x39).contains($0) })
        {
            unit = bytes[(dot + 1)...].reduce(0) { $0 * 10 + Int($1 - 0x30) }
            bytes.removeSubrange(dot...)
        }
        return (Self.canonical(bytes), unit)
    }

    private static func canonical(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        let lower = text.lowercased()
        let kind = lower.prefix { !("0"..."9").contains($0) }
        let rest = lower.dropFirst(kind.count)
        // Linux calls its first port `eth0`; `Ethernet0` of SONiC is another one. With a slash it is a switch's.
        if kind == "eth", text.hasPrefix("eth"), !rest.contains("/") { return lower }
        guard let known = InterfaceKinds.canonical(kind) else { return lower }
        return known + rest
    }
}
