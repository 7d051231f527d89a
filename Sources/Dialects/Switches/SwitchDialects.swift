package import Facts

/// How each switch platform is asked, and the tables of `parse --as PLATFORM/TABLE` for them.
///
/// Every function returns the ways to ask one question, the preferred first; no platform is without one. What fell back
/// once on a device falls back there again, so a caller may begin with the way that worked.
package enum SwitchDialects {
    /// The MAC table of one VLAN (by the device's own name for it, else by number), or of all VLANs when both are nil.
    ///
    /// - Throws: `CommandRefusal` when the name holds a character that is not sent to a device.
    package static func fdb(_ platform: Platform, vlanName: String?, vlanID: VLANID?) throws(CommandRefusal) -> [Try<FDBEntry>] {
        switch platform {
        case .junos: try JunosCommands.fdb(vlanName: vlanName, vlanID: vlanID)
        case .eos: EOSCommands.fdb(vlanID: vlanID)
        case .nxos: NXOSCommands.fdb(vlanID: vlanID)
        case .ios: IOSCommands.fdb(vlanID: vlanID)
        case .sonic: SONiCCommands.fdb(vlanID: vlanID)
        case .cumulus: CumulusCommands.fdb
        case .linux: LinuxSwitch.fdb
        case .os10: OS10Commands.fdb(vlanID: vlanID)
        case .srlinux: try SRLinuxCommands.fdb(vlanName: vlanName)
        }
    }

    /// The whole ARP table.
    package static func neighbours(_ platform: Platform) -> [Try<NeighbourEntry>] {
        switch platform {
        case .junos: JunosCommands.neighbours
        case .eos: EOSCommands.neighbours
        case .nxos: NXOSCommands.neighbours
        case .ios: IOSCommands.neighbours
        case .sonic: SONiCCommands.neighbours
        case .cumulus, .linux: LinuxSwitch.neighbours
        case .os10: OS10Commands.neighbours
        case .srlinux: SRLinuxCommands.neighbours
        }
    }

    /// All VLANs with their member ports.
    package static func vlans(_ platform: Platform) -> [Try<VLANEntry>] {
        switch platform {
        case .junos: JunosCommands.vlans
        case .eos: EOSCommands.vlans
        case .nxos: NXOSCommands.vlans
        case .ios: IOSCommands.vlans
        case .sonic: SONiCCommands.vlans
        case .cumulus, .linux: LinuxSwitch.vlans
        case .os10: OS10Commands.vlans
        case .srlinux: SRLinuxCommands.vlans
        }
    }

    /// State and addresses of ports and layer-3 interfaces.
    package static func interfaces(_ platform: Platform) -> [Try<InterfaceState>] {
        switch platform {
        case .junos: JunosCommands.interfaces
        case .eos: EOSCommands.interfaces
        case .nxos: NXOSCommands.interfaces
        case .ios: IOSCommands.interfaces
        case .sonic: SONiCCommands.interfaces
        case .cumulus, .linux: LinuxSwitch.interfaces
        case .os10: OS10Commands.interfaces
        case .srlinux: SRLinuxCommands.interfaces
        }
    }

    /// LLDP neighbours of all ports.
    package static func lldp(_ platform: Platform) -> [Try<LLDPNeighbour>] {
        switch platform {
        case .junos: JunosCommands.lldp
        case .eos: EOSCommands.lldp
        case .nxos: NXOSCommands.lldp
        case .ios: IOSCommands.lldp
        case .sonic: SONiCCommands.lldp
        case .cumulus, .linux: CumulusCommands.lldp
        case .os10: OS10Commands.lldp
        case .srlinux: SRLinuxCommands.lldp
        }
    }

    /// The tables of `parse` and of `list dialects`.
    static let entries: [DialectEntry] =
        JunosCommands.entries + EOSCommands.entries + NXOSCommands.entries + IOSCommands.entries
        + SONiCCommands.entries + CumulusCommands.entries + OS10Commands.entries + SRLinuxCommands.entries + PortDialects.entries
}
