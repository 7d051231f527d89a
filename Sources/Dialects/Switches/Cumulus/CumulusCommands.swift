internal import Facts

/// What Cumulus Linux is asked: the kernel's own tools, which every release has, then `net show` of releases 3 and 4.
enum CumulusCommands {
    static let fdb: [Try<FDBEntry>] =
        LinuxSwitch.fdb + [Try("net show bridge macs", "text", for: "MAC table", CumulusMACTable.read)]

    static let lldp: [Try<LLDPNeighbour>] = [
        Try("lldpctl -f json", "json", for: "LLDP neighbours", CumulusLLDP.read),
        Try("lldpctl", "text", for: "LLDP neighbours", CumulusLLDP.read),
    ]

    static let entries: [DialectEntry] = [
        .rows(
            "cumulus/mac-table",
            commands: [
                "bridge -j fdb show", "net show bridge macs [json]", "nv show bridge domain br_default mac-table [-o json]",
            ],
            forms: ["json", "text"], standing: .restated, read: CumulusMACTable.read),
        .rows(
            "cumulus/arp-table", commands: ["ip -j neigh show", "net show neighbor"], forms: ["json", "text"],
            standing: .restated,
            read: CumulusNeighbours.read),
        .rows(
            "cumulus/vlans", commands: ["bridge -j vlan show", "net show bridge vlan"], forms: ["json", "text"],
            standing: .restated,
            read: CumulusVLANs.read),
        .rows(
            "cumulus/lldp", commands: ["lldpctl -f json", "net show lldp [json]"], forms: ["json", "text"], standing: .restated,
            read: CumulusLLDP.read
        ),
        .rows(
            "cumulus/interfaces", commands: ["ip -j addr show", "net show interface", "nv show interface"],
            forms: ["json", "text"], standing: .restated,
            read: CumulusInterfaces.read),
    ]
}
