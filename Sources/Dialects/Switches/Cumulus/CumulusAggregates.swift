internal import Facts

/// Cumulus' bonds: those of its kernel, and `net show interface bonds`.
enum CumulusAggregates {
    private static let expectation = TableExpectation(platform: .cumulus, table: "list of bonds")

    static func read(_ text: String) throws(DialectError) -> Reading<Aggregate> {
        if case .text(let lines) = try Payload.find(in: text), grammar.isIn(lines) {
            return try TableWalk.read(lines, grammar, expecting: expectation)
        }
        return try LinkAggregates.read(text)
    }

    /// `UP  peerlink  2G  1500  802.3ad  Bond Members: swp49(UP), swp50(DN)`
    private static let grammar = RuledGrammar<Aggregate>([CumulusInterfaces.bondHeader], form: "text/net-show") { cells, _ in
        let summary = cells["summary"]
        guard let up = CumulusInterfaces.states[cells[""]]?.oper, !cells["name"].isEmpty, summary.hasPrefix("Bond Members:"),
            let members = members(summary.dropFirst("Bond Members:".count))
        else { return .unknown }
        return .row(
            Aggregate(
                interface: InterfaceName(cells["name"]), protocolName: String(cells["mode"]), up: up, members: members))
    }

    /// Nil when one of the words is no port with its state, as where the line was cut.
    private static func members(_ list: Substring) -> [Aggregate.Member]? {
        var found: [Aggregate.Member] = []
        for word in list.words {
            let port = word.hasSuffix(",") ? word.dropLast() : word
            guard port.hasSuffix("(UP)") || port.hasSuffix("(DN)") else { return nil }
            found.append(.init(interface: InterfaceName(port.dropLast(4)), active: port.hasSuffix("(UP)")))
        }
        return found
    }
}
