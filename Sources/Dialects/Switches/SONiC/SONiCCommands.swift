internal import Facts

/// What SONiC is asked: the kernel's own tools first, which need no containers and answer at once, then SONiC's commands,
/// which read the database.
enum SONiCCommands {
    static func fdb(vlanID: VLANID?) -> [Try<FDBEntry>] {
        let vlan = vlanID.map { " -v \($0)" } ?? ""
        return LinuxSwitch.fdb + [
            Try("show mac" + vlan, "text", for: "MAC table", SONiCMACTable.read),
            Try("show mac address-table", "text", for: "MAC table", SONiCMACTable.read),
        ]
    }

    static let neighbours: [Try<NeighbourEntry>] =
        LinuxSwitch.neighbours + [
            Try("show arp", "text", for: "ARP table", SONiCNeighbours.read),
            Try("show ip arp", "text", for: "ARP table", SONiCNeighbours.read),
        ]

    static let vlans: [Try<VLANEntry>] = LinuxSwitch.vlans + [Try("show vlan brief", "text", for: "VLAN table", SONiCVLANs.read)]

    static let interfaces: [Try<InterfaceState>] =
        LinuxSwitch.interfaces + [
            Try("show interfaces status", "text", for: "interface states", SONiCInterfaces.read),
            Try("show ip interfaces", "text", for: "interface states", SONiCInterfaces.read),
        ]

    static let lldp: [Try<LLDPNeighbour>] = [
        Try("docker exec lldp lldpctl -f json", "json", for: "LLDP neighbours", SONiCLLDP.read),
        Try("show lldp table", "text", for: "LLDP neighbours", SONiCLLDP.read),
        Try("docker exec lldp lldpctl", "text", for: "LLDP neighbours", SONiCLLDP.read),
    ]

    static let entries: [DialectEntry] = [
        .rows(
            "sonic/mac-table", commands: ["bridge -j fdb show", "show mac", "show mac address-table"], forms: ["json", "text"],
            standing: .restated, read: SONiCMACTable.read),
        .rows(
            "sonic/arp-table", commands: ["ip -j neigh show", "show arp", "show ndp", "show ip arp"], forms: ["json", "text"],
            standing: .restated, read: SONiCNeighbours.read),
        .rows(
            "sonic/vlans", commands: ["bridge -j vlan show", "show vlan brief", "show vlan config"], forms: ["json", "text"],
            standing: .restated, read: SONiCVLANs.read),
        .rows(
            "sonic/lldp", commands: ["docker exec lldp lldpctl -f json", "show lldp table", "show lldp neighbors"],
            forms: ["json", "text"], standing: .restated, read: SONiCLLDP.read),
        .rows(
            "sonic/interfaces",
            commands: ["ip -j addr show", "show interfaces status", "show subinterfaces status", "show ip interfaces"],
            forms: ["json", "text"], standing: .restated, read: SONiCInterfaces.read),
    ]
}
