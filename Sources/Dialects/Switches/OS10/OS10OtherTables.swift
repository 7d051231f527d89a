internal import Facts

/// OS10's interface states: `show interface` (paragraphs and `| display-xml`), `show interface status`, `show ip interface
/// brief`.
enum OS10Interfaces {
    static let expectation = TableExpectation(platform: .os10, table: "list of interface states")

    static func read(_ text: String) throws(DialectError) -> Reading<InterfaceState> {
        switch try Payload.find(in: text) {
        case .xml(let tree), .json(let tree): try readFields(tree)
        case .text(let lines): try TableWalk.read(lines, OS10InterfaceGrammar(), expecting: expectation)
        }
    }

    private static func readFields(_ tree: FieldTree) throws(DialectError) -> Reading<InterfaceState> {
        var rows = FieldRows<InterfaceState>(tree: tree, form: "xml")
        let found = tree.descendants(named: ["interface"]).filter { $0.first("oper-status") != nil }
        for entry in found {
            guard let name = entry.value("name") else {
                rows.doubt(entry)
                continue
            }
            let texts = ["ipv4-info", "ipv6-info", "ipv6"].flatMap { entry.all($0) }.flatMap(\.children)
                .filter { ["addr", "global-addr", "link-local-addr"].contains($0.name) }.map(\.joinedText)
            rows.append(
                InterfaceState(
                    interface: InterfaceName(name), adminUp: entry.value("admin-status").map { $0 == "up" },
                    operUp: entry.value("oper-status").map { $0 == "up" }, addresses: texts.compactMap { IPPrefix($0) }))
        }
        return try rows.reading(isTable: !found.isEmpty, expecting: expectation)
    }
}

/// The text forms; OS10 writes `Eth 1/1/1` and `Ethernet 1/1/1`, with a blank.
struct OS10InterfaceGrammar: TableGrammar {
    private enum Layout: String {
        case unknown = "text", paragraphs = "text/interface", status = "text/status", brief = "text/ip-brief"
    }
    private var layout = Layout.unknown

    var form: String { layout.rawValue }
    var statesEmpty: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("interface") }
    static func mayTell(_ line: Substring) -> Bool { false }

    mutating func meaning(of line: Substring, after last: InterfaceState?) -> LineMeaning<InterfaceState> {
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("port description status speed duplex") {
            layout = .status
            return .heading
        }
        if folded.hasPrefix("interface name ip-address ok") || folded.hasPrefix("interface ip-address ok") {
            layout = .brief
            return .heading
        }
        guard let (name, rest) = Self.port(line.words) else {
            return layout == .paragraphs ? detail(folded, line.words, after: last) : .unknown
        }
        if rest.first == "is", line.utf8.first != 0x20 { return paragraph(name, PlatformMark.fold(line)) }
        switch layout {
        case .status: return status(name, rest)
        case .brief: return brief(name, rest)
        case .paragraphs: return .furniture
        case .unknown: return .unknown
        }
    }

    /// The port at the start of a row, always with a blank in its name here, and the words behind it.
    private static func port(_ words: [Substring]) -> (InterfaceName, ArraySlice<Substring>)? {
        guard let first = words.first, words.count > 1, PortWord.isPort(Substring(first + words[1])) else { return nil }
        return (InterfaceName(first + " " + words[1]), words[2...])
    }

    private mutating func paragraph(_ name: InterfaceName, _ folded: String) -> LineMeaning<InterfaceState> {
        guard let place = InterfaceStateGrammar.after("line protocol is ", in: Substring(folded)) else { return .unknown }
        layout = .paragraphs
        return .row(
            InterfaceState(
                interface: name, adminUp: folded.contains("administratively down") || folded.contains("admin down") ? false : nil,
                operUp: place.hasPrefix("up")))
    }

    private func detail(_ folded: String, _ words: [Substring], after last: InterfaceState?) -> LineMeaning<InterfaceState> {
        guard var row = last, folded.hasPrefix("internet address is ") || folded.hasPrefix("global unicast address"),
            let prefix = words.lazy.compactMap({ IPPrefix($0.hasSuffix(",") ? $0.dropLast() : $0) }).first
        else { return .furniture }
        row.addresses.append(prefix)
        return .amends(row)
    }

    /// `Port  Description  Status  Speed  Duplex  Mode  Vlan  Tagged-Vlans`: the description is free text, so the status is the
    /// last `up` or `down` in front of a speed.
    private func status(_ name: InterfaceName, _ rest: ArraySlice<Substring>) -> LineMeaning<InterfaceState> {
        let place = rest.indices.last { index in
            let word = rest[index].lowercased()
            return (word == "up" || word == "down") && (index + 1 == rest.endIndex || Self.isSpeed(rest[index + 1]))
        }
        guard let place else { return .unknown }
        let isAdminDown = place > rest.startIndex && rest[place - 1].lowercased() == "admin"
        return .row(
            InterfaceState(
                interface: name, adminUp: isAdminDown ? false : nil, operUp: rest[place].lowercased() == "up"))
    }

    /// `10G`, `0`, `10000 Mbit`, `Auto`, and `--` of a port without a link.
    private static func isSpeed(_ word: Substring) -> Bool {
        word == "--" || word.lowercased() == "auto" || word.utf8.first.map { (0x30...0x39).contains($0) } == true
    }

    /// `Interface Name  IP-Address  OK  Method  Status  Protocol`; the status may be `admin down`.
    private func brief(_ name: InterfaceName, _ rest: ArraySlice<Substring>) -> LineMeaning<InterfaceState> {
        guard rest.count >= 5, let link = rest.last, link == "up" || link == "down", let address = rest.first,
            address == "unassigned" || IPPrefix(address) != nil || IPAddress(address) != nil
        else { return .unknown }
        let state = rest[rest.endIndex - 2]
        let isAdminDown = rest.contains("admin") || rest.contains("administratively")
        return .row(
            InterfaceState(
                interface: name, adminUp: isAdminDown ? false : state == "up" ? true : nil, operUp: link == "up",
                addresses: IPPrefix(address).map { [$0] } ?? []))
    }
}

/// OS10's LLDP neighbours: `show lldp neighbors`; text and `| display-xml`.
enum OS10LLDP {
    static let expectation = TableExpectation(platform: .os10, table: "list of LLDP neighbours")

    static func read(_ text: String) throws(DialectError) -> Reading<LLDPNeighbour> {
        switch try Payload.find(in: text) {
        case .xml(let tree), .json(let tree): try readFields(tree)
        case .text(let lines): try TableWalk.read(lines, OS10LLDPGrammar(), expecting: expectation)
        }
    }

    /// Ids are base 64 of what the neighbour sent: six bytes for a MAC address, text for everything else.
    private static func readFields(_ tree: FieldTree) throws(DialectError) -> Reading<LLDPNeighbour> {
        var rows = FieldRows<LLDPNeighbour>(tree: tree, form: "xml")
        let found = tree.descendants(named: ["interface"])
        for port in found {
            for entry in port.all("lldp-rem-neighbor-info").flatMap({ $0.all("info") }) {
                guard let name = port.value("name") else {
                    rows.doubt(entry)
                    continue
                }
                rows.append(
                    LLDPNeighbour(
                        localInterface: InterfaceName(name),
                        neighbour: entry.first("rem-system-name").map(\.text).flatMap { $0.isEmpty ? nil : $0 },
                        neighbourInterface: id(entry.value("rem-lldp-port-id")) ?? entry.value("rem-port-desc"),
                        chassisID: id(entry.value("rem-lldp-chassis-id"))))
            }
        }
        let others = ["fwd-table", "oper-status"].contains { tree.number(of: $0) != nil }
        let isTable = tree.number(of: "lldp-rem-neighbor-info") != nil || tree.number(of: "bulk") != nil && !others
        return try rows.reading(isTable: isTable, expecting: expectation)
    }

    private static func id(_ text: String?) -> String? {
        guard let text else { return nil }
        guard let bytes = Base64.decode(text), !bytes.isEmpty else { return text }
        if bytes.allSatisfy({ (0x20...0x7e).contains($0) }) { return String(decoding: bytes, as: UTF8.self) }
        guard bytes.count == 6 else { return text }
        return MACAddress(bits: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }).description
    }
}

/// `Loc PortID  Rem Host Name  Rem Port Id  Rem Chassis Id`, cut by the header's columns: OS9 writes blanks into ports.
struct OS10LLDPGrammar: TableGrammar {
    private var starts: [Int] = []

    var form: String { "text" }
    var statesEmpty: Bool { !starts.isEmpty }
    var emptyIsSilent: Bool { true }
    static var hasOneAddressARow: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("lldp") }
    static func mayTell(_ line: Substring) -> Bool { false }

    mutating func meaning(of line: Substring, after last: LLDPNeighbour?) -> LineMeaning<LLDPNeighbour> {
        if PlatformMark.fold(line).hasPrefix("loc portid rem host name") {
            starts = Self.offsets(of: ["Loc PortID", "Rem Host Name", "Rem Port Id", "Rem Chassis Id"], in: line)
            return .heading
        }
        let words = line.words
        guard starts.count == 4, words.count >= 4 || words.count == 3, let chassis = words.last else { return .unknown }
        guard let cells = cells(line) ?? (words.count == 4 ? words : nil), cells[3] == chassis, !cells[0].isEmpty,
            PortWord.isPort(Substring(cells[0].words.joined())),
            !chassis.contains(":") && !chassis.isDecimal || MACAddress(chassis) != nil
        else { return .unknown }
        return .row(
            LLDPNeighbour(
                localInterface: InterfaceName(cells[0]), neighbour: Self.said(cells[1]), neighbourInterface: Self.said(cells[2]),
                chassisID: Self.said(chassis)))
    }

    private static func said(_ text: Substring) -> String? {
        ["", "-", "Not Advertised", "Not advertised"].contains(text) ? nil : String(text)
    }

    private func cells(_ line: Substring) -> [Substring]? {
        let rule = (0..<(starts[3] + 2)).map { offset in starts.contains { offset >= $0 && offset < $0 + 2 } ? "-" : " " }
        return RuledColumns(rule: Substring(rule.joined()))?.cells(of: line)
    }

    private static func offsets(of titles: [String], in line: Substring) -> [Int] {
        let bytes = Array(line.utf8)
        return titles.compactMap { title in
            let wanted = Array(title.utf8)
            return bytes.indices.first { bytes[$0...].starts(with: wanted) }
        }
    }
}
