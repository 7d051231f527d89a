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

    private var isParagraphs = false
    /// `show interfaces descriptions`: what follows the states is free text.
    private(set) var isDescriptions = false

    var form: String { isParagraphs ? "text/interfaces" : "text" }
    var statesEmpty: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("interfaces") }
    static func mayTell(_ line: Substring) -> Bool { false }

    mutating func meaning(of line: Substring, after last: InterfaceState?) -> LineMeaning<InterfaceState> {
        let words = line.words
        guard let first = words.first else { return .furniture }
        if words.count >= 3, let admin = Self.state(words[1]), let oper = Self.state(words[2]), isName(first) {
            var row = InterfaceState(interface: InterfaceName(first), adminUp: admin, operUp: oper)
            guard isDescriptions || add(words[3...], to: &row) else { return .unknown }
            return .row(row)
        }
        if let meaning = paragraph(line, words, after: last) { return meaning }
        if var row = last, line.utf8.first == 0x20 || line.utf8.first == 0x09 {
            return add(words[...], to: &row) ? .amends(row) : .unknown
        }
        let folded = PlatformMark.fold(line)
        guard folded.hasPrefix("interface admin link ") else { return .unknown }
        isDescriptions = folded == "interface admin link description"
        return .heading
    }

    /// `Physical interface: ge-0/0/9, Enabled, Physical link is Up`, below it `Logical interface ge-0/0/9.0 (Index 333) …` with
    /// its flags and addresses; nil for lines of `terse`.
    private mutating func paragraph(_ line: Substring, _ words: [Substring], after last: InterfaceState?)
        -> LineMeaning<InterfaceState>?
    {
        if words.count >= 3, words[0] == "Physical", words[1] == "interface:" {
            isParagraphs = true
            guard let link = InterfaceStateGrammar.after("Physical link is ", in: line) else { return .unknown }
            let name = words[2].hasSuffix(",") ? words[2].dropLast() : words[2]
            let isEnabled = line.contains(", Enabled,")
            return .row(
                InterfaceState(
                    interface: InterfaceName(name),
                    adminUp: isEnabled ? true : line.contains("Administratively down") || line.contains("Disabled") ? false : nil,
                    operUp: link.hasPrefix("Up")))
        }
        if words.count >= 3, words[0] == "Logical", words[1] == "interface", JunosInterface.isLogical(words[2]) {
            isParagraphs = true
            return .row(InterfaceState(interface: InterfaceName(words[2])))
        }
        guard isParagraphs else { return nil }
        guard var row = last else { return .furniture }
        if words.first == "Flags:", row.operUp == nil {
            row.adminUp = words.contains("Up")
            row.operUp = words.contains("Up") && !words.contains("Device-Down") && !words.contains("Hardware-Down")
            return .amends(row)
        }
        guard let place = words.firstIndex(of: "Local:"), place + 1 < words.endIndex else { return .furniture }
        let text = words[place + 1].hasSuffix(",") ? words[place + 1].dropLast() : words[place + 1]
        guard let address = IPAddress(text) else { return .furniture }
        // The length is that of the destination, which may be shortened (`10.0.0/24`).
        let subnet = words.first == "Destination:" ? words.dropFirst().first : nil
        let length = subnet?.split(separator: "/").dropFirst().first.flatMap { ($0.hasSuffix(",") ? $0.dropLast() : $0).decimal }
        guard let prefix = IPPrefix(address, length: length ?? address.octets.count * 8) else { return .unknown }
        row.addresses.append(prefix)
        return .amends(row)
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
