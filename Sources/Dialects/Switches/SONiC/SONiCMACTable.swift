internal import Facts

/// The MAC table of SONiC: `bridge fdb show` of its kernel, `show mac`, `fdbshow`, and `show mac address-table` of Enterprise
/// SONiC's own command line.
enum SONiCMACTable {
    static let expectation = TableExpectation(platform: .sonic, table: "MAC table")

    static func read(_ text: String) throws(DialectError) -> Reading<FDBEntry> {
        if case .text(let lines) = try Payload.find(in: text), !lines.contains(where: { $0.words.contains("dev") }) {
            return try TableWalk.read(lines, SONiCMACGrammar(), expecting: expectation)
        }
        return try BridgeFDB.read(text)
    }
}

/// `No.  Vlan  MacAddress  Port  Type`; the port may be an object id (`oid:0x3a…`) or `VxLAN DIP: 192.0.2.4`.
struct SONiCMACGrammar: TableGrammar {
    private enum Layout { case unknown, show, enterprise }
    private var layout = Layout.unknown
    private var hasType = true
    private var total: Int?

    var form: String { "text" }
    var statesEmpty: Bool { total == 0 }

    static func isAsked(by command: Substring) -> Bool {
        let lower = command.lowercased()
        return lower.contains("mac") || lower.contains("fdb")
    }

    mutating func meaning(of line: Substring, after last: FDBEntry?) -> LineMeaning<FDBEntry> {
        let words = line.words
        if words.count >= 4, words[0].isDecimal, words[1].isDecimal, let mac = MACWord.read(words[2], .sixPairs) {
            return showRow(words, mac: mac)
        }
        if words.count >= 4, words[0].isDecimal, let mac = MACWord.read(words[1], .sixPairs) {
            return enterpriseRow(words, mac: mac)
        }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("no. vlan macaddress port") {
            layout = .show
            hasType = folded.contains("type")
            return .heading
        }
        if folded.hasPrefix("vlanid mac address type interface") || folded.hasPrefix("vlan mac-address type interface") {
            layout = .enterprise
            return .heading
        }
        if folded.hasPrefix("total number of entries") {
            total = (total ?? 0) + (words.last?.decimal ?? 1)
            return .heading
        }
        return .unknown
    }

    private func showRow(_ words: [Substring], mac: MACAddress) -> LineMeaning<FDBEntry> {
        var port = words[3...]
        var type = "dynamic"
        if hasType {
            guard port.count >= 2, let last = port.last, let known = Self.types[last.lowercased()] else { return .unknown }
            type = known
            port = port.dropLast()
        }
        guard let first = port.first, port.count == 1 ? isPort(first) : first == "VxLAN", vlan(words[1]) != nil else {
            return .unknown
        }
        return .row(
            FDBEntry(
                vlan: String(words[1]), vlanID: VLANID(words[1]), mac: mac, type: type,
                interface: InterfaceName(port.joined(separator: " "))))
    }

    private func enterpriseRow(_ words: [Substring], mac: MACAddress) -> LineMeaning<FDBEntry> {
        guard let type = Self.types[words[2].lowercased()], words.count == 4, isPort(words[3]),
            words[3].utf8.first == 0x45 || words[3].utf8.first == 0x50, vlan(words[0]) != nil
        else {
            return .unknown
        }
        return .row(
            FDBEntry(
                vlan: String(words[0]), vlanID: VLANID(words[0]), mac: mac, type: type, interface: InterfaceName(words[3])))
    }

    private static let types = ["dynamic": "dynamic", "static": "static"]

    private func vlan(_ word: Substring) -> VLANID? { word.utf8.first == 0x30 ? nil : VLANID(word) }

    /// `1000000000fff`: fdbshow prints a port that has no name by its object's number, without `oid:`.
    private func isObject(_ word: Substring) -> Bool {
        word.utf8.count >= 12 && word.utf8.allSatisfy { MACWord.hex($0) != nil }
    }

    private func isPort(_ word: Substring) -> Bool {
        PortWord.isPort(word) || word.hasPrefix("oid:") || isObject(word)
            || word.hasPrefix("Eth") && word.utf8.last.map { (0x30...0x39).contains($0) } == true
    }
}
