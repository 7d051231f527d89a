internal import Facts

/// What IOS and IOS-XE are asked; text is the only form. Old boxes spell the MAC table's command with a hyphen.
enum IOSCommands {
    static func fdb(vlanID: VLANID?) -> [Try<FDBEntry>] {
        let vlan = vlanID.map { " vlan \($0)" } ?? ""
        return [
            Try("show mac address-table" + vlan, "text", for: "MAC table", IOSMACTable.read),
            Try("show mac-address-table" + vlan, "text", for: "MAC table", IOSMACTable.read),
        ]
    }

    static let neighbours: [Try<NeighbourEntry>] = [
        Try("show ip arp", "text", for: "ARP table", IOSNeighbours.read),
        Try("show arp", "text", for: "ARP table", IOSNeighbours.read),
    ]

    static let vlans: [Try<VLANEntry>] = [
        Try("show vlan brief", "text", for: "VLAN table", IOSOtherTables.vlans),
        Try("show vlan", "text", for: "VLAN table", IOSOtherTables.vlans),
    ]

    static let interfaces: [Try<InterfaceState>] = [
        Try("show interfaces", "text", for: "interface states", IOSOtherTables.interfaces),
        Try("show ip interface brief", "text", for: "interface states", IOSOtherTables.interfaces),
    ]

    static let lldp: [Try<LLDPNeighbour>] = [
        Try("show lldp neighbors detail", "text", for: "LLDP neighbours", IOSOtherTables.lldp),
        Try("show lldp neighbors", "text", for: "LLDP neighbours", IOSOtherTables.lldp),
    ]

    static let entries: [DialectEntry] = [
        .rows(
            "ios/vlans", commands: ["show vlan brief", "show vlans"], forms: ["text"], standing: .restated,
            read: IOSOtherTables.vlans),
        .rows(
            "ios/interfaces", commands: ["show interfaces", "show interfaces status", "show ip interface brief"], forms: ["text"],
            standing: .restated, read: IOSOtherTables.interfaces),
        .rows(
            "ios/lldp", commands: ["show lldp neighbors [detail]"], forms: ["text"], standing: .restated,
            read: IOSOtherTables.lldp),
        .rows(
            "ios/mac-table", commands: ["show mac address-table [vlan N]", "show mac-address-table"], forms: ["text"],
            standing: .restated, read: IOSMACTable.read),
        .rows(
            "ios/arp-table", commands: ["show ip arp", "show arp", "show ipv6 neighbors"], forms: ["text"], standing: .restated,
            read: IOSNeighbours.read),
    ]
}
