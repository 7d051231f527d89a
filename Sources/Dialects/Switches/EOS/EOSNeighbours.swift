internal import Facts

/// EOS' ARP table and IPv6 neighbours: `show ip arp [vrf all]`, `show ipv6 neighbors`; text and JSON.
enum EOSNeighbours {
    static let expectation = TableExpectation(platform: .eos, table: "ARP or IPv6 neighbour table")

    static func read(_ text: String) throws(DialectError) -> Reading<NeighbourEntry> {
        switch try Payload.find(in: text) {
        case .json(let tree): try readFields(tree)
        case .xml(let tree): try ForeignPayload.refuse(tree, expecting: expectation)
        case .text(let lines): try TableWalk.read(lines, EOSNeighbourGrammar(), expecting: expectation)
        }
    }

    private static func readFields(_ tree: FieldTree) throws(DialectError) -> Reading<NeighbourEntry> {
        let names: Set<String> = ["ipV4Neighbors", "ipV6Neighbors"]
        let found = tree.descendants(named: names)
        var rows = FieldRows<NeighbourEntry>(tree: tree, form: "json")
        for entry in found where !entry.isEmpty {
            let address = entry.first("hwAddress", "macAddress")
            guard let ip = entry.value("address").flatMap({ IPAddress($0) }),
                AddressField.isUnresolved(address) || address.flatMap({ MACAddress($0.joinedText) }) != nil
            else {
                rows.doubt(entry)
                continue
            }
            rows.consume(address)
            rows.append(
                NeighbourEntry(
                    ip: ip, mac: address.flatMap { MACAddress($0.joinedText) },
                    interface: entry.first("interface").map { interface($0.text) },
                    state: entry.value("state").map { NeighbourState.normal($0) },
                    ageSeconds: entry.value("age").flatMap { Double($0) }.flatMap { $0 >= 0 && $0 < 1e9 ? Int($0) : nil }))
        }
        rows.reportStrayMACs(except: [])
        let isTable =
            !found.isEmpty
            || ["ipV4Neighbors[]", "ipV6Neighbors[]", "totalEntries", "dynamicEntries"].contains { tree.number(of: $0) != nil }
        return try rows.reading(isTable: isTable, expecting: expectation)
    }

    /// The layer-3 interface of `Vlan101, Port-Channel2`.
    static func interface(_ text: some StringProtocol) -> InterfaceName {
        InterfaceName(Substring(text.prefix { $0 != "," }).trimmedBlanks)
    }
}

/// `Address  Age (sec)  Hardware Addr  Interface`, repeated below `VRF: NAME` for each VRF.
struct EOSNeighbourGrammar: TableGrammar {
    /// Seconds in the header's unit of plain numbers; nil before a header was seen.
    private var ageUnit: Int?
    private var sawHeader = false

    var form: String { "text" }
    /// EOS prints the header and nothing below it.
    var statesEmpty: Bool { sawHeader }
    var emptyIsSilent: Bool { true }

    static func isAsked(by command: Substring) -> Bool {
        let lower = command.lowercased()
        return lower.contains("arp") || lower.contains("neighbors") && lower.contains("ipv6")
    }

    mutating func meaning(of line: Substring, after last: NeighbourEntry?) -> LineMeaning<NeighbourEntry> {
        let words = line.words
        if words.count >= 4, let ip = IPAddress(words[0]) { return row(words, ip: ip) }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("address age"), folded.contains("hardware addr") {
            ageUnit = folded.contains("(min)") ? 60 : 1
            sawHeader = true
            return .heading
        }
        if folded.hasPrefix("ipv6 address"), folded.contains("hardware addr") {
            ageUnit = 1
            sawHeader = true
            return .heading
        }
        return folded.hasPrefix("vrf: ") || folded.hasPrefix("vrf : ") ? .heading : .unknown
    }

    private func row(_ words: [Substring], ip: IPAddress) -> LineMeaning<NeighbourEntry> {
        // Ages of days are several words: `1 day, 2:03:04`.
        guard let place = words.indices.dropFirst(2).first(where: { MACWord.read(words[$0], .threeQuads) != nil }), place <= 4
        else {
            return .unknown
        }
        var rest = words[(place + 1)...]
        var state: String?
        if let word = rest.first, !ip.isIPv4, word.utf8.allSatisfy({ (0x41...0x5a).contains($0) }) {
            state = NeighbourState.normal(word)
            rest = rest.dropFirst()
        }
        guard let first = rest.first else { return .unknown }
        let name = first.hasSuffix(",") ? first.dropLast() : first
        guard PortWord.isDestination(name) else { return .unknown }
        // `Vlan101, Port-Channel2` or `Vlan1, not learned`; a comma at the end says that the rest is missing.
        guard first.hasSuffix(",") ? rest.count >= 2 : rest.count == 1 else { return .unknown }
        // An unresolved neighbour has an address of zeros.
        let mac = MACWord.read(words[place], .threeQuads)
        return .row(
            NeighbourEntry(
                ip: ip, mac: state == "incomplete" && mac?.bits == 0 ? nil : mac, interface: InterfaceName(name), state: state,
                ageSeconds: age(words[1..<place])))
    }

    private func age(_ words: ArraySlice<Substring>) -> Int? {
        if words.count == 1, let number = words.first?.decimal {
            return number < 1_000_000 ? ageUnit.map { number * $0 } : nil
        }
        guard let clock = words.last.flatMap({ Ages.clock($0) }) else { return nil }
        guard words.count == 3, let days = words.first?.decimal, days < 100_000 else { return words.count == 1 ? clock : nil }
        return days * 86_400 + clock
    }
}
