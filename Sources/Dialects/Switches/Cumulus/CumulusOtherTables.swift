internal import Facts

/// Cumulus' neighbours: `ip neigh` of its kernel, and `net show neighbor`.
enum CumulusNeighbours {
    private static let expectation = TableExpectation(platform: .cumulus, table: "ARP or IPv6 neighbour table")

    static func read(_ text: String) throws(DialectError) -> Reading<NeighbourEntry> {
        if case .text(let lines) = try Payload.find(in: text), grammar.isIn(lines) {
            return try TableWalk.read(lines, grammar, expecting: expectation)
        }
        return try NeighbourTable.read(text)
    }

    private static let grammar = RuledGrammar<NeighbourEntry>(["neighbor mac interface af"], form: "text/net-show") { cells, _ in
        let mac = MACWord.read(cells["mac"], .sixPairs)
        guard let ip = IPAddress(cells["neighbor"]), mac != nil || cells["mac"].isEmpty, !cells["interface"].isEmpty else {
            return .unknown
        }
        let state = cells["state"]
        return .row(
            NeighbourEntry(
                ip: ip, mac: mac, interface: InterfaceName(cells["interface"]),
                state: state.isEmpty ? nil : NeighbourState.normal(state)))
    }
}

/// Cumulus' VLANs: `bridge vlan` of its kernel, and `net show bridge vlan`.
enum CumulusVLANs {
    private static let expectation = TableExpectation(platform: .cumulus, table: "VLAN table")

    static func read(_ text: String) throws(DialectError) -> Reading<VLANEntry> {
        if case .text(let lines) = try Payload.find(in: text), grammar.isIn(lines) {
            return VLANEntry.merged(try TableWalk.read(lines, grammar, expecting: expectation))
        }
        return try BridgeVLAN.read(text)
    }

    /// A port's further VLANs leave its name out.
    private static let grammar = RuledGrammar<VLANEntry>(["interface vlan flags"], form: "text/net-show") { cells, last in
        let name = cells["interface"].isEmpty ? last?.members.first?.interface : InterfaceName(cells["interface"])
        let flags: Set<Substring> = ["pvid", "egress", "untagged", "pvid,", "untagged,"]
        let printed = Substring(cells["flags"].lowercased()).words
        guard let name, let id = VLANID(cells["vlan"]), printed.allSatisfy({ flags.contains($0) }), printed.last != "egress",
            printed.last?.hasSuffix(",") != true
        else { return .unknown }
        return .row(
            VLANEntry(
                vlanID: id, name: nil,
                members: [.init(interface: name, tagged: !cells["flags"].lowercased().contains("untagged"))]))
    }
}

/// Cumulus' LLDP neighbours: lldpd's own forms, and `net show lldp`.
enum CumulusLLDP {
    private static let expectation = TableExpectation(platform: .cumulus, table: "list of LLDP neighbours")

    static func read(_ text: String) throws(DialectError) -> Reading<LLDPNeighbour> {
        if case .text(let lines) = try Payload.find(in: text), grammar.isIn(lines) {
            return try TableWalk.read(lines, grammar, expecting: expectation)
        }
        return try LLDPNeighbours.read(text)
    }

    private static let grammar = RuledGrammar<LLDPNeighbour>(["localport speed mode remotehost"], form: "text/net-show") {
        cells, _ in
        let host = cells["remotehost"]
        let port = cells["remoteport"]
        // A row has a neighbour; a name alone is what a cut left, or a terminal's second half.
        guard let first = cells["localport"].utf8.first, first > 0x3a, !host.isEmpty || !port.isEmpty else { return .unknown }
        return .row(
            LLDPNeighbour(
                localInterface: InterfaceName(cells["localport"]), neighbour: host.isEmpty ? nil : String(host),
                neighbourInterface: port.isEmpty ? nil : String(port)))
    }
}

/// Cumulus' interface states: `ip addr` of its kernel, `net show interface [all]`, `nv show interface`.
enum CumulusInterfaces {
    private static let expectation = TableExpectation(platform: .cumulus, table: "list of interface states")

    static func read(_ text: String) throws(DialectError) -> Reading<InterfaceState> {
        if case .text(let lines) = try Payload.find(in: text) {
            for grammar in [net, nvue, bonds] where grammar.isIn(lines) {
                return try TableWalk.read(lines, grammar, expecting: expectation)
            }
        }
        return try LinuxInterfaces.read(text)
    }

    static let states: [Substring: (admin: Bool?, oper: Bool)] = [
        "UP": (true, true), "DN": (nil, false), "ADMDN": (false, false),
    ]
    /// The state's column has no title in `net show interface bonds`.
    static let bondHeader = "name speed mtu mode summary"

    private static let bonds = RuledGrammar<InterfaceState>([bondHeader], form: "text/net-show") { cells, _ in
        guard let state = states[cells[""]], !cells["name"].isEmpty, !cells["mode"].isEmpty else { return .unknown }
        return .row(InterfaceState(interface: InterfaceName(cells["name"]), adminUp: state.admin, operUp: state.oper))
    }

    /// `UP  swp5  25G  9216  Trunk/L2  …`; further lines of an interface repeat its name without a state.
    private static let net = RuledGrammar<InterfaceState>(["state name spd mtu mode"], form: "text/net-show") { cells, last in
        if cells["state"].isEmpty, let last, last.interface.printed == cells["name"] || cells["name"].isEmpty {
            return .amends(adding(cells["summary"], to: last))
        }
        guard let state = states[cells["state"]], !cells["name"].isEmpty, !cells["mode"].isEmpty else { return .unknown }
        let row = InterfaceState(interface: InterfaceName(cells["name"]), adminUp: state.admin, operUp: state.oper)
        return .row(adding(cells["summary"], to: row))
    }

    private static let nvue = RuledGrammar<InterfaceState>(
        ["interface admin status oper status", "interface mtu speed state", "interface state speed mtu"], form: "text/nvue"
    ) { cells, last in
        let name = cells["interface"].hasPrefix("+ ") ? cells["interface"].dropFirst(2) : cells["interface"]
        if name.isEmpty, let last { return .amends(adding(cells["summary"], to: last)) }
        let oper = cells["oper status", "state"]
        guard ["up", "down", "unknown", ""].contains(oper), !name.isEmpty, cells.cells.count(where: { !$0.isEmpty }) > 1 else {
            return .unknown
        }
        let admin = cells["admin status"]
        let row = InterfaceState(
            interface: InterfaceName(name), adminUp: admin.isEmpty ? nil : admin == "up",
            operUp: oper == "up" ? true : oper == "down" ? false : nil)
        return .row(adding(cells["summary"], to: row))
    }

    /// `IP: 192.0.2.1/24`, `IP Address: 192.0.2.1/24`, `IP: 192.0.2.1/24(DHCP)`
    private static func adding(_ summary: Substring, to row: InterfaceState) -> InterfaceState {
        var row = row
        guard summary.hasPrefix("IP"), let text = summary.words.last, let prefix = IPPrefix(text.prefix { $0 != "(" }) else {
            return row
        }
        row.addresses.append(prefix)
        return row
    }
}
