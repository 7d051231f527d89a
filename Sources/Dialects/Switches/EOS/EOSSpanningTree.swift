internal import Facts

/// EOS' spanning tree by port: `show spanning-tree`; text and JSON.
enum EOSSpanningTree {
    static let expectation = TableExpectation(platform: .eos, table: "list of spanning tree states (show spanning-tree)")

    static func read(_ text: String) throws(DialectError) -> Reading<SpanningTreePort> {
        switch try Payload.find(in: text) {
        case .json(let tree): try readFields(tree)
        case .xml(let tree): try ForeignPayload.refuse(tree, expecting: expectation)
        case .text(let lines): try TableWalk.read(lines, SpanningTreeGrammar(platform: .eos), expecting: expectation)
        }
    }

    private static func readFields(_ tree: FieldTree) throws(DialectError) -> Reading<SpanningTreePort> {
        var rows = FieldRows<SpanningTreePort>(tree: tree, form: "json")
        let tables = tree.descendants(named: ["spanningTreeInstances"])
        for instance in tables.flatMap({ Array($0.children) }) {
            let vlan = SpanningTreeWords.vlan(of: instance.name)
            for entry in instance.all("interfaces").flatMap({ Array($0.children) }) {
                guard let word = entry.value("state"), let state = SpanningTreeWords.state(word) else {
                    rows.doubt(entry)
                    continue
                }
                let inconsistent = entry.first("inconsistentFeatures").flatMap { $0.children.first { $0.text == "true" }?.name }
                rows.append(
                    SpanningTreePort(
                        instance: instance.name, vlanID: vlan, interface: InterfaceName(entry.name),
                        role: entry.value("role").map { SpanningTreeWords.role($0) }, state: state, printedState: word,
                        inconsistency: inconsistent, protocolName: instance.value("protocol")))
            }
        }
        return try rows.reading(isTable: !tables.isEmpty, expecting: expectation)
    }
}
