internal import Facts

/// SR Linux' interface states: JSON of `info from state interface *`, and the text of `show interface [brief]`.
enum SRLinuxInterfaces {
    static let expectation = TableExpectation(platform: .srlinux, table: "list of interface states")

    static func read(_ text: String) throws(DialectError) -> Reading<InterfaceState> {
        switch try Payload.find(in: text) {
        case .json(let tree), .xml(let tree): try readFields(tree)
        case .text(let lines): try TableWalk.read(lines, SRLinuxInterfaceGrammar(), expecting: expectation)
        }
    }

    /// A port, and behind it its subinterfaces under the names that tables give them (`ethernet-1/1.201`).
    private static func readFields(_ tree: FieldTree) throws(DialectError) -> Reading<InterfaceState> {
        var rows = FieldRows<InterfaceState>(tree: tree, form: "json")
        let found = tree.descendants(named: ["interface"]).filter { !$0.isEmpty }
        for port in found {
            guard let name = port.value("name") else {
                rows.doubt(port)
                continue
            }
            if let state = state(of: port, named: name) { rows.append(state) }
            for unit in port.all("subinterface") {
                guard let index = unit.value("index") else { continue }
                if let state = state(of: unit, named: "\(name).\(index)") { rows.append(state) }
            }
        }
        let isTable = found.contains { $0.first("admin-state", "oper-state") != nil }
        return try rows.reading(isTable: isTable, expecting: expectation)
    }

    /// Nil where the part of the tree that was asked for has no state.
    private static func state(of field: Field, named name: String) -> InterfaceState? {
        let admin = field.value("admin-state")
        let oper = field.value("oper-state")
        guard admin != nil || oper != nil else { return nil }
        let addresses = ["ipv4", "ipv6"].flatMap { field.all($0) }.flatMap { $0.all("address") }
        return InterfaceState(
            interface: InterfaceName(name), adminUp: admin.map { $0 == "enable" }, operUp: oper.map { $0 == "up" },
            addresses: addresses.compactMap { $0.value("ip-prefix") }.compactMap { IPPrefix($0) })
    }
}

/// `ethernet-1/1 is up, speed 25G, type None` with its subinterfaces indented below, and the box of `show interface brief`.
struct SRLinuxInterfaceGrammar: TableGrammar {
    private var isBox = false

    var form: String { isBox ? "text/brief" : "text" }
    var statesEmpty: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.contains("interface") }
    static func mayTell(_ line: Substring) -> Bool { false }

    mutating func meaning(of line: Substring, after last: InterfaceState?) -> LineMeaning<InterfaceState> {
        if let cells = BoxLine.cells(line) { return boxRow(cells) }
        if BoxLine.isRule(line) { return .furniture }
        let words = line.words
        if isBox && line.utf8.contains(0x7c) || SRLinuxPort.isBrokenTitle(words) { return .unknown }
        if let state = SRLinuxPort.stateOfTitle(words) {
            let isAdminDown = words.contains { $0.hasPrefix("admin-disabled") || $0.hasPrefix("port-admin-disabled") }
            return .row(
                InterfaceState(
                    interface: InterfaceName(words[0]), adminUp: isAdminDown ? false : nil, operUp: state))
        }
        guard var row = last else { return .unknown }
        if words.count >= 4, words[1] == "addr", let prefix = IPPrefix(words[3]) {
            row.addresses.append(prefix)
            return .amends(row)
        }
        return .furniture
    }

    private mutating func boxRow(_ cells: [Substring]) -> LineMeaning<InterfaceState> {
        if cells.first == "Port" {
            isBox = true
            return .heading
        }
        guard isBox, cells.count >= 3 else { return .unknown }
        if cells[0].isEmpty { return .furniture }
        guard SRLinuxPort.isName(cells[0]), ["enable", "disable"].contains(cells[1]), let state = SRLinuxPort.state(cells[2])
        else {
            return .unknown
        }
        return .row(InterfaceState(interface: InterfaceName(cells[0]), adminUp: cells[1] == "enable", operUp: state))
    }
}

/// Words of SR Linux' reports about ports.
enum SRLinuxPort {
    /// `ethernet-1/1`, `ethernet-1/3/1.201`, `lag1`, `irb1.0`, `lo0`, `mgmt0`, `system0`
    static func isName(_ word: Substring) -> Bool {
        let letters = word.prefix { !("0"..."9").contains($0) }
        let kinds: Set<Substring> = [
            "ethernet-", "lag", "irb", "lo", "mgmt", "system", "vhn-", "sync", "enp", "ethernet-m", "vxlan",
        ]
        return kinds.contains(letters) && letters.count < word.count
    }

    /// Whether the interface is up whose title this is: `ethernet-1/1 is up, speed 25G, …`, `ethernet-1/1.201 is up`; nil for any
    /// other line, NX-OS' `mgmt0 is up` among them.
    static func stateOfTitle(_ words: [Substring]) -> Bool? {
        guard words.count >= 3, words[1] == "is", isName(words[0]), let state = state(words[2]) else { return nil }
        let isTitle = words[0].utf8.contains(0x2e) || words.count > 3 && (words[3] == "speed" || words[3] == "reason")
        return isTitle ? state : nil
    }

    /// A piece of a subinterface's title: `irb0.201`, or the `is up` behind it.
    static func isBrokenTitle(_ words: [Substring]) -> Bool {
        guard let first = words.first, words.count < 3 else { return false }
        return isName(first) || first == "is" && words.dropFirst().first.flatMap(state) != nil
    }

    /// True for `up`, with a comma or without; nil for what is no state.
    static func state(_ word: Substring) -> Bool? {
        switch word.hasSuffix(",") ? word.dropLast() : word {
        case "up": true
        case "down": false
        default: nil
        }
    }
}
