internal import Facts

/// What OS10 is asked: XML first, text where the release has none.
enum OS10Commands {
    static func fdb(vlanID: VLANID?) -> [Try<FDBEntry>] {
        let line = "show mac address-table" + (vlanID.map { " vlan \($0)" } ?? "")
        return [
            Try(line + " | display-xml", "xml", for: "MAC table", OS10MACTable.read),
            Try(line + " | no-more", "text", for: "MAC table", OS10MACTable.read),
        ]
    }

    static let neighbours: [Try<NeighbourEntry>] = [Try("show ip arp | no-more", "text", for: "ARP table", OS10Neighbours.read)]

    static let vlans: [Try<VLANEntry>] = [Try("show vlan | no-more", "text", for: "VLAN table", OS10VLANs.read)]

    static let interfaces: [Try<InterfaceState>] = [
        Try("show interface | display-xml", "xml", for: "interface states", OS10Interfaces.read),
        Try("show ip interface brief | no-more", "text", for: "interface states", OS10Interfaces.read),
    ]

    static let lldp: [Try<LLDPNeighbour>] = [
        Try("show lldp neighbors | display-xml", "xml", for: "LLDP neighbours", OS10LLDP.read),
        Try("show lldp neighbors | no-more", "text", for: "LLDP neighbours", OS10LLDP.read),
    ]

    static let entries: [DialectEntry] = [
        .rows(
            "os10/mac-table", commands: ["show mac address-table [vlan N] [| display-xml]"], forms: ["text", "xml"],
            standing: .restated, read: OS10MACTable.read),
        .rows("os10/arp-table", commands: ["show ip arp"], forms: ["text"], standing: .restated, read: OS10Neighbours.read),
        .rows("os10/vlans", commands: ["show vlan"], forms: ["text"], standing: .restated, read: OS10VLANs.read),
        .rows(
            "os10/interfaces",
            commands: ["show interface [| display-xml]", "show interface status", "show ip interface brief"],
            forms: ["text", "xml"], standing: .restated, read: OS10Interfaces.read),
        .rows(
            "os10/lldp", commands: ["show lldp neighbors [| display-xml]"], forms: ["text", "xml"], standing: .restated,
            read: OS10LLDP.read),
    ]
}
