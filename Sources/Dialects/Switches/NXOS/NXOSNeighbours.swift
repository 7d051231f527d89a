internal import Facts

/// NX-OS' ARP table and IPv6 neighbours: `show ip arp [detail] [vrf all]`, `show ipv6 neighbor`; text, JSON and XML.
enum NXOSNeighbours {
    static let expectation = TableExpectation(platform: .nxos, table: "ARP or IPv6 neighbour table")

    static func read(_ text: String) throws(DialectError) -> Reading<NeighbourEntry> {
        switch try Payload.find(in: text) {
        case .json(let tree): try readFields(tree, form: "json")
        case .xml(let tree): try readFields(tree, form: "xml")
        case .text(let lines):
            withoutBareAddresses(try TableWalk.read(lines, NXOSNeighbourGrammar(), expecting: expectation), lines)
        }
    }

    /// An address of `detail` whose `MacAddr` was not read says nothing about the neighbour: its lines are unread.
    private static func withoutBareAddresses(_ reading: Reading<NeighbourEntry>, _ lines: TextLines) -> Reading<NeighbourEntry> {
        let bare = Set(reading.rows.filter { $0.mac == nil && $0.state == nil }.map(\.ip))
        if bare.isEmpty { return reading }
        let named = lines.filter { line in line.words.last.flatMap { IPAddress($0) }.map { bare.contains($0) } == true }
        return Reading(
            rows: reading.rows.filter { $0.mac != nil || $0.state != nil },
            unread: (reading.unread + named.map(\.unread)).sorted { $0.number < $1.number }, statedEmpty: false,
            form: reading.form)
    }

    private static func readFields(_ tree: FieldTree, form: String) throws(DialectError) -> Reading<NeighbourEntry> {
        var rows = FieldRows<NeighbourEntry>(tree: tree, form: form)
        for entry in tree.descendants(named: ["ROW_adj"]) where !entry.isEmpty {
            let address = entry.first("mac")
            guard let ip = entry.value("ip-addr-out", "ip-addr", "ipv6-addr").flatMap({ IPAddress($0) }) else {
                rows.doubt(entry)
                continue
            }
            rows.consume(address)
            let mac = address.flatMap { MACAddress($0.joinedText) }
            let isIncomplete = mac == nil && (entry.value("incomplete") == "true" || address?.text.uppercased() == "INCOMPLETE")
            guard mac != nil || isIncomplete else {
                rows.doubt(entry)
                continue
            }
            rows.append(
                NeighbourEntry(
                    ip: ip, mac: mac, interface: entry.value("intf-out", "interface-out").map { InterfaceName($0) },
                    state: mac == nil ? "incomplete" : nil,
                    ageSeconds: entry.value("time-stamp").flatMap { Ages.iso($0) ?? Ages.clock($0) }))
        }
        rows.reportStrayMACs(except: [])
        let isTable = ["TABLE_adj", "TABLE_adj[]", "TABLE_vrf", "cnt-total"].contains { tree.number(of: $0) != nil }
        return try rows.reading(isTable: isTable, expecting: expectation)
    }
}

/// `Address  Age  MAC Address  Interface [Physical Interface] [Flags] [VRF Name]`, below a title for each context.
struct NXOSNeighbourGrammar: TableGrammar {
    private var total: Int?
    private var hasVRF = false

    var form: String { "text" }
    var statesEmpty: Bool { total == 0 }

    static func isAsked(by command: Substring) -> Bool {
        let lower = command.lowercased()
        return lower.contains("arp") || lower.contains("neighbor") && lower.contains("ipv6")
    }

    mutating func meaning(of line: Substring, after last: NeighbourEntry?) -> LineMeaning<NeighbourEntry> {
        let words = line.words
        if words.count >= 4, let ip = IPAddress(words[0]) { return ip.isIPv4 ? row(words, ip: ip) : ipv6Row(words, ip: ip) }
        if let meaning = detail(words, after: last) { return meaning }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("no. of adjacency hit") || folded.hasPrefix("adjacency statistics") { return .furniture }
        if folded.hasPrefix("address age mac address") {
            hasVRF = folded.contains("vrf")
            return .heading
        }
        // The header's end, where a narrow terminal broke it.
        if folded.hasPrefix("physical interface") || folded.hasSuffix("vrf name") || folded == "name" {
            hasVRF = hasVRF || folded.contains("vrf") || folded == "name"
            return .heading
        }
        if folded.hasPrefix("ip arp table for") || folded.hasPrefix("ipv6 adjacency table for") { return .heading }
        if folded.hasPrefix("total number of entries:") {
            total = (total ?? 0) + (words.last?.decimal ?? 1)
            return .heading
        }
        return isLegend(folded) ? .furniture : .unknown
    }

    /// `Address :  2001:db8::2`, and below it `MacAddr :`, `Age :`, `Interface :` (`show ipv6 neighbor detail`).
    private func detail(_ words: [Substring], after last: NeighbourEntry?) -> LineMeaning<NeighbourEntry>? {
        guard let colon = words.firstIndex(of: ":"), colon <= 2, colon + 2 == words.count, let value = words.last else {
            return nil
        }
        let key = words[..<colon].joined(separator: " ").lowercased()
        if key == "address" { return IPAddress(value).map { .row(NeighbourEntry(ip: $0, mac: nil)) } }
        guard var row = last else { return nil }
        switch key {
        case "macaddr":
            row.mac = MACWord.read(value, .threeQuads)
            row.state = row.mac == nil ? "incomplete" : nil
            guard row.mac != nil || value.uppercased() == "INCOMPLETE" else { return .unknown }
        case "age": row.ageSeconds = Ages.clock(value)
        case "interface": row.interface = InterfaceName(value)
        case "preference", "source", "physical interface", "packet count", "byte count", "best", "throttled": return .furniture
        default: return nil
        }
        return .amends(row)
    }

    private func isLegend(_ folded: String) -> Bool {
        [
            "flags: ", "* - adj", "+ - adj", "# - adj", "cp - ", "ps - ", "ro - ", "d - static", "l - ", "v - ", "ip adjacency",
            "m - ",
            "flags:", "icmpv6 - ",
        ].contains { folded.hasPrefix($0) }
    }

    private func row(_ words: [Substring], ip: IPAddress) -> LineMeaning<NeighbourEntry> {
        let mac = MACWord.read(words[2], .threeQuads)
        let isIncomplete = words[2].uppercased() == "INCOMPLETE"
        guard mac != nil || isIncomplete, words[1] == "-" || Ages.clock(words[1]) != nil || words[1].isDecimal,
            PortWord.isPort(words[3]) || words[3] == "-"
        else { return .unknown }
        var rest = words[4...]
        if let physical = rest.first, physical == "-" || PortWord.isPort(physical.prefix { $0 != "(" }) {
            rest = rest.dropFirst()
        }
        while let flag = rest.first, isFlag(flag) { rest = rest.dropFirst() }
        guard rest.count <= (hasVRF ? 1 : 0) else { return .unknown }
        return .row(
            NeighbourEntry(
                ip: ip, mac: mac, interface: words[3] == "-" ? nil : InterfaceName(words[3]),
                state: mac == nil ? "incomplete" : nil, ageSeconds: Ages.clock(words[1])))
    }

    private func isFlag(_ word: Substring) -> Bool {
        ["*", "+", "#", "CP", "PS", "RO", "D", "L", "V", "M"].contains(word)
    }

    /// `Address  Age  MAC Address  Pref  Source  Interface`
    private func ipv6Row(_ words: [Substring], ip: IPAddress) -> LineMeaning<NeighbourEntry> {
        let mac = MACWord.read(words[2], .threeQuads)
        guard words.count == 6, mac != nil || words[2].uppercased() == "INCOMPLETE", words[3].isDecimal, PortWord.isPort(words[5])
        else { return .unknown }
        return .row(
            NeighbourEntry(
                ip: ip, mac: mac, interface: InterfaceName(words[5]), state: mac == nil ? "incomplete" : nil,
                ageSeconds: Ages.clock(words[1])))
    }
}
