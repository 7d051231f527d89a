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

    static let entries: [DialectEntry] = [
        .rows(
            "eos/mac-table", commands: ["show mac address-table [vlan N] [| json]", "show vxlan address-table"],
            forms: ["json", "text"], standing: .restated, read: EOSMACTable.read),
        .rows(
            "eos/arp-table", commands: ["show ip arp [vrf all] [| json]", "show ipv6 neighbors"], forms: ["json", "text"],
            standing: .restated, read: EOSNeighbours.read),
    ]
}
