internal import Facts

/// Cumulus Linux: `net show … json` (3 and 4), `nv show … -o json` (5) and the text of both, besides the kernel's own tools.
enum CumulusMACTable {
    static let expectation = TableExpectation(platform: .cumulus, table: "MAC table")

    static func read(_ text: String) throws(DialectError) -> Reading<FDBEntry> {
        switch try Payload.find(in: text) {
        case .json(let tree) where isNVUE(tree): return try readFields(tree)
        case .text(let lines) where nvue.isIn(lines): return try TableWalk.read(lines, nvue, expecting: expectation)
        case .text(let lines) where lines.contains(where: { PlatformMark.platform(of: $0.text) == .cumulus }):
            return try TableWalk.read(lines, CumulusMACGrammar(), expecting: expectation)
        default: return try BridgeFDB.read(text)
        }
    }

    /// `nv show bridge domain br_default mac-table`, in the three orders of columns that releases have; a narrow terminal cuts
    /// addresses (`0c:a2:…`), and such a row is unread.
    private static let nvue = RuledGrammar<FDBEntry>(
        ["age bridge-domain entry-type", "entry-id age bridge-domain", "entry-id mac address vlan"], form: "text/nvue"
    ) { cells, _ in
        guard let mac = MACWord.read(cells["mac", "mac address"], .sixPairs), !cells["interface"].isEmpty else { return .unknown }
        let vlan = cells["vlan"]
        let type = cells["entry-type"]
        // The last column of each order: words that do not fit there are another row's.
        guard vlan.isEmpty || VLANID(vlan) != nil, cells["age"].isEmpty || age(cells["age"]) != nil,
            !MACWord.occurs(in: cells["summary"])
        else { return .unknown }
        return .row(
            FDBEntry(
                vlan: vlan.isEmpty ? nil : String(vlan), vlanID: VLANID(vlan), mac: mac,
                type: type.isEmpty ? "dynamic" : String(type),
                interface: InterfaceName(cells["interface"]), ageSeconds: age(cells["age"])))
    }

    /// `75`, `0:12:54`, `13 days, 8:47:06`
    private static func age(_ text: Substring) -> Int? {
        if let seconds = text.decimal { return seconds }
        let words = text.words
        guard let clock = words.last.flatMap({ Ages.clock($0) }) else { return nil }
        guard words.count == 3, words[1].hasPrefix("day"), let days = words[0].decimal, days < 1_000_000 else {
            return words.count == 1 ? clock : nil
        }
        return days * 86_400 + clock
    }

    /// NVUE's rows are objects under keys `1`, `2`, … with `entry-type`.
    private static func isNVUE(_ tree: FieldTree) -> Bool {
        tree.number(of: "entry-type") != nil || tree.number(of: "last-update") != nil || tree.number(of: "mac-table") != nil
    }

    private static func readFields(_ tree: FieldTree) throws(DialectError) -> Reading<FDBEntry> {
        var rows = FieldRows<FDBEntry>(tree: tree, form: "json/nvue")
        for address in tree.descendants(named: ["mac"]) {
            guard let entry = address.parent, let mac = MACAddress(address.joinedText) else {
                if !address.isEmpty { rows.doubt(address) }
                continue
            }
            rows.consume(address)
            let vlan = entry.value("vlan")
            let type = entry.value("entry-type") ?? "dynamic"
            rows.append(
                FDBEntry(
                    vlan: vlan, vlanID: vlan.flatMap { VLANID($0) }, mac: mac, type: type,
                    interface: entry.value("interface", "ifname", "dev").map { InterfaceName($0) },
                    ageSeconds: entry.value("age").flatMap { Substring($0).decimal }))
        }
        rows.reportStrayMACs(except: [])
        return try rows.reading(
            isTable: tree.number(of: "mac-table") != nil || tree.roots.first?.isEmpty == true, expecting: expectation)
    }
}

/// `VLAN  Master  Interface  MAC  TunnelDest  State  Flags  LastSeen` of `net show bridge macs`. A learned row's state is
/// blank; VLAN and tunnel may be blank too, so words are told by what they are.
struct CumulusMACGrammar: TableGrammar {
    private var sawHeader = false

    var form: String { "text/net-show" }
    var statesEmpty: Bool { sawHeader }
    var emptyIsSilent: Bool { true }

    static func isAsked(by command: Substring) -> Bool {
        let lower = command.lowercased()
        return lower.contains("mac") || lower.contains("fdb")
    }

    mutating func meaning(of line: Substring, after last: FDBEntry?) -> LineMeaning<FDBEntry> {
        let words = line.words
        if let place = words.indices.prefix(4).first(where: { MACWord.read(words[$0], .sixPairs) != nil }), place >= 2,
            let mac = MACWord.read(words[place], .sixPairs)
        {
            return row(words, at: place, mac: mac)
        }
        guard PlatformMark.fold(line).hasPrefix("vlan master interface mac") else { return .unknown }
        sawHeader = true
        return .heading
    }

    private func row(_ words: [Substring], at place: Int, mac: MACAddress) -> LineMeaning<FDBEntry> {
        // With two words in front either the VLAN or the master is blank.
        let vlan = place == 3 || words[0].isDecimal || words[0] == "untagged" ? words[0] : nil
        guard vlan.map({ $0.isDecimal || $0 == "untagged" }) ?? true, let seen = words.last, place + 1 < words.count else {
            return .unknown
        }
        guard seen == "never" || Ages.clock(seen) != nil || seen == "<1" || seen.hasPrefix("<") || seen == "sec" || seen == "ago"
        else {
            return .unknown
        }
        let states: Set<Substring> = ["permanent", "static", "offload", "self"]
        let state = words[(place + 1)...].map { $0.hasSuffix(",") ? $0.dropLast() : $0 }.first { states.contains($0) }
        return .row(
            FDBEntry(
                vlan: vlan.map { String($0) }, vlanID: vlan.flatMap { VLANID($0) }, mac: mac,
                type: state.map { String($0) } ?? "dynamic", interface: InterfaceName(words[place - 1]),
                ageSeconds: Ages.clock(seen).map { $0 + Self.days(words) * 86_400 }))
    }

    /// The days in `4 days, 22:25:42`, the last words of a row; 0 where there are none.
    private static func days(_ words: [Substring]) -> Int {
        guard words.count > 3, words[words.count - 2].hasPrefix("day"), let days = words[words.count - 3].decimal else {
            return 0
        }
        return min(days, 100_000)
    }
}
