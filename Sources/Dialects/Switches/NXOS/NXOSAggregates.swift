internal import Facts

/// NX-OS' port-channels: `show port-channel summary`; text, JSON and XML.
enum NXOSAggregates {
    static let expectation = TableExpectation(platform: .nxos, table: "list of port-channels")

    static func read(_ text: String) throws(DialectError) -> Reading<Aggregate> {
        switch try Payload.find(in: text) {
        case .json(let tree): try readFields(tree, form: "json")
        case .xml(let tree): try readFields(tree, form: "xml")
        case .text: try PortTables.aggregates(text, of: .nxos)
        }
    }

    private static func readFields(_ tree: FieldTree, form: String) throws(DialectError) -> Reading<Aggregate> {
        var rows = FieldRows<Aggregate>(tree: tree, form: form)
        for entry in tree.descendants(named: ["ROW_channel"]) where !entry.isEmpty {
            guard let name = entry.value("port-channel") else {
                rows.doubt(entry)
                continue
            }
            var row = Aggregate(
                interface: InterfaceName(name), protocolName: entry.value("prtcl"), up: entry.value("status").map { $0 == "U" })
            for member in entry.descendants(named: ["ROW_member"]) where !member.isEmpty {
                guard let port = member.value("port") else {
                    rows.doubt(member)
                    continue
                }
                row.members.append(
                    .init(interface: InterfaceName(port), active: member.value("port-status").map { $0.uppercased() == "P" }))
            }
            rows.append(row)
        }
        return try rows.reading(isTable: tree.number(of: "TABLE_channel") != nil, expecting: expectation)
    }
}
