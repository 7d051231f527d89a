internal import Facts

/// What Junos is asked, the first way first. XML exists on every release; text is for devices whose XML does not decode.
/// `| no-more` keeps the pager out of an exec request as well as out of a shell.
enum JunosCommands {
    /// The MAC table of one VLAN or of all. The third and fourth ways are for MX, which has bridge domains.
    static func fdb(vlanName: String?, vlanID: VLANID?) throws(CommandRefusal) -> [Try<FDBEntry>] {
        let of: String
        let domain: String
        if let vlanName {
            let name = try DeviceArgument(vlanName, for: "VLAN name")
            of = " vlan \(name)"
            domain = " bridge-domain \(name)"
        } else {
            of = vlanID.map { " vlan-id \($0)" } ?? ""
            domain = vlanID.map { " vlan-id \($0)" } ?? ""
        }
        let purpose = "MAC table"
        return [
            xml("show ethernet-switching table\(of)", purpose, JunosMACTable.read),
            text("show ethernet-switching table\(of)", purpose, JunosMACTable.read),
            xml("show bridge mac-table\(domain)", purpose, JunosMACTable.read),
            text("show bridge mac-table\(domain)", purpose, JunosMACTable.read),
        ]
    }

    static let neighbours: [Try<NeighbourEntry>] = [
        xml("show arp no-resolve", "ARP table", JunosNeighbours.read),
        text("show arp no-resolve", "ARP table", JunosNeighbours.read),
    ]

    static let vlans: [Try<VLANEntry>] = [
        xml("show vlans detail", "VLAN table", JunosVLANs.read),
        xml("show vlans", "VLAN table", JunosVLANs.read),
        text("show vlans", "VLAN table", JunosVLANs.read),
    ]

    static let interfaces: [Try<InterfaceState>] = [
        xml("show interfaces terse", "interface states", JunosInterfaces.read),
        text("show interfaces terse", "interface states", JunosInterfaces.read),
    ]

    static let lldp: [Try<LLDPNeighbour>] = [
        xml("show lldp neighbors", "LLDP neighbours", JunosLLDP.read),
        text("show lldp neighbors", "LLDP neighbours", JunosLLDP.read),
    ]

    private static func xml<Record: Sendable>(
        _ command: String, _ purpose: String, _ read: @escaping @Sendable (String) throws(DialectError) -> Reading<Record>
    ) -> Try<Record> {
        Try(command + " | display xml | no-more", "xml", for: purpose, read)
    }

    private static func text<Record: Sendable>(
        _ command: String, _ purpose: String, _ read: @escaping @Sendable (String) throws(DialectError) -> Reading<Record>
    ) -> Try<Record> {
        Try(command + " | no-more", "text", for: purpose, read)
    }

    static let entries: [DialectEntry] = [
        .rows(
            "junos/lldp", commands: ["show lldp neighbors"], forms: ["text", "xml", "json"], standing: .restated,
            read: JunosLLDP.read),
        .rows(
            "junos/mac-table", commands: ["show ethernet-switching table [vlan X]", "show bridge mac-table"],
            forms: ["text", "xml", "json"], standing: .proven, read: JunosMACTable.read),
        .rows(
            "junos/arp-table", commands: ["show arp no-resolve", "show ipv6 neighbors"], forms: ["text", "xml", "json"],
            standing: .proven, read: JunosNeighbours.read),
        .rows(
            "junos/vlans", commands: ["show vlans [detail]", "show ethernet-switching interfaces [detail]"],
            forms: ["text", "xml", "json"], standing: .restated,
            read: JunosVLANs.read),
        .rows(
            "junos/interfaces", commands: ["show interfaces terse", "show interfaces descriptions"],
            forms: ["text", "xml", "json"], standing: .restated,
            read: JunosInterfaces.read),
    ]
}
