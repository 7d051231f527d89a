internal import Facts

/// The text of tables that EOS, NX-OS, IOS and SONiC share but for their titles.
enum PortTables {
    static func spanningTree(_ text: String, of platform: Platform) throws(DialectError) -> Reading<SpanningTreePort> {
        let expectation = TableExpectation(platform: platform, table: "list of spanning tree states (show spanning-tree)")
        return try TableWalk.read(
            try lines(text, expectation), SpanningTreeGrammar(platform: platform),
            expecting: expectation)
    }

    static func trunks(_ text: String, of platform: Platform) throws(DialectError) -> Reading<TrunkPort> {
        let expectation = TableExpectation(platform: platform, table: "list of trunks (show interfaces trunk)")
        let parts = try TableWalk.read(try lines(text, expectation), TrunkGrammar(), expecting: expectation)
        return Reading(
            rows: TrunkGrammar.ports(parts.rows), unread: parts.unread, statedEmpty: parts.statedEmpty, form: parts.form)
    }

    static func aggregates(_ text: String, of platform: Platform) throws(DialectError) -> Reading<Aggregate> {
        let expectation = TableExpectation(platform: platform, table: "list of port-channels")
        return try TableWalk.read(try lines(text, expectation), AggregateGrammar(platform: platform), expecting: expectation)
    }

    /// - Throws: what XML or JSON in its place is.
    private static func lines(_ text: String, _ expectation: TableExpectation) throws(DialectError) -> TextLines {
        switch try Payload.find(in: text) {
        case .text(let lines): return lines
        case .json(let tree), .xml(let tree):
            let refused: Reading<SpanningTreePort> = try ForeignPayload.refuse(tree, expecting: expectation)
            throw .notThisTable(expected: expectation.title, line: tree.firstLine, text: refused.form)
        }
    }
}
