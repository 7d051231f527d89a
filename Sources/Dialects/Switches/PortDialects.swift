internal import Facts

/// The tables about ports, of all platforms, for `parse` and `list dialects`.
enum PortDialects {
    static let entries: [DialectEntry] = spanningTree + aggregates + trunks + switchPorts

    private static let spanningTree: [DialectEntry] = [
        .rows(
            "junos/spanning-tree", commands: ["show spanning-tree interface"], forms: ["text", "xml", "json"],
            standing: .restated, read: JunosSpanningTree.read),
        .rows(
            "eos/spanning-tree", commands: ["show spanning-tree [| json]"], forms: ["json", "text"], standing: .restated,
            read: EOSSpanningTree.read),
        .rows(
            "nxos/spanning-tree", commands: ["show spanning-tree [detail]"], forms: ["text"], standing: .restated,
            read: NXOSPortTables.spanningTree),
        .rows(
            "ios/spanning-tree", commands: ["show spanning-tree [[mst] detail]"], forms: ["text"],
            standing: .restated,
            read: IOSPortTables.spanningTree),
        .rows(
            "os10/spanning-tree", commands: ["show spanning-tree active"], forms: ["text"], standing: .restated,
            read: OS10SpanningTree.read),
        .rows(
            "sonic/spanning-tree", commands: ["show spanning-tree", "bridge -j link show"], forms: ["text", "json"],
            standing: .restated, read: SONiCSpanningTree.read),
        .rows(
            "cumulus/spanning-tree", commands: ["bridge -j link show", "bridge link show"], forms: ["json", "text"],
            standing: .unproven, read: BridgeLink.read),
        .rows(
            "linux/spanning-tree", commands: ["bridge -j link show", "bridge link show"], forms: ["json", "text"],
            standing: .proven, read: BridgeLink.read),
    ]

    private static let aggregates: [DialectEntry] = [
        .rows(
            "junos/aggregates", commands: ["show interfaces terse", "show lacp interfaces"], forms: ["text", "xml", "json"],
            standing: .restated, read: JunosAggregates.read),
        .rows(
            "eos/aggregates", commands: ["show port-channel | json", "show port-channel dense"], forms: ["json", "text"],
            standing: .restated, read: EOSAggregates.read),
        .rows(
            "nxos/aggregates", commands: ["show port-channel summary [| json | xml]"], forms: ["json", "xml", "text"],
            standing: .restated, read: NXOSAggregates.read),
        .rows(
            "ios/aggregates", commands: ["show etherchannel summary"], forms: ["text"], standing: .restated,
            read: IOSPortTables.aggregates),
        .rows(
            "os10/aggregates", commands: ["show port-channel summary", "show interface port-channel summary"], forms: ["text"],
            standing: .restated,
            read: OS10Aggregates.read),
        .rows(
            "sonic/aggregates", commands: ["ip -j -d link show", "show interfaces portchannel"], forms: ["json", "text"],
            standing: .restated, read: SONiCAggregates.read),
        .rows(
            "cumulus/aggregates", commands: ["ip -j -d link show", "net show interface bonds"], forms: ["json", "text"],
            standing: .restated, read: CumulusAggregates.read),
        .rows(
            "linux/aggregates", commands: ["ip -j -d link show", "ip -d link show"], forms: ["json", "text"],
            standing: .restated, read: LinkAggregates.read),
    ]

    private static let trunks: [DialectEntry] = [
        .rows(
            "ios/trunks", commands: ["show interfaces trunk"], forms: ["text"], standing: .restated,
            read: IOSPortTables.trunks),
        .rows(
            "nxos/trunks", commands: ["show interface trunk"], forms: ["text"], standing: .restated,
            read: NXOSPortTables.trunks),
        .rows(
            "eos/trunks", commands: ["show interfaces trunk"], forms: ["text"], standing: .restated, read: EOSTrunks.read),
    ]

    private static let switchPorts: [DialectEntry] = [
        .rows("ios/switch-ports", commands: ["show interfaces switchport"], forms: ["text"], standing: .restated) {
            text throws(DialectError) in try SwitchPorts.read(text, of: .ios)
        },
        .rows(
            "nxos/switch-ports", commands: ["show interface switchport [| json | xml]"], forms: ["json", "xml", "text"],
            standing: .restated
        ) { text throws(DialectError) in try SwitchPorts.read(text, of: .nxos) },
        .rows(
            "eos/switch-ports", commands: ["show interfaces switchport [| json]"], forms: ["json", "text"], standing: .restated
        ) { text throws(DialectError) in try SwitchPorts.read(text, of: .eos) },
    ]
}

/// NX-OS' spanning tree by port and its trunks; text.
enum NXOSPortTables {
    static func spanningTree(_ text: String) throws(DialectError) -> Reading<SpanningTreePort> {
        try PortTables.spanningTree(text, of: .nxos)
    }

    static func trunks(_ text: String) throws(DialectError) -> Reading<TrunkPort> { try PortTables.trunks(text, of: .nxos) }
}

/// EOS' trunks; text.
enum EOSTrunks {
    static func read(_ text: String) throws(DialectError) -> Reading<TrunkPort> { try PortTables.trunks(text, of: .eos) }
}

/// OS10's port-channels: `show port-channel summary`, `show interface port-channel summary`; text.
enum OS10Aggregates {
    static func read(_ text: String) throws(DialectError) -> Reading<Aggregate> {
        if case .text(let lines) = try Payload.find(in: text), lines.contains(where: { OS10LAGGrammar.isHeader($0.text) }) {
            let expectation = TableExpectation(platform: .os10, table: "list of port-channels")
            return try TableWalk.read(lines, OS10LAGGrammar(), expecting: expectation)
        }
        return try PortTables.aggregates(text, of: .os10)
    }
}

/// SONiC's port-channels: the kernel's teams, and `show interfaces portchannel`.
enum SONiCAggregates {
    static func read(_ text: String) throws(DialectError) -> Reading<Aggregate> {
        let lines = TextLines(text)
        let isTable = lines.contains { PlatformMark.fold($0.text).hasPrefix("no. team dev") }
        return isTable ? try PortTables.aggregates(text, of: .sonic) : try LinkAggregates.read(text)
    }
}
