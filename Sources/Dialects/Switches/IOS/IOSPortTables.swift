internal import Facts

/// IOS' spanning tree by port (`show spanning-tree`), trunks (`show interfaces trunk`) and port-channels (`show etherchannel
/// summary`); text. NX-OS and EOS print the same tables with other titles.
enum IOSPortTables {
    static func spanningTree(_ text: String) throws(DialectError) -> Reading<SpanningTreePort> {
        try PortTables.spanningTree(text, of: .ios)
    }

    static func trunks(_ text: String) throws(DialectError) -> Reading<TrunkPort> { try PortTables.trunks(text, of: .ios) }

    static func aggregates(_ text: String) throws(DialectError) -> Reading<Aggregate> {
        try PortTables.aggregates(text, of: .ios)
    }
}
