internal import Facts

/// Junos' LLDP neighbours: `show lldp neighbors`; text, XML and JSON.
enum JunosLLDP {
    static let expectation = TableExpectation(platform: .junos, table: "list of LLDP neighbours")

    static func read(_ text: String) throws(DialectError) -> Reading<LLDPNeighbour> {
        switch try Payload.find(in: text) {
        case .xml(let tree): try readFields(tree, form: "xml")
        case .json(let tree): try readFields(tree, form: "json")
        case .text(let lines): try TableWalk.read(lines, JunosLLDPGrammar(), expecting: expectation)
        }
    }

    private static func readFields(_ tree: FieldTree, form: String) throws(DialectError) -> Reading<LLDPNeighbour> {
        var rows = FieldRows<LLDPNeighbour>(tree: tree, form: form)
        for entry in tree.descendants(named: ["lldp-neighbor-information"]) where !entry.isEmpty {
            // Releases differ in which of these holds the local port; `detail` puts an index into the second.
            guard let local = entry.value("lldp-local-interface", "lldp-local-port-id") else {
                rows.doubt(entry)
                continue
            }
            // An index that the neighbour assigned itself names no port; its description does.
            let isIndex = entry.value("lldp-remote-port-id-subtype") == "Locallyassigned"
            let port =
                isIndex
                ? entry.first("lldp-remote-port-description", "lldp-remote-port-id")
                : entry.first("lldp-remote-port-id", "lldp-remote-port-description")
            rows.append(
                LLDPNeighbour(
                    localInterface: InterfaceName(local), neighbour: entry.first("lldp-remote-system-name")?.text,
                    neighbourInterface: port?.text,
                    chassisID: entry.value("lldp-remote-chassis-id")))
        }
        let isTable = tree.number(of: "lldp-neighbors-information") != nil
        return try rows.reading(isTable: isTable, expecting: expectation)
    }
}

/// `Local Interface  Parent Interface  Chassis Id  Port info  System Name`; old releases have no parent column.
struct JunosLLDPGrammar: TableGrammar {
    /// Where the columns begin, from the header.
    private var columns: [Int] = []
    private var hasParent = true
    private var isDetail = false
    /// Below the header of another make's table (`Device ID  Local Intf`).
    private var isForeign = false
    /// `detail`: the port id is an index that the neighbour assigned itself, so its description names the port.
    private var isLocallyAssigned = false

    var form: String { isDetail ? "text/detail" : "text" }
    var statesEmpty: Bool { !columns.isEmpty || isDetail }
    var emptyIsSilent: Bool { true }
    static var hasOneAddressARow: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("lldp") }
    static func mayTell(_ line: Substring) -> Bool { MACWord.occurs(in: line) }

    mutating func meaning(of line: Substring, after last: LLDPNeighbour?) -> LineMeaning<LLDPNeighbour> {
        let folded = PlatformMark.fold(line)
        if folded == "lldp neighbor information:" || folded == "local information:" {
            isDetail = true
            return .heading
        }
        isForeign = isForeign || folded.hasPrefix("device id local intf")
        if isForeign { return .unknown }
        if isDetail { return detail(line, after: last) }
        if folded.hasPrefix("local interface") {
            hasParent = folded.contains("parent interface")
            let titles = ["Local Interface", "Parent Interface", "Chassis Id", "Port info", "System Name"]
            columns = titles.compactMap { title in
                InterfaceStateGrammar.after(title, in: line).map {
                    line.utf8.distance(from: line.startIndex, to: $0.startIndex) - title.utf8.count
                }
            }
            return .heading
        }
        let words = line.words
        guard let local = words.first, JunosInterface.isLogical(local) || JunosInterface.isPhysical(local), words.count >= 3,
            Self.isWhole(local)
        else { return .unknown }
        let chassisPlace = hasParent ? 2 : 1
        guard words.count > chassisPlace + 1 else { return .unknown }
        if hasParent {
            guard words[1] == "-" || JunosInterface.isPhysical(words[1]) || JunosInterface.isLogical(words[1]) else {
                return .unknown
            }
        }
        let chassis = words[chassisPlace]
        guard !chassis.contains(":") || MACAddress(chassis) != nil || IPAddress(chassis) != nil else { return .unknown }
        // Without the header only an address tells a neighbour's line from those of other tables.
        if columns.isEmpty, MACAddress(chassis) == nil { return .unknown }
        var port = words[(chassisPlace + 1)...].joined(separator: " ")
        var system: String?
        let count = words.count - chassisPlace - 1
        if count == 2 {
            port = String(words[chassisPlace + 1])
            system = String(words[chassisPlace + 2])
        } else if count > 2, let (first, second) = Self.parted(line[words[chassisPlace + 1].startIndex...]) {
            port = first
            system = second
        } else if count > 2, let start = columns.last, start < line.utf8.count {
            // A port description holds blanks: the columns of the header part it from the name.
            let place = line.utf8.index(line.utf8.startIndex, offsetBy: start)
            let from = words[chassisPlace + 1].startIndex
            guard from < place else { return .unknown }
            // A column that begins inside a word: the blanks of the line were squeezed, and the name is its last word.
            let isCut = line.utf8[line.utf8.index(before: place)] != 0x20 && line.utf8[place] != 0x20
            let end = isCut ? words[words.count - 1].startIndex : place
            port = String(line[from..<end].trimmedBlanks)
            system = String(line[end...].trimmedBlanks)
        }
        return .row(
            LLDPNeighbour(
                localInterface: InterfaceName(local), neighbour: system, neighbourInterface: port, chassisID: String(chassis)))
    }

    /// The two cells that a tab parts; nil where there is no tab, or more.
    private static func parted(_ rest: Substring) -> (String, String)? {
        let cells = rest.split(separator: "\t").map(\.trimmedBlanks).filter { !$0.isEmpty }
        return cells.count == 2 ? (String(cells[0]), String(cells[1])) : nil
    }

    /// Each local port has a number but for the management port of a stack.
    private static func isWhole(_ local: Substring) -> Bool {
        local == "vme" || local.utf8.contains { (0x30...0x39).contains($0) }
    }

    /// `Local Interface    : ge-0/0/9` begins a neighbour; the lines below it add to it.
    private mutating func detail(_ line: Substring, after last: LLDPNeighbour?) -> LineMeaning<LLDPNeighbour> {
        guard let colon = line.utf8.firstIndex(of: 0x3a) else { return .furniture }
        let value = line[line.utf8.index(after: colon)...].trimmedBlanks
        let key = PlatformMark.fold(line[..<colon])
        if key == "local interface" {
            isLocallyAssigned = false
            return value.isEmpty || !Self.isWhole(value) ? .unknown : .row(LLDPNeighbour(localInterface: InterfaceName(value)))
        }
        // The rest of a broken line, of the one that names the port maybe.
        if key.isEmpty { return .unknown }
        guard var entry = last, !value.isEmpty else { return .furniture }
        switch key {
        case "chassis id": entry.chassisID = String(value)
        case "port type":
            isLocallyAssigned = value.lowercased() == "locally assigned"
            return .furniture
        case "port id": entry.neighbourInterface = String(value)
        case "port description" where isLocallyAssigned || entry.neighbourInterface == nil:
            entry.neighbourInterface = String(value)
        case "system name": entry.neighbour = String(value)
        default: return .furniture
        }
        return .amends(entry)
    }
}
