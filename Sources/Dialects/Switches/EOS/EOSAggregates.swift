internal import Facts

/// EOS' port-channels: `show port-channel | json`, `show port-channel dense` and `summary`.
enum EOSAggregates {
    static let expectation = TableExpectation(platform: .eos, table: "list of port-channels")

    static func read(_ text: String) throws(DialectError) -> Reading<Aggregate> {
        guard case .json(let tree) = try Payload.find(in: text) else { return try PortTables.aggregates(text, of: .eos) }
        var rows = FieldRows<Aggregate>(tree: tree, form: "json")
        let tables = tree.descendants(named: ["portChannels"])
        for entry in tables.flatMap({ Array($0.children) }) {
            let lists = [("activePorts", true), ("inactivePorts", false)]
            guard lists.contains(where: { entry.first(of: [$0.0]) != nil }) else {
                rows.doubt(entry)
                continue
            }
            let members = lists.flatMap { name, active in
                entry.all(name).flatMap {
                    $0.children.map { Aggregate.Member(interface: InterfaceName($0.name), active: active) }
                }
            }
            let names = entry.descendants(named: ["protocol"]).first?.text
            rows.append(
                Aggregate(
                    interface: InterfaceName(entry.name), protocolName: names, up: members.contains { $0.active == true },
                    members: members))
        }
        return try rows.reading(isTable: !tables.isEmpty, expecting: expectation)
    }
}
