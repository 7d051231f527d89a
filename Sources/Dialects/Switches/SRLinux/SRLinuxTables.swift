internal import Facts

/// The MAC tables of SR Linux' MAC-VRFs: `info from state network-instance … bridge-table mac-table | as json`, and the box
/// of `show network-instance NAME bridge-table mac-table all`.
enum SRLinuxMACTable {
    static let expectation = TableExpectation(platform: .srlinux, table: "MAC table")

    static func read(_ text: String) throws(DialectError) -> Reading<FDBEntry> {
        switch try Payload.find(in: text) {
        case .json(let tree), .xml(let tree): try readFields(tree)
        case .text(let lines): try TableWalk.read(lines, SRLinuxMACGrammar(), expecting: expectation)
        }
    }

    /// `learnt` is what others call dynamic.
    static func type(_ printed: some StringProtocol) -> String {
        printed == "learnt" || printed == "learnt-static" ? "dynamic" : String(printed)
    }

    private static func readFields(_ tree: FieldTree) throws(DialectError) -> Reading<FDBEntry> {
        var rows = FieldRows<FDBEntry>(tree: tree, form: "json")
        let tables = tree.descendants(named: ["mac-table"])
        for table in tables {
            let instance = table.parent?.parent?.value("name")
            for entry in table.all("mac") {
                let address = entry.first("address")
                guard let mac = address.flatMap({ MACAddress($0.joinedText) }) else {
                    rows.doubt(entry)
                    continue
                }
                rows.consume(address)
                rows.append(
                    FDBEntry(
                        vlan: instance, mac: mac, type: type(entry.value("type") ?? "dynamic"),
                        interface: entry.first("destination").map { InterfaceName($0.text) }))
            }
        }
        rows.reportStrayMACs(except: [])
        return try rows.reading(isTable: !tables.isEmpty, expecting: expectation)
    }
}

/// `| Address | Destination | Dest Index | Type | Active | Aging | Last Update |` below a title with the instance's name.
struct SRLinuxMACGrammar: TableGrammar {
    private var instance: String?
    private var total: Int?
    /// How many bytes a cell of each column holds, by the box's last rule.
    private var widths: [Int] = []
    /// The cells of the line before.
    private var above: [Substring] = []

    var form: String { "text" }
    var statesEmpty: Bool { total == 0 }

    static func isAsked(by command: Substring) -> Bool { command.contains("mac-table") }

    mutating func meaning(of line: Substring, after last: FDBEntry?) -> LineMeaning<FDBEntry> {
        if let cells = BoxLine.cells(line), cells.count >= 5 {
            defer { above = cells }
            guard let mac = MACAddress(cells[0]) else {
                if cells[0].isEmpty, !MACWord.occurs(in: line), let last { return .amends(continued(last, cells)) }
                return cells[0] == "Address" || cells[0].isEmpty && !MACWord.occurs(in: line) ? .heading : .unknown
            }
            guard !cells[1].isEmpty, !cells[3].isEmpty else { return .unknown }
            return .row(
                FDBEntry(vlan: instance, mac: mac, type: SRLinuxMACTable.type(cells[3]), interface: InterfaceName(cells[1])))
        }
        if BoxLine.isRule(line) {
            widths = line.trimmedBlanks.utf8.split(separator: 0x2b).map { $0.count - 2 }
            return .furniture
        }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("mac-table of network instance") {
            instance = line.words.dropFirst(4).joined(separator: " ")
            return .heading
        }
        if folded.hasPrefix("total ") {
            if folded.contains("total macs"), let count = line.words.first(where: { $0.isDecimal })?.decimal {
                total = (total ?? 0) + count
            }
            return .furniture
        }
        return .unknown
    }

    /// A cell that is too long for its column goes on in the line below, behind a blank first cell.
    private func continued(_ last: FDBEntry, _ cells: [Substring]) -> FDBEntry {
        var row = last
        if !cells[1].isEmpty { row.interface = InterfaceName((row.interface?.printed ?? "") + " " + cells[1]) }
        if !cells[3].isEmpty { row.type = SRLinuxMACTable.type(row.type + (isBroken(3, row.type) ? "" : " ") + cells[3]) }
        return row
    }

    /// A cell that is full to its end breaks within a word (`irb-in`, `terfac`, `e`).
    private func isBroken(_ column: Int, _ text: String) -> Bool {
        let isFull = widths.count == above.count && column < above.count && above[column].utf8.count == widths[column]
        return isFull || text.hasSuffix("-")
    }
}

/// SR Linux' ARP and IPv6 neighbours: JSON of `info from state interface … arp`, and `show arpnd arp-entries`.
enum SRLinuxNeighbours {
    static let expectation = TableExpectation(platform: .srlinux, table: "ARP or IPv6 neighbour table")

    static func read(_ text: String) throws(DialectError) -> Reading<NeighbourEntry> {
        switch try Payload.find(in: text) {
        case .json(let tree), .xml(let tree): try readFields(tree)
        case .text(let lines): try TableWalk.read(lines, SRLinuxNeighbourGrammar(), expecting: expectation)
        }
    }

    private static func readFields(_ tree: FieldTree) throws(DialectError) -> Reading<NeighbourEntry> {
        var rows = FieldRows<NeighbourEntry>(tree: tree, form: "json")
        let found = tree.descendants(named: ["neighbor"])
        for entry in found where !entry.isEmpty {
            let address = entry.first("link-layer-address")
            guard let ip = entry.value("ipv4-address", "ipv6-address").flatMap({ IPAddress($0) }) else {
                rows.doubt(entry)
                continue
            }
            rows.consume(address)
            let unit = entry.parent?.parent?.parent
            let name = [unit?.parent?.value("name"), unit?.value("index")].compactMap { $0 }.joined(separator: ".")
            rows.append(
                NeighbourEntry(
                    ip: ip, mac: address.flatMap { MACAddress($0.joinedText) },
                    interface: name.isEmpty ? nil : InterfaceName(name),
                    state: entry.value("current-state").map { NeighbourState.normal($0) }))
        }
        rows.reportStrayMACs(except: [])
        let isTable = !found.isEmpty || tree.number(of: "arp") != nil || tree.number(of: "neighbor-discovery") != nil
        return try rows.reading(isTable: isTable, expecting: expectation)
    }
}

/// `| Interface | Subinterface | Neighbor | Origin | Link layer address | Expiry |`; of `show arpnd neighbors` (IPv6) with the
/// state and its next change in place of the last.
struct SRLinuxNeighbourGrammar: TableGrammar {
    private var sawHeader = false
    private var total: Int?
    /// The place of `Current state`, which IPv6 neighbours have.
    private var statePlace: Int?
    /// How many columns the header has.
    private var width = 0

    /// The states an IPv6 neighbour may have; any other word there is a broken row's.
    private static let states: Set<String> = [
        "", "stale", "reachable", "delay", "probe", "incomplete", "failed", "permanent", "unreachable", "noarp", "none",
    ]

    var form: String { "text" }
    var statesEmpty: Bool { total == 0 }

    static func isAsked(by command: Substring) -> Bool { command.contains("arpnd") || command.contains("neighbor") }

    mutating func meaning(of line: Substring, after last: NeighbourEntry?) -> LineMeaning<NeighbourEntry> {
        // The shortest form has six columns: a row of five is the head of a wrapped one.
        if let cells = BoxLine.cells(line), cells.count >= 6 {
            if cells[0] == "Interface" {
                sawHeader = true
                statePlace = cells.firstIndex { PlatformMark.fold($0) == "current state" }
                width = cells.count
                return .heading
            }
            if sawHeader, cells[0].isEmpty, !MACWord.occurs(in: line) { return .heading }
            guard let ip = cells.prefix(4).lazy.compactMap({ IPAddress($0) }).first,
                let mac = cells.lazy.compactMap({ MACAddress($0) }).first, !cells[0].isEmpty, !cells[1].isEmpty
            else { return .unknown }
            var state: String?
            if let place = statePlace {
                guard cells.count == width, Self.states.contains(PlatformMark.fold(cells[place])) else { return .unknown }
                state = cells[place].isEmpty ? nil : NeighbourState.normal(cells[place])
            }
            return .row(NeighbourEntry(ip: ip, mac: mac, interface: InterfaceName(cells[0] + "." + cells[1]), state: state))
        }
        if BoxLine.isRule(line) { return .furniture }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("total entries") {
            total = (total ?? 0) + (line.words.lazy.compactMap(\.decimal).first ?? 1)
            return .heading
        }
        return .unknown
    }
}
