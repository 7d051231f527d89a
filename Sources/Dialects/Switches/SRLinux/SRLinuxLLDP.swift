internal import Facts

/// SR Linux' LLDP neighbours: JSON of `info from state system lldp …`, and the box of `show system lldp neighbor`.
enum SRLinuxLLDP {
    static let expectation = TableExpectation(platform: .srlinux, table: "list of LLDP neighbours")

    static func read(_ text: String) throws(DialectError) -> Reading<LLDPNeighbour> {
        switch try Payload.find(in: text) {
        case .json(let tree), .xml(let tree): try readFields(tree)
        case .text(let lines): try TableWalk.read(lines, SRLinuxLLDPGrammar(), expecting: expectation)
        }
    }

    private static func readFields(_ tree: FieldTree) throws(DialectError) -> Reading<LLDPNeighbour> {
        var rows = FieldRows<LLDPNeighbour>(tree: tree, form: "json")
        let lists = tree.descendants(named: ["lldp"])
        for port in lists.flatMap({ $0.all("interface") }) {
            for entry in port.all("neighbor") where !entry.isEmpty {
                guard let name = port.value("name") else {
                    rows.doubt(entry)
                    continue
                }
                rows.append(
                    LLDPNeighbour(
                        localInterface: InterfaceName(name), neighbour: entry.first("system-name").map(\.text),
                        neighbourInterface: entry.value("port-id", "port-description"), chassisID: entry.value("chassis-id")))
            }
        }
        // lldpd's tree has an `lldp` as well, whose ports have no `name`.
        let isOurs = { (list: Field) in list.isEmpty || list.all("interface").contains { $0.value("name") != nil } }
        return try rows.reading(
            isTable: lists.contains(where: isOurs) || tree.roots.first?.isEmpty == true, expecting: expectation)
    }
}

/// `| Name | Neighbor | Neighbor System Name | Neighbor Chassis ID | Neighbor First Message | Neighbor Last Update | Neighbor
/// Port |`; a cell that is too long goes on in the lines below, whose first cell is blank.
struct SRLinuxLLDPGrammar: TableGrammar {
    private var columns: [String] = []

    var form: String { "text" }
    var statesEmpty: Bool { !columns.isEmpty }
    var emptyIsSilent: Bool { true }
    static var hasOneAddressARow: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.contains("lldp") }
    static func mayTell(_ line: Substring) -> Bool { false }

    mutating func meaning(of line: Substring, after last: LLDPNeighbour?) -> LineMeaning<LLDPNeighbour> {
        if BoxLine.isRule(line) { return .furniture }
        guard let cells = BoxLine.cells(line) else { return .unknown }
        if cells.first == "Name" {
            columns = cells.map { PlatformMark.fold($0) }
            return .heading
        }
        guard !columns.isEmpty, cells.count == columns.count else { return .unknown }
        // The header of a narrow box goes on too.
        guard !cells[0].isEmpty else {
            guard var row = last else {
                for place in cells.indices where !cells[place].isEmpty { columns[place] += " " + PlatformMark.fold(cells[place]) }
                return .heading
            }
            row.neighbour = joined(row.neighbour, cell("system name", cells))
            row.chassisID = joined(row.chassisID, cell("chassis id", cells))
            row.neighbourInterface = joined(row.neighbourInterface, cell("port", cells))
            return .amends(row)
        }
        guard SRLinuxPort.isName(cells[0]) else { return .unknown }
        return .row(
            LLDPNeighbour(
                localInterface: InterfaceName(cells[0]), neighbour: joined(nil, cell("system name", cells)),
                neighbourInterface: joined(nil, cell("port", cells)), chassisID: joined(nil, cell("chassis id", cells))))
    }

    private func cell(_ title: String, _ cells: [Substring]) -> Substring {
        columns.firstIndex { Substring($0).hasSuffix(title) }.map { cells[$0] } ?? ""
    }

    private func joined(_ text: String?, _ more: Substring) -> String? {
        let whole = (text ?? "") + more
        return whole.isEmpty ? nil : whole
    }
}
