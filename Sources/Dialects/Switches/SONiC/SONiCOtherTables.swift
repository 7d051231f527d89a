internal import Facts

/// SONiC's interface states: `ip addr` of its kernel, `show interfaces status`, `show subinterfaces status`, `show ip
/// interfaces`, `show ipv6 interfaces`.
enum SONiCInterfaces {
    static let expectation = TableExpectation(platform: .sonic, table: "list of interface states")

    static func read(_ text: String) throws(DialectError) -> Reading<InterfaceState> {
        if case .text(let lines) = try Payload.find(in: text), lines.contains(where: { SONiCInterfaceGrammar.isHeader($0.text) })
        {
            return try TableWalk.read(lines, SONiCInterfaceGrammar(), expecting: expectation)
        }
        return try LinuxInterfaces.read(text)
    }
}

/// `Interface … Oper  Admin …` and `Interface  Master  IPv4 address/mask  Admin/Oper …`, cut by the rule below the header.
struct SONiCInterfaceGrammar: TableGrammar {
    private var header: Substring = ""
    private var titles: [String] = []
    private var columns: RuledColumns?

    var form: String { titles.contains("admin/oper") ? "text/ip" : "text/status" }
    var statesEmpty: Bool { columns != nil }
    var emptyIsSilent: Bool { true }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("interface") }
    static func mayTell(_ line: Substring) -> Bool { false }

    static func isHeader(_ line: Substring) -> Bool {
        let folded = PlatformMark.fold(line)
        return folded.hasPrefix("name description oper reason") || folded.hasPrefix("name description admin oper")
            || folded.hasPrefix("interface lanes speed mtu") || folded.hasPrefix("interface oper admin alias")
            || folded.hasPrefix("interface master ipv") || folded.hasPrefix("sub port interface speed mtu vlan admin")
            || folded.hasPrefix("interface ipv") && folded.contains("admin/oper")
    }

    mutating func meaning(of line: Substring, after last: InterfaceState?) -> LineMeaning<InterfaceState> {
        if Self.isHeader(line) {
            header = line
            return .heading
        }
        if !header.isEmpty, let rule = RuledColumns(rule: line), line.hasPrefix("--") || line.hasPrefix(" --") {
            columns = rule
            titles = (rule.cells(of: header) ?? []).map { PlatformMark.fold($0) }
            return .heading
        }
        if PlatformMark.fold(header).hasPrefix("name description") { return enterprise(line.words) }
        guard let columns, let cells = columns.cells(of: line), cells.count == titles.count else { return .unknown }
        return titles.contains("admin/oper") ? address(cells, after: last) : status(cells)
    }

    /// `Eth1/1  -  up  oper-up  on  100000  9100` of Enterprise SONiC: the description is free text.
    private func enterprise(_ words: [Substring]) -> LineMeaning<InterfaceState> {
        guard let first = words.first, PortWord.isPort(first) || first == "Management0" else {
            return words.allSatisfy({ SessionNoise.isRule($0) }) ? .furniture : .unknown
        }
        guard let place = words.indices.dropFirst(2).first(where: { state(words[$0]) != nil }) else { return .unknown }
        let next = place + 1 < words.count ? state(words[place + 1]) : nil
        return .row(
            InterfaceState(
                interface: InterfaceName(first), adminUp: next == nil ? nil : state(words[place]),
                operUp: next ?? state(words[place])))
    }

    private func status(_ cells: [Substring]) -> LineMeaning<InterfaceState> {
        // A subinterface's own state is not in `show subinterfaces status`.
        let oper = titles.contains("oper") ? cell("oper", cells) : "N/A"
        let admin = cell("admin", cells)
        // `N/A` is a port that the state database does not hold, as a port-channel that was just made.
        // The last cell is one word, but for a description; more than that is the next line, which was spaced otherwise and is a row of its own.
        guard PortWord.isPort(cells[0]), state(oper) != nil || oper == "N/A", state(admin) != nil || admin == "N/A",
            titles.last == "description" || cells[cells.count - 1].words.count < 2
        else { return .unknown }
        return .row(InterfaceState(interface: InterfaceName(cells[0]), adminUp: state(admin), operUp: state(oper)))
    }

    /// Further addresses of an interface follow on lines whose first cells are blank.
    private func address(_ cells: [Substring], after last: InterfaceState?) -> LineMeaning<InterfaceState> {
        guard let place = titles.firstIndex(where: { Substring($0).hasPrefix("ipv") }) else { return .unknown }
        // An IPv6 address may carry its scope (`fe80::1%Ethernet0/64`).
        let text = cells[place].contains("%") ? cells[place].prefix { $0 != "%" } + cells[place].drop { $0 != "/" } : cells[place]
        let prefix = IPPrefix(text)
        if cells[0].isEmpty, var row = last, let prefix {
            row.addresses.append(prefix)
            return .amends(row)
        }
        let states = cell("admin/oper", cells).split(separator: "/")
        guard !cells[0].isEmpty, states.count == 2, let admin = state(states[0]), let oper = state(states[1]),
            prefix != nil || text == "N/A" || text.isEmpty
        else { return .unknown }
        return .row(
            InterfaceState(
                interface: InterfaceName(cells[0]), adminUp: admin, operUp: oper, addresses: prefix.map { [$0] } ?? []))
    }

    private func cell(_ title: String, _ cells: [Substring]) -> Substring {
        titles.firstIndex(of: title).map { cells[$0] } ?? ""
    }

    private func state(_ word: Substring) -> Bool? {
        switch word {
        case "up": true
        case "down": false
        default: nil
        }
    }
}

/// SONiC's LLDP neighbours: lldpd's own forms, and `show lldp table`.
enum SONiCLLDP {
    static let expectation = TableExpectation(platform: .sonic, table: "list of LLDP neighbours")

    static func read(_ text: String) throws(DialectError) -> Reading<LLDPNeighbour> {
        if case .text(let lines) = try Payload.find(in: text), lines.contains(where: { SONiCLLDPGrammar.isHeader($0.text) }) {
            return try TableWalk.read(lines, SONiCLLDPGrammar(), expecting: expectation)
        }
        return try LLDPNeighbours.read(text)
    }
}

/// `LocalPort  RemoteDevice  RemotePortID  Capability  RemotePortDescr`, cut by the rule below the header; Enterprise SONiC
/// writes the same.
struct SONiCLLDPGrammar: TableGrammar {
    private var sawHeader = false
    private var columns: RuledColumns?
    private var total: Int?

    var form: String { "text/table" }
    var statesEmpty: Bool { total == 0 }
    static var hasOneAddressARow: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("lldp") }
    static func mayTell(_ line: Substring) -> Bool { false }
    static func isHeader(_ line: Substring) -> Bool { PlatformMark.fold(line).hasPrefix("localport remotedevice remoteportid") }

    mutating func meaning(of line: Substring, after last: LLDPNeighbour?) -> LineMeaning<LLDPNeighbour> {
        if Self.isHeader(line) {
            sawHeader = true
            return .heading
        }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("capability codes:") { return .heading }
        if folded.hasPrefix("total entries displayed") {
            total = line.words.last?.decimal ?? total
            return .heading
        }
        if SessionNoise.isRule(line) {
            if columns == nil { columns = RuledColumns(rule: line) }
            return .furniture
        }
        guard sawHeader, let columns, let cells = columns.cells(of: line), cells.count >= 3,
            PortWord.isPort(cells[0])
        else { return .unknown }
        // The last column is the port's description, for neighbours whose port id is an address.
        return .row(
            LLDPNeighbour(
                localInterface: InterfaceName(cells[0]), neighbour: said(cells[1]), neighbourInterface: said(cells[2])))
    }

    private func said(_ text: Substring) -> String? { text.isEmpty ? nil : String(text) }
}
