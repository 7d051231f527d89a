internal import Facts

/// The names that one port has on its device: its own, and that of the aggregate it is in, or of the ports that are in it. A
/// scenario may say the one while a table prints the other.
struct PortAliases {
    /// The port as the scenario writes it first.
    let names: [InterfaceName]

    init(_ port: InterfaceName, on device: DeviceName, _ facts: FactBook, at moment: Moment = .plumbed) {
        let bundles = facts.answer(AggregatesRequest(device: device), at: moment)?.rows ?? []
        if let bundle = bundles.first(where: { $0.interface.matches(port) }) {
            names = [port] + bundle.members.map(\.interface)
        } else {
            names = [port] + bundles.filter { $0.members.contains { $0.interface.matches(port) } }.map(\.interface)
        }
    }

    func matches(_ other: InterfaceName) -> Bool { names.contains { $0.matches(other) } }

    /// True when a name may be an aggregate's, so that two different names may still be one port.
    ///
    /// - Parameter platform: nil where it is not known. On a Linux system a bond may have any name.
    static func mayBeAggregate(_ name: InterfaceName, on platform: Platform?) -> Bool {
        if let platform, [.linux, .cumulus, .sonic].contains(platform) { return true }
        let base = name.canonicalBase
        return ["ae", "port-channel", "bond", "team", "lag", "bundle-ether", "reth", "po"].contains { kind in
            base.hasPrefix(kind) && base.dropFirst(kind.count).allSatisfy { ("0"..."9").contains($0) || $0 == "-" || $0 == "_" }
        }
    }

    /// True for what is no port of the device itself: the way to the other half of a pair, or into an overlay.
    ///
    /// - Source: Junos `vtep.32769`, `esi.1743`, `.local..5`; EOS `Vxlan1`, `PEt4`, `PPo10`; NX-OS `nve1(…)`, `vPC Peer-Link`.
    static func isRemote(_ name: InterfaceName) -> Bool {
        let lower = name.printed.lowercased()
        return ["vtep", "vxlan", "vx", "esi.", ".local", "nve", "peer", "vpc", "pet", "ppo", "vxl"].contains {
            lower.hasPrefix($0)
        }
    }
}
