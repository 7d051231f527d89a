internal import Facts

/// State and addresses of Junos' interfaces: `show interfaces terse`; text, XML and JSON.
enum JunosInterfaces {
    static let expectation = TableExpectation(platform: .junos, table: "list of interface states (show interfaces terse)")

    static func read(_ text: String) throws(DialectError) -> Reading<InterfaceState> {
        switch try Payload.find(in: text) {
        case .xml(let tree): try JunosInterfaceFields.read(tree, form: "xml")
        case .json(let tree): try JunosInterfaceFields.read(tree, form: "json")
        case .text(let lines): try TableWalk.read(lines, JunosInterfaceGrammar(), expecting: expectation)
        }
    }

    /// An address of a port; one without a length (`10.0.0.1 --> 10.0.0.2`) is its own whole prefix.
    static func prefix(_ text: some StringProtocol) -> IPPrefix? {
        if let prefix = IPPrefix(text) { return prefix }
        guard let address = IPAddress(text) else { return nil }
        return IPPrefix(address, length: address.octets.count * 8)
    }
}

/// `Interface  Admin Link Proto  Local  Remote`; further families and addresses of a unit follow on lines of their own.
struct JunosInterfaceGrammar: TableGrammar {
    private static let families: Set<Substring> = [
        "inet", "inet6", "eth-switch", "ethernet-switching", "mpls", "iso", "tnp", "aenet", "ccc", "multiservice", "vpls",
        "bridge",
        "tcc", "mlppp", "mlfr-end-to-end", "fibre-channel", "any", "eth-swit",
    ]

    var form: String { "text" }
    var statesEmpty: Bool { false }

    static func isAsked(by command: Substring) -> Bool {
        let lower = command.lowercased()
        return lower.contains("interfaces") && lower.contains("ter")
    }
    static func mayTell(_ line: Substring) -> Bool { false }

    mutating func meaning(of line: Substring, after last: InterfaceState?) -> LineMeaning<InterfaceState> {
        let words = line.words
        guard let first = words.first else { return .furniture }
        if words.count >= 3, let admin = Self.state(words[1]), let oper = Self.state(words[2]), isName(first) {
            var row = InterfaceState(interface: InterfaceName(first), adminUp: admin, operUp: oper)
            guard add(words[3...], to: &row) else { return .unknown }
            return .row(row)
        }
        if var row = last, line.utf8.first == 0x20 || line.utf8.first == 0x09 {
            return add(words[...], to: &row) ? .amends(row) : .unknown
        }
        return PlatformMark.fold(line).hasPrefix("interface admin link proto") ? .heading : .unknown
    }

    static func state(_ word: Substring) -> Bool? { word == "up" ? true : word == "down" ? false : nil }

    private func isName(_ word: Substring) -> Bool {
        JunosInterface.isLogical(word) || JunosInterface.isPhysical(word)
    }

    /// Families, addresses, arrows, and the aggregate that a member belongs to (`aenet --> ae0.0`). False when a word is
    /// none of these.
    private func add(_ words: ArraySlice<Substring>, to row: inout InterfaceState) -> Bool {
        var isRemote = false
        for word in words {
            if word == "-->" {
                isRemote = true
            } else if Self.families.contains(word) || isRemote {
                isRemote = false
            } else if let prefix = JunosInterfaces.prefix(word) {
                row.addresses.append(prefix)
            } else if !isPlain(word) {
                return false
            }
        }
        return true
    }

    /// `0x4`, `0/0`, and the local address of a family that is no IP (`49.0001.…`).
    private func isPlain(_ word: Substring) -> Bool {
        word.utf8.allSatisfy { MACWord.hex($0) != nil || $0 == 0x2e || $0 == 0x2f || $0 == 0x78 || $0 == 0x3a }
    }
}

enum JunosInterfaceFields {
    private static let interfaces: Set<String> = ["physical-interface"]

    static func read(_ tree: FieldTree, form: String) throws(DialectError) -> Reading<InterfaceState> {
        var rows = FieldRows<InterfaceState>(tree: tree, form: form)
        var found = tree.descendants(named: interfaces)
        // Asked for one unit (`show interfaces terse ge-0/0/9.0`) there is no physical interface around it.
        if found.isEmpty { found = tree.descendants(named: ["logical-interface"]) }
        for interface in found {
            add(interface, to: &rows)
            for unit in interface.all("logical-interface") { add(unit, to: &rows) }
        }
        let isTable = !tree.descendants(named: ["interface-information"]).isEmpty
        return try rows.reading(isTable: isTable, expecting: JunosInterfaces.expectation)
    }

    private static func add(_ field: Field, to rows: inout FieldRows<InterfaceState>) {
        guard let name = field.value("name") else { return rows.doubt(field) }
        var row = InterfaceState(
            interface: InterfaceName(name),
            adminUp: field.value("admin-status").flatMap { JunosInterfaceGrammar.state(Substring($0)) },
            operUp: field.value("oper-status").flatMap { JunosInterfaceGrammar.state(Substring($0)) })
        for family in field.all("address-family") {
            for address in family.all("interface-address") {
                if let text = address.value("ifa-local"), let prefix = JunosInterfaces.prefix(text) {
                    row.addresses.append(prefix)
                }
            }
        }
        rows.append(row)
    }
}
