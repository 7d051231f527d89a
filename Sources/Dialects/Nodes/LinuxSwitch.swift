package import Facts

/// How a plain Linux bridge is asked when it stands in a switch's place, structured output first.
enum LinuxSwitch {
    /// The whole table: its rows say their VLAN, and a filter would be another thing to get wrong.
    static let fdb: [Try<FDBEntry>] = ways(
        "bridge -j fdb show", "bridge fdb show", purpose: "MAC table of the bridge", read: BridgeFDB.read)
    static let neighbours: [Try<NeighbourEntry>] = ways(
        "ip -j neigh show", "ip neigh show", purpose: "ARP and neighbour table", read: NeighbourTable.read)
    static let vlans: [Try<VLANEntry>] = ways(
        "bridge -j vlan show", "bridge vlan show", purpose: "VLANs of the bridge's ports", read: BridgeVLAN.read)
    static let interfaces: [Try<InterfaceState>] = ways(
        "ip -j addr show", "ip addr show", purpose: "state and addresses of the interfaces", read: LinuxInterfaces.read)

    private static func ways<Record: Sendable>(
        _ json: String, _ text: String, purpose: String,
        read: @escaping @Sendable (String) throws(DialectError) -> Reading<Record>
    ) -> [Try<Record>] {
        [Try(json, "json", for: purpose, read), Try(text, "text", for: purpose, read)]
    }
}

/// State and addresses of a Linux host's interfaces, from `ip addr`.
package enum LinuxInterfaces {
    /// - Throws: `DialectError`, as `IPAddr.read`.
    package static func read(_ text: String) throws(DialectError) -> Reading<InterfaceState> {
        let (lines, output) = try IPLink.readBlocks(text, platform: .any, table: "ip addr")
        var draft = TableDraft<InterfaceState>(expected: "`ip addr`", own: [.ipLink])
        draft.unread = output.unread
        draft.statedEmpty = output.statedEmpty
        draft.rows = output.blocks.filter(\.hasHeader).map { block in
            let flags = block.header.flags
            // Virtual interfaces have the state UNKNOWN while they work.
            let state = block.header.operState
            return InterfaceState(
                interface: block.header.name, adminUp: flags.isEmpty ? nil : flags.contains("UP"),
                operUp: state == "UNKNOWN" || state == nil
                    ? (flags.isEmpty ? nil : flags.contains("LOWER_UP")) : state == "UP", addresses: block.addresses)
        }
        return try draft.finish(lines, form: IPLink.form(output))
    }
}
