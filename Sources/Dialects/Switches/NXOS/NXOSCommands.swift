internal import Facts

/// What NX-OS is asked, the first way first. `json native` exists from 9.3 on; an empty table may print no JSON at all, which
/// the text form then says.
enum NXOSCommands {
    static func fdb(vlanID: VLANID?) -> [Try<FDBEntry>] {
        let line = "show mac address-table" + (vlanID.map { " vlan \($0)" } ?? "")
        return forms(line, "MAC table", NXOSMACTable.read)
    }

    static let neighbours: [Try<NeighbourEntry>] = forms("show ip arp detail vrf all", "ARP table", NXOSNeighbours.read)

    static let vlans: [Try<VLANEntry>] = forms("show vlan brief", "VLAN table", NXOSVLANs.read)
    static let interfaces: [Try<InterfaceState>] = forms("show interface", "interface states", NXOSInterfaces.read)
    static let lldp: [Try<LLDPNeighbour>] = forms("show lldp neighbors detail", "LLDP neighbours", NXOSLLDP.read)

    private static func forms<Record: Sendable>(
        _ line: String, _ purpose: String, _ read: @escaping @Sendable (String) throws(DialectError) -> Reading<Record>
    ) -> [Try<Record>] {
        [
            Try(line + " | json native", "json", for: purpose, read), Try(line + " | json", "json", for: purpose, read),
            Try(line, "text", for: purpose, read),
        ]
    }

    static let entries: [DialectEntry] = [
        .rows(
            "nxos/vlans", commands: ["show vlan brief [| json | xml]"], forms: ["json", "xml", "text"], standing: .restated,
            read: NXOSVLANs.read),
        .rows(
            "nxos/interfaces", commands: ["show interface [status] [| json]", "show ip interface brief"],
            forms: ["json", "xml", "text"], standing: .restated, read: NXOSInterfaces.read),
        .rows(
            "nxos/lldp", commands: ["show lldp neighbors [detail] [| json]"], forms: ["json", "xml", "text"], standing: .restated,
            read: NXOSLLDP.read),
        .rows(
            "nxos/mac-table", commands: ["show mac address-table [vlan N] [| json | json native | xml]"],
            forms: ["json", "xml", "text"], standing: .restated, read: NXOSMACTable.read),
        .rows(
            "nxos/arp-table", commands: ["show ip arp [detail] [vrf all] [| json | xml]", "show ipv6 neighbor"],
            forms: ["json", "xml", "text"], standing: .restated, read: NXOSNeighbours.read),
    ]
}
