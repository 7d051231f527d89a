/// The operating system of a switch or gateway, as a scenario names it (`platform: junos`) and `parse --as` takes it.
package enum Platform: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// Juniper Junos: EX, QFX, SRX and MX, with and without Enhanced Layer 2 Software.
    case junos
    /// Arista EOS.
    case eos
    /// Cisco NX-OS.
    case nxos
    /// Cisco IOS and IOS-XE.
    case ios
    /// SONiC: community and Enterprise.
    case sonic
    /// NVIDIA (Mellanox) Cumulus Linux.
    case cumulus
    /// Any other Linux that bridges.
    case linux
    /// Dell SmartFabric OS10.
    case os10
    /// Nokia SR Linux.
    case srlinux

    /// The name that its users know it by, for sentences: `NX-OS`.
    package var title: String {
        switch self {
        case .junos: "Junos"
        case .eos: "EOS"
        case .nxos: "NX-OS"
        case .ios: "IOS"
        case .sonic: "SONiC"
        case .cumulus: "Cumulus Linux"
        case .linux: "Linux"
        case .os10: "OS10"
        case .srlinux: "SR Linux"
        }
    }

    /// As a scenario writes it.
    package var description: String { rawValue }

    /// False where the VLAN table names access ports only, so that a trunk is missing in it though it carries the VLAN.
    ///
    /// - Source: IOS `show vlan brief`; the trunks are in `show interfaces trunk`.
    package var listsTrunksWithVLANs: Bool { self != .ios }
}
