internal import Facts

/// Junos' ARP table and IPv6 neighbours: `show arp [no-resolve]`, `show ipv6 neighbors`; text, XML and JSON.
enum JunosNeighbours {
    static let expectation = TableExpectation(platform: .junos, table: "ARP or IPv6 neighbour table")

    static func read(_ text: String) throws(DialectError) -> Reading<NeighbourEntry> {
        switch try Payload.find(in: text) {
        case .xml(let tree): try JunosNeighbourFields.read(tree, form: "xml")
        case .json(let tree): try JunosNeighbourFields.read(tree, form: "json")
        case .text(let lines): try TableWalk.read(lines, JunosNeighbourGrammar(), expecting: expectation)
        }
    }
}

/// The lines of `show arp` and `show ipv6 neighbors`.
///
/// An unresolved ARP entry is not printed; there is no state column, but the flags may say `permanent`. The interface may
/// be followed by the learned port in brackets (`irb.201 [ge-0/0/9.0]`).
struct JunosNeighbourGrammar: TableGrammar {
    /// The table ends with the name of the routing instance.
    private var hasInstance = false
    private var total: Int?

    var form: String { "text" }
    var statesEmpty: Bool { total == 0 }

    static func isAsked(by command: Substring) -> Bool {
        let lower = command.lowercased()
        return lower.contains("arp") || lower.contains("neighbor")
    }

    mutating func meaning(of line: Substring, after last: NeighbourEntry?) -> LineMeaning<NeighbourEntry> {
        let words = line.words
        guard let first = words.first else { return .furniture }
        if words.count > 1, let mac = MACWord.read(first, .sixPairs), let ip = IPAddress(words[1]) {
            return arpRow(words, mac: mac, ip: ip)
        }
        if words.count > 2, first.utf8.contains(0x3a), let ip = IPAddress(first) { return ipv6Row(words, ip: ip) }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("total entries:") {
            total = (total ?? 0) + (words.last?.decimal ?? 1)
            return .heading
        }
        if folded.hasPrefix("mac address address") || folded.hasPrefix("ipv6 address linklayer") {
            hasInstance = folded.hasSuffix("routing instance")
            return .heading
        }
        return .unknown
    }

    private func arpRow(_ words: [Substring], mac: MACAddress, ip: IPAddress) -> LineMeaning<NeighbourEntry> {
        // With names resolved a name stands between; it may look like anything, so the last logical interface counts.
        guard let place = words.indices.dropFirst(2).last(where: { JunosInterface.isLogical(words[$0]) }), place <= 3 else {
            return .unknown
        }
        var flags = words[(place + 1)...].filter { !$0.hasPrefix("[") }
        if hasInstance, flags.count > 1 { flags.removeLast() }
        guard let flag = flags.first, !flag.isDecimal, flags.allSatisfy(isFlag) else { return .unknown }
        return .row(
            NeighbourEntry(
                ip: ip, mac: mac, interface: InterfaceName(words[place]),
                state: flags.contains("permanent") ? "permanent" : flag == "none" ? nil : String(flag)))
    }

    /// `none`, `permanent`, `published`, or the seconds to expiry.
    private func isFlag(_ word: Substring) -> Bool { word.isDecimal || Self.flags.contains(word) }

    private static let flags: Set<Substring> = [
        "none", "permanent", "published", "remote", "temporary", "proxy", "router", "static", "permanent,published",
        "gateway",
    ]

    private func ipv6Row(_ words: [Substring], ip: IPAddress) -> LineMeaning<NeighbourEntry> {
        let mac = MACWord.read(words[1], .sixPairs)
        guard mac != nil || words[1] == "none" || words[1] == "None" else { return .unknown }
        guard let place = words.indices.dropFirst(3).last(where: { JunosInterface.isLogical(words[$0]) }),
            words[2].utf8.allSatisfy({ (0x61...0x7a).contains($0) })
        else { return .unknown }
        return .row(NeighbourEntry(ip: ip, mac: mac, interface: InterfaceName(words[place]), state: String(words[2])))
    }
}

/// The same tables in XML and JSON.
enum JunosNeighbourFields {
    private static let entries: Set<String> = ["arp-table-entry", "ipv6-nd-entry"]
    private static let containers: Set<String> = ["arp-table-information", "ipv6-nd-information"]

    static func read(_ tree: FieldTree, form: String) throws(DialectError) -> Reading<NeighbourEntry> {
        var rows = FieldRows<NeighbourEntry>(tree: tree, form: form)
        for entry in tree.descendants(named: entries) {
            let address = entry.first("mac-address", "ipv6-nd-neighbor-l2-address")
            guard let text = entry.value("ip-address", "ipv6-nd-neighbor-address"), let ip = IPAddress(text),
                entry.all("ip-address").count < 2,
                AddressField.isUnresolved(address) || address.flatMap({ MACAddress($0.joinedText) }) != nil
            else {
                rows.doubt(entry)
                continue
            }
            rows.consume(address)
            rows.append(
                NeighbourEntry(
                    ip: ip, mac: address.flatMap { MACAddress($0.joinedText) },
                    interface: entry.value("interface-name", "ipv6-nd-interface-name").map(interface), state: state(of: entry)))
        }
        rows.reportStrayMACs(except: [])
        return try rows.reading(
            isTable: !tree.descendants(named: containers).isEmpty, expecting: JunosNeighbours.expectation)
    }

    /// `irb.201 [ge-0/0/9.0]` without the learned port.
    private static func interface(_ text: String) -> InterfaceName {
        InterfaceName(text.prefix { $0 != "[" })
    }

    private static func state(of entry: Field) -> String? {
        if let state = entry.value("ipv6-nd-state") { return state }
        guard let flags = entry.first("arp-table-entry-flags") else { return nil }
        let names = flags.children.map(\.name)
        if names.contains("permanent") { return "permanent" }
        return names.first { $0 != "none" && !$0.hasPrefix("@") }
    }
}
