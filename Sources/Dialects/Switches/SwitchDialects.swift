package import Facts

/// How each switch platform is asked, and the tables of `parse --as PLATFORM/TABLE` for them.
///
/// Every function returns the ways to ask one question, the preferred first; an empty list means that no way is known for
/// this platform. What fell back once on a device falls back there again, so a caller may begin with the way that worked.
package enum SwitchDialects {
    /// The MAC table of one VLAN (by the device's own name for it, else by number), or of all VLANs when both are nil.
    ///
    /// - Throws: `CommandRefusal` when the name holds a character that is not sent to a device.
    package static func fdb(_ platform: Platform, vlanName: String?, vlanID: VLANID?) throws(CommandRefusal) -> [Try<FDBEntry>] {
        switch platform {
        case .junos: try JunosCommands.fdb(vlanName: vlanName, vlanID: vlanID)
        default: []
        }
    }

    /// The whole ARP table.
    package static func neighbours(_ platform: Platform) -> [Try<NeighbourEntry>] {
        switch platform {
        case .junos: JunosCommands.neighbours
        default: []
        }
    }

    /// All VLANs with their member ports.
    package static func vlans(_ platform: Platform) -> [Try<VLANEntry>] {
        switch platform {
        case .junos: JunosCommands.vlans
        default: []
        }
    }

    /// State and addresses of ports and layer-3 interfaces.
    package static func interfaces(_ platform: Platform) -> [Try<InterfaceState>] {
        switch platform {
        case .junos: JunosCommands.interfaces
        default: []
        }
    }

    /// The tables of `parse` and of `list dialects`.
    static let entries: [DialectEntry] = junos

    private static let junos: [DialectEntry] = [
        .rows(
            "junos/mac-table", commands: ["show ethernet-switching table [vlan X]", "show bridge mac-table"],
            forms: ["text", "xml", "json"], standing: .proven, read: JunosMACTable.read),
        .rows(
            "junos/arp-table", commands: ["show arp no-resolve", "show ipv6 neighbors"], forms: ["text", "xml", "json"],
            standing: .proven, read: JunosNeighbours.read),
        .rows(
            "junos/vlans", commands: ["show vlans [detail]"], forms: ["text", "xml", "json"], standing: .restated,
            read: JunosVLANs.read),
        .rows(
            "junos/interfaces", commands: ["show interfaces terse"], forms: ["text", "xml", "json"], standing: .restated,
            read: JunosInterfaces.read),
    ]
}
