internal import Facts

/// The MAC table of EOS: `show mac address-table`, `show vxlan address-table`; text and JSON.
enum EOSMACTable {
    static let expectation = TableExpectation(platform: .eos, table: "MAC table")

    static func read(_ text: String) throws(DialectError) -> Reading<FDBEntry> {
        switch try Payload.find(in: text) {
        case .json(let tree): try readFields(tree)
        case .xml(let tree): try ForeignPayload.refuse(tree, expecting: expectation)
        case .text(let lines): try TableWalk.read(lines, EOSMACGrammar(), expecting: expectation)
        }
    }

    /// `DYNAMIC` and `dynamic`, `STATIC` and `static`; everything else as printed (`PEER DYNAMIC`, `EVPN`).
    static func type(_ printed: some StringProtocol) -> String {
        switch printed.lowercased() {
        case "dynamic": "dynamic"
        case "static": "static"
        default: String(printed)
        }
    }

    private static func readFields(_ tree: FieldTree) throws(DialectError) -> Reading<FDBEntry> {
        let tables = tree.descendants(named: ["unicastTable", "multicastTable"])
        var rows = FieldRows<FDBEntry>(tree: tree, form: "json")
        // `show vxlan address-table | json` has its rows in a list of another name.
        let remote =
            tree.number(of: "vtepAddr") != nil || tree.number(of: "addrType") != nil
            ? tree.descendants(named: ["addresses"]) : []
        for entry in tables.flatMap({ $0.all("tableEntries") }) + remote where !entry.isEmpty {
            let address = entry.first("macAddress")
            guard let mac = address.flatMap({ MACAddress($0.joinedText) }) else {
                rows.doubt(entry)
                continue
            }
            rows.consume(address)
            let vlan = entry.value("vlanId")
            let ports = (entry.all("interface") + entry.all("interfaces")).map(\.joinedText).filter { !$0.isEmpty }
            rows.append(
                FDBEntry(
                    vlan: vlan, vlanID: vlan.flatMap { VLANID($0) }, mac: mac,
                    type: type(entry.value("entryType", "addrType") ?? ""),
                    interface: ports.first.map { InterfaceName($0) },
                    interfaces: ports.count > 1 ? ports.map { InterfaceName($0) } : []))
        }
        rows.reportStrayMACs(except: [])
        return try rows.reading(isTable: !tables.isEmpty || !remote.isEmpty, expecting: expectation)
    }
}

/// The lines of `show mac address-table`: a unicast table, then a multicast one with several ports a row.
struct EOSMACGrammar: TableGrammar {
    /// From the header: a dynamic row ends with a count of moves and `… ago`, so a row without them is cut.
    private var hasMoves = false
    private var isMulticast = false
    private var total: Int?

    var form: String { "text" }
    var statesEmpty: Bool { total == 0 }

    static func isAsked(by command: Substring) -> Bool {
        let lower = command.lowercased()
        return lower.contains("mac") || lower.contains("address-table")
    }

    mutating func meaning(of line: Substring, after last: FDBEntry?) -> LineMeaning<FDBEntry> {
        let words = line.words
        if words.count >= 4, VLANID(words[0]) != nil, words[0].utf8.first != 0x30, let mac = MACWord.read(words[1], .threeQuads) {
            return row(words, mac: mac)
        }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("vlan mac address type ports moves") || folded.hasPrefix("vlan mac address type prt vtep") {
            hasMoves = true
            return .heading
        }
        if isMulticast, folded == "vlan mac address type ports" { return .heading }
        if folded.hasSuffix("mac address table") {
            isMulticast = folded.hasPrefix("multicast")
            return .heading
        }
        if folded.hasPrefix("total "), folded.contains("mac addresses for this criterion") {
            total = (total ?? 0) + (words.last?.decimal ?? 1)
            return .heading
        }
        // The second VTEP of a multihomed address stands alone.
        return words.count == 1 && IPAddress(words[0]) != nil ? .furniture : .unknown
    }

    /// Types are one word but for these: `PEER DYNAMIC`.
    private static let firstOfTwo: Set<String> = ["peer", "mlag", "configured", "learned", "remote", "evpn", "vxlan", "dot1x"]

    private func row(_ words: [Substring], mac: MACAddress) -> LineMeaning<FDBEntry> {
        guard let place = words.indices.dropFirst(3).first(where: { PortWord.isDestination(words[$0]) }),
            place == 3 || place == 4 && Self.firstOfTwo.contains(words[2].lowercased())
        else { return .unknown }
        let type = words[2..<place].joined(separator: " ")
        var end = place + 1
        while end < words.endIndex, PortWord.isDestination(words[end]) { end += 1 }
        var rest = words[end...]
        if let vtep = rest.first, IPAddress(vtep) != nil { rest = rest.dropFirst() }
        if rest.isEmpty {
            guard !(hasMoves && !isMulticast && type == "DYNAMIC") else { return .unknown }
        } else {
            guard rest.last == "ago", rest.first?.isDecimal == true, rest.count >= 3,
                rest.dropFirst().dropLast().allSatisfy(isTime)
            else { return .unknown }
        }
        let ports = words[place..<end].map { InterfaceName($0) }
        return .row(
            FDBEntry(
                vlan: String(words[0]), vlanID: VLANID(words[0]), mac: mac, type: EOSMACTable.type(type), interface: ports.first,
                interfaces: ports.count > 1 ? ports : []))
    }

    /// The words of `9 days, 15:57:28`.
    private func isTime(_ word: Substring) -> Bool {
        word.isDecimal || Ages.clock(word) != nil || word.hasPrefix("day") || word.hasPrefix("year") || word.hasPrefix("week")
    }
}
