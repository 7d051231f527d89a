internal import Facts

/// SR Linux has no VLAN table: a subinterface carries a tag and belongs to a MAC-VRF. One row for each tag and MAC-VRF, from
/// `show interface`, or by tag alone from JSON of `info from state interface * subinterface * vlan`.
enum SRLinuxVLANs {
    static let expectation = TableExpectation(platform: .srlinux, table: "list of subinterfaces with their VLANs")

    static func read(_ text: String) throws(DialectError) -> Reading<VLANEntry> {
        switch try Payload.find(in: text) {
        case .json(let tree), .xml(let tree): return try readFields(tree)
        case .text(let lines):
            return VLANEntry.merged(try TableWalk.read(lines, SRLinuxVLANGrammar(), expecting: expectation))
        }
    }

    private static func readFields(_ tree: FieldTree) throws(DialectError) -> Reading<VLANEntry> {
        var rows = FieldRows<VLANEntry>(tree: tree, form: "json")
        let found = tree.descendants(named: ["interface"]).filter { !$0.isEmpty }
        for port in found {
            for unit in port.all("subinterface") {
                guard let encap = unit.first("vlan")?.first("encap") else { continue }
                guard let name = port.value("name"), let index = unit.value("index") else {
                    rows.doubt(unit)
                    continue
                }
                let id = encap.first("single-tagged")?.value("vlan-id").flatMap { VLANID($0) }
                guard id != nil || encap.first("untagged") != nil else { continue }
                rows.append(
                    VLANEntry(
                        vlanID: id, name: nil, members: [.init(interface: InterfaceName("\(name).\(index)"), tagged: id != nil)]))
            }
        }
        // Another part of the same tree (addresses, neighbours) says nothing about tags.
        let units = found.flatMap { $0.all("subinterface") }
        let isTable =
            !units.isEmpty && units.allSatisfy { $0.children.allSatisfy { ["index", "name", "vlan"].contains($0.name) } }
        return VLANEntry.merged(try rows.reading(isTable: isTable, expecting: expectation))
    }
}

/// `  ethernet-1/1.201 is up`, and below it `Network-instance(s)`, `* Name: bd-201 (mac-vrf)` or the name on the same line, and
/// `Encapsulation : vlan-id 201`.
struct SRLinuxVLANGrammar: TableGrammar {
    var form: String { "text" }
    var statesEmpty: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.contains("interface") }
    static func mayTell(_ line: Substring) -> Bool { false }

    mutating func meaning(of line: Substring, after last: VLANEntry?) -> LineMeaning<VLANEntry> {
        let words = line.words
        if SRLinuxPort.stateOfTitle(words) != nil {
            guard words[0].utf8.contains(0x2e) else { return .heading }
            return .row(VLANEntry(vlanID: nil, name: nil, members: [.init(interface: InterfaceName(words[0]))]))
        }
        guard var row = last, let first = words.first, !SRLinuxPort.isBrokenTitle(words) else { return .unknown }
        if words == ["Encapsulation"] || first == ":" { return .unknown }
        if first.hasPrefix("Network-instance:"), words.count > 1 {
            row.name = String(words[1])
        } else if first == "*", words.count >= 3, words[1] == "Name:" {
            row.name = String(words[2])
        } else if first == "Encapsulation", let place = words.firstIndex(of: "vlan-id"), place + 1 < words.endIndex {
            row.vlanID = VLANID(words[place + 1])
            guard let member = row.members.first, row.vlanID != nil else { return .unknown }
            row.members = [.init(interface: member.interface, tagged: true)]
        } else {
            return .furniture
        }
        return .amends(row)
    }
}
