internal import Facts

/// What SR Linux is asked: its state tree as JSON first, then the reports of its `show` commands.
enum SRLinuxCommands {
    /// The MAC-VRF of the VLAN by its name; all of them when there is none.
    static func fdb(vlanName: String?) throws(CommandRefusal) -> [Try<FDBEntry>] {
        var name = "*"
        if let vlanName { name = try DeviceArgument(vlanName, for: "network instance").text }
        return [
            Try(
                "info from state network-instance \(name) bridge-table mac-table | as json", "json", for: "MAC table",
                SRLinuxMACTable.read),
            Try("show network-instance \(name) bridge-table mac-table all", "text", for: "MAC table", SRLinuxMACTable.read),
        ]
    }

    static let neighbours: [Try<NeighbourEntry>] = [
        Try("info from state interface * subinterface * ipv4 arp | as json", "json", for: "ARP table", SRLinuxNeighbours.read),
        Try("show arpnd arp-entries", "text", for: "ARP table", SRLinuxNeighbours.read),
    ]

    /// Only the report names a subinterface's MAC-VRF and its tag together.
    static let vlans: [Try<VLANEntry>] = [
        Try("show interface", "text", for: "VLANs of the subinterfaces", SRLinuxVLANs.read),
        Try(
            "info from state interface * subinterface * vlan | as json", "json", for: "VLANs of the subinterfaces",
            SRLinuxVLANs.read),
    ]

    static let interfaces: [Try<InterfaceState>] = [
        Try("info from state interface * | as json", "json", for: "interface states", SRLinuxInterfaces.read),
        Try("show interface", "text", for: "interface states", SRLinuxInterfaces.read),
    ]

    static let lldp: [Try<LLDPNeighbour>] = [
        Try("info from state system lldp interface * neighbor * | as json", "json", for: "LLDP neighbours", SRLinuxLLDP.read),
        Try("show system lldp neighbor", "text", for: "LLDP neighbours", SRLinuxLLDP.read),
    ]

    static let entries: [DialectEntry] = [
        .rows(
            "srlinux/mac-table",
            commands: [
                "info from state network-instance X bridge-table mac-table | as json",
                "show network-instance X bridge-table mac-table all",
            ],
            forms: ["json", "text"], standing: .restated, read: SRLinuxMACTable.read),
        .rows(
            "srlinux/arp-table",
            commands: ["info from state interface * subinterface * ipv4 arp | as json", "show arpnd arp-entries"],
            forms: ["json", "text"], standing: .restated, read: SRLinuxNeighbours.read),
        .rows(
            "srlinux/vlans",
            commands: ["show interface", "info from state interface * subinterface * vlan | as json"],
            forms: ["json", "text"], standing: .restated, read: SRLinuxVLANs.read),
        .rows(
            "srlinux/interfaces",
            commands: ["info from state interface * | as json", "show interface", "show interface brief"],
            forms: ["json", "text"], standing: .restated, read: SRLinuxInterfaces.read),
        .rows(
            "srlinux/lldp",
            commands: ["info from state system lldp interface * neighbor * | as json", "show system lldp neighbor"],
            forms: ["json", "text"], standing: .restated, read: SRLinuxLLDP.read),
    ]
}
