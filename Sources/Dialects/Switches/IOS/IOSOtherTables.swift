internal import Facts

/// IOS' VLANs (`show vlan brief`; `show vlans` of routers), interface states (`show interfaces`, `… status`, `show ip interface brief`) and LLDP
/// neighbours (`show lldp neighbors [detail]`); text.
enum IOSOtherTables {
    static func vlans(_ text: String) throws(DialectError) -> Reading<VLANEntry> {
        if case .text(let lines) = try Payload.find(in: text), lines.contains(where: { IOSRouterVLANGrammar.isTitle($0.text) }) {
            return try read(text, IOSRouterVLANGrammar(), "VLAN table")
        }
        return try read(text, VLANBriefGrammar(), "VLAN table")
    }

    static func interfaces(_ text: String) throws(DialectError) -> Reading<InterfaceState> {
        try read(text, InterfaceStateGrammar(), "list of interface states")
    }

    static func lldp(_ text: String) throws(DialectError) -> Reading<LLDPNeighbour> {
        try read(text, LLDPGrammar(), "list of LLDP neighbours")
    }

    private static func read<Grammar: TableGrammar>(_ text: String, _ grammar: Grammar, _ table: String) throws(DialectError)
        -> Reading<Grammar.Row>
    {
        let expectation = TableExpectation(platform: .ios, table: table)
        switch try Payload.find(in: text) {
        case .json(let tree), .xml(let tree): return try ForeignPayload.refuse(tree, expecting: expectation)
        case .text(let lines): return try TableWalk.read(lines, grammar, expecting: expectation)
        }
    }
}
