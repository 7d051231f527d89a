internal import Facts

/// What EOS is asked, the first way first. The names of VLANs are not known to `show mac address-table`, so a VLAN is asked
/// for by number.
enum EOSCommands {
    static func fdb(vlanID: VLANID?) -> [Try<FDBEntry>] {
        let line = "show mac address-table" + (vlanID.map { " vlan \($0)" } ?? "")
        return [
            Try(line + " | json", "json", for: "MAC table", EOSMACTable.read),
            Try(line, "text", for: "MAC table", EOSMACTable.read),
        ]
    }

    static let neighbours: [Try<NeighbourEntry>] = [
        Try("show ip arp vrf all | json", "json", for: "ARP table", EOSNeighbours.read),
        Try("show ip arp vrf all", "text", for: "ARP table", EOSNeighbours.read),
        Try("show ip arp", "text", for: "ARP table", EOSNeighbours.read),
    ]

    static let vlans: [Try<VLANEntry>] = [
        Try("show vlan | json", "json", for: "VLAN table", EOSVLANs.read),
        Try("show vlan", "text", for: "VLAN table", EOSVLANs.read),
    ]

    static let interfaces: [Try<InterfaceState>] = [
        Try("show interfaces | json", "json", for: "interface states", EOSInterfaces.read),
        Try("show interfaces", "text", for: "interface states", EOSInterfaces.read),
    ]

    static let lldp: [Try<LLDPNeighbour>] = [
        Try("show lldp neighbors detail | json", "json", for: "LLDP neighbours", EOSLLDP.read),
        Try("show lldp neighbors", "text", for: "LLDP neighbours", EOSLLDP.read),
    ]

    static let entries: [DialectEntry] = [
        .rows("eos/vlans", commands: ["show vlan [| json]"], forms: ["json", "text"], standing: .restated, read: EOSVLANs.read),
        .rows(
            "eos/interfaces", commands: ["show interfaces [| json]", "show interfaces status", "show ip interface brief"],
            forms: ["json", "text"], standing: .restated, read: EOSInterfaces.read),
        .rows(
            "eos/lldp", commands: ["show lldp neighbors [detail] [| json]"], forms: ["json", "text"], standing: .restated,
            read: EOSLLDP.read),
        .rows(
            "eos/mac-table", commands: ["show mac address-table [vlan N] [| json]", "show vxlan address-table"],
            forms: ["json", "text"], standing: .restated, read: EOSMACTable.read),
        .rows(
            "eos/arp-table", commands: ["show ip arp [vrf all] [| json]", "show ipv6 neighbors"], forms: ["json", "text"],
            standing: .restated, read: EOSNeighbours.read),
    ]
}
