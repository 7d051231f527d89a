internal import Facts

/// SONiC's ARP and IPv6 neighbours: `ip neigh` of its kernel, `show arp`, `show ndp`, `show ip arp` of Enterprise SONiC.
enum SONiCNeighbours {
    static let expectation = TableExpectation(platform: .sonic, table: "ARP or IPv6 neighbour table")

    static func read(_ text: String) throws(DialectError) -> Reading<NeighbourEntry> {
        if case .text(let lines) = try Payload.find(in: text), !lines.contains(where: { $0.words.contains("dev") }) {
            return try TableWalk.read(lines, SONiCNeighbourGrammar(), expecting: expectation)
        }
        return try NeighbourTable.read(text)
    }
}

/// `Address  MacAddress  Iface  Vlan [Status]`. The interface is the learned port; the VLAN is `-` on routed ports.
struct SONiCNeighbourGrammar: TableGrammar {
    private var total: Int?

    var form: String { "text" }
    var statesEmpty: Bool { total == 0 }

    static func isAsked(by command: Substring) -> Bool {
        let lower = command.lowercased()
        return lower.contains("arp") || lower.contains("ndp") || lower.contains("neigh")
    }

    mutating func meaning(of line: Substring, after last: NeighbourEntry?) -> LineMeaning<NeighbourEntry> {
        let words = line.words
        if words.count >= 3, let ip = IPAddress(words[0]) {
            let mac = MACWord.read(words[1], .sixPairs)
            if mac != nil || words[1] == "N/A" || words[1] == "-" { return row(words, ip: ip, mac: mac) }
        }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("address macaddress iface") || folded.hasPrefix("address hardware address interface") {
            return .heading
        }
        if folded.hasPrefix("total number of entries") {
            total = (total ?? 0) + (words.last?.decimal ?? 1)
            return .heading
        }
        return .unknown
    }

    private func row(_ words: [Substring], ip: IPAddress, mac: MACAddress?) -> LineMeaning<NeighbourEntry> {
        var entry = NeighbourEntry(ip: ip, mac: mac, interface: words[2] == "-" ? nil : InterfaceName(words[2]))
        var rest = words[3...]
        guard words[2] == "-" || PortWord.isPort(words[2]) else { return .unknown }
        if let vlan = rest.first, vlan == "-" || vlan.isDecimal || PortWord.isPort(vlan) {
            entry.vlanID = VLANID(vlan)
            rest = rest.dropFirst()
        } else {
            return .unknown
        }
        // Enterprise SONiC says how the entry came to be and what becomes of its frames.
        if rest.count == 2, ["Dynamic", "Static"].contains(rest.first) { return .row(entry) }
        if let state = rest.first, state.utf8.allSatisfy({ (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) }) {
            entry.state = NeighbourState.normal(state)
            rest = rest.dropFirst()
        }
        return rest.isEmpty ? .row(entry) : .unknown
    }
}
