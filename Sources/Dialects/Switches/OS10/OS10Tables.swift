internal import Facts

/// The MAC table of Dell OS10: `show mac address-table [vlan N]`; text and `| display-xml`.
enum OS10MACTable {
    static let expectation = TableExpectation(platform: .os10, table: "MAC table")

    static func read(_ text: String) throws(DialectError) -> Reading<FDBEntry> {
        switch try Payload.find(in: text) {
        case .xml(let tree), .json(let tree): try readFields(tree)
        case .text(let lines): try TableWalk.read(lines, OS10MACGrammar(), expecting: expectation)
        }
    }

    /// `bulk/data/fwd-table`; the cursor `last-keys` behind the rows holds an address too and is no row.
    private static func readFields(_ tree: FieldTree) throws(DialectError) -> Reading<FDBEntry> {
        var rows = FieldRows<FDBEntry>(tree: tree, form: "xml")
        let found = tree.descendants(named: ["fwd-table"])
        for entry in found where !entry.isEmpty {
            let address = entry.first("mac-addr", "mac-address")
            guard let mac = address.flatMap({ MACAddress($0.joinedText) }) else {
                rows.doubt(entry)
                continue
            }
            rows.consume(address)
            let printed = entry.value("vlan", "vlan-id")
            let digits = printed.map { $0.drop { !("0"..."9").contains($0) } }
            rows.append(
                FDBEntry(
                    vlan: printed, vlanID: digits.flatMap { VLANID($0) }, mac: mac,
                    type: EOSMACTable.type(entry.value("entry-type", "type", "status") ?? ""),
                    interface: entry.value("if-name", "dot1d-port-index", "interface", "port-name", "port").map {
                        InterfaceName($0)
                    }))
        }
        for cursor in tree.descendants(named: ["last-keys"]) {
            for leaf in [cursor] + Array(cursor.children) { rows.consume(leaf) }
        }
        rows.reportStrayMACs(except: ["last-keys", "key", "last-key"])
        // The same envelope brings interfaces and neighbours.
        let isTable = !found.isEmpty || tree.number(of: "bulk") != nil && tree.number(of: "interface") == nil
        return try rows.reading(isTable: isTable, expecting: expectation)
    }
}

/// `VlanId  Mac Address  Type  Interface`, apart by tabs or blanks. OS9 writes a blank into port names (`Te 0/22`).
struct OS10MACGrammar: TableGrammar {
    private var sawHeader = false

    var form: String { "text" }
    var statesEmpty: Bool { sawHeader }
    var emptyIsSilent: Bool { true }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("mac") }

    mutating func meaning(of line: Substring, after last: FDBEntry?) -> LineMeaning<FDBEntry> {
        let words = line.words
        // `201 pv 202`: learned in a private VLAN.
        if words.count >= 6, words[1] == "pv", words[2].isDecimal { return row([words[0]] + words[3...], line: line) }
        // A virtual network's number stands in front.
        if words.count == 5, words[0].isDecimal, MACWord.read(words[2], .sixPairs) != nil {
            return row(Array(words[1...]), line: line)
        }
        return row(words, line: line)
    }

    private mutating func row(_ words: [Substring], line: Substring) -> LineMeaning<FDBEntry> {
        if words.count >= 4, VLANID(words[0]) != nil, words[0].utf8.first != 0x30, let mac = MACWord.read(words[1], .sixPairs) {
            return row(words, mac: mac)
        }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("vlanid mac address type interface") || folded.hasPrefix("codes:")
            || folded.hasPrefix("virtual-network vlanid mac address")
        {
            sawHeader = sawHeader || !folded.hasPrefix("codes:")
            return .heading
        }
        return folded.hasPrefix("pv - ") || folded.hasPrefix("pv ") || folded.hasPrefix("*i - ") ? .furniture : .unknown
    }

    private func row(_ words: [Substring], mac: MACAddress) -> LineMeaning<FDBEntry> {
        guard words[2].utf8.allSatisfy({ (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) }) else { return .unknown }
        // OS9 marks what its peer learned: `Dynamic (N)`.
        let words = words.count > 4 && words[3].hasPrefix("(") && words[3].hasSuffix(")") ? words[..<3] + words[4...] : words[...]
        guard words.count >= 4 else { return .unknown }
        var name = words[3]
        // SONiC's own command line prints the same header, and its ports in capitals.
        guard !name.hasPrefix("Eth"), !name.hasPrefix("PortChannel") else { return .unknown }
        var rest = words[4...]
        if !PortWord.isPort(name), let number = rest.first, PortWord.isPort(Substring(name + number)) {
            name = Substring(name + " " + number)
            rest = rest.dropFirst()
        } else if !PortWord.isDestination(name) {
            return .unknown
        }
        // OS9 ends a row with its state (`Active`).
        guard rest.isEmpty || rest.count == 1 && ["Active", "Inactive"].contains(rest.first) else { return .unknown }
        return .row(
            FDBEntry(
                vlan: String(words[0]), vlanID: VLANID(words[0]), mac: mac, type: EOSMACTable.type(words[2]),
                interface: InterfaceName(name)))
    }
}

/// OS10's ARP table: `show ip arp`.
enum OS10Neighbours {
    static let expectation = TableExpectation(platform: .os10, table: "ARP table")

    static func read(_ text: String) throws(DialectError) -> Reading<NeighbourEntry> {
        switch try Payload.find(in: text) {
        case .xml(let tree), .json(let tree): try ForeignPayload.refuse(tree, expecting: expectation)
        case .text(let lines): try TableWalk.read(lines, OS10NeighbourGrammar(), expecting: expectation)
        }
    }
}

/// `Address  Hardware address  Interface  Egress Interface`; OS9: `Protocol  Address  Age(min)  Hardware Address  Interface
/// VLAN  CPU`.
struct OS10NeighbourGrammar: TableGrammar {
    private var sawHeader = false

    var form: String { "text" }
    var statesEmpty: Bool { sawHeader }
    var emptyIsSilent: Bool { true }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("arp") }

    mutating func meaning(of line: Substring, after last: NeighbourEntry?) -> LineMeaning<NeighbourEntry> {
        let words = line.words
        if words.count >= 4, let ip = IPAddress(words[0]), !ip.isIPv4, let mac = MACWord.read(words[1], .sixPairs),
            words[2].utf8.allSatisfy({ (0x41...0x5a).contains($0) }), words[3...].allSatisfy({ PortWord.isPort($0) })
        {
            return .row(
                NeighbourEntry(ip: ip, mac: mac, interface: InterfaceName(words[3]), state: NeighbourState.normal(words[2])))
        }
        if words.count >= 3, let ip = IPAddress(words[0]), let mac = MACWord.read(words[1], .sixPairs) {
            guard PortWord.isPort(words[2]), words[3...].allSatisfy({ PortWord.isPort($0) || $0 == "pv" || $0.isDecimal }) else {
                return .unknown
            }
            return .row(NeighbourEntry(ip: ip, mac: mac, interface: InterfaceName(words[2])))
        }
        if words.count >= 6, words[0] == "Internet", let ip = IPAddress(words[1]), let mac = MACWord.read(words[3], .sixPairs) {
            let name = words[4] + " " + words[5]
            guard PortWord.isPort(Substring(words[4] + words[5])) || words[4] == "-" else { return .unknown }
            return .row(
                NeighbourEntry(
                    ip: ip, mac: mac, interface: words[4] == "-" ? nil : InterfaceName(name),
                    ageSeconds: words[2].decimal.map { min($0, 1_000_000) * 60 }))
        }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("address hardware address interface")
            || folded.hasPrefix("ipv6 address hardware address state interface")
            || folded.hasPrefix("protocol address age(min) hardware address")
        {
            sawHeader = true
            return .heading
        }
        return folded.hasPrefix("codes:") || folded.hasPrefix("pv - ") ? .furniture : .unknown
    }
}
