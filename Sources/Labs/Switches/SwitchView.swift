internal import Facts

/// What one switch knows at the moment of a command: what every platform's tables are written from.
struct SwitchView: Sendable {
    let device: SwitchState
    let now: Duration
    /// The wall clock at site time zero.
    let start: Timestamp
    /// Whether the other end of each port's cable is up, by the port's name.
    let links: [String: Bool]
    /// Who speaks LLDP at the other ends, in the order of the ports.
    let heard: [HeardNeighbour]

    init?(of name: DeviceName, in state: FabricState, at now: Duration, start: Timestamp) {
        guard let device = state.switches[name] else { return nil }
        self.device = device
        self.now = now
        self.start = start
        links = state.links(of: name)
        heard = state.heard(by: name)
    }

    /// A row of the MAC table.
    struct Row {
        var vlan: SiteVLAN
        var mac: MACAddress
        /// Nil for the switch's own routed interface.
        var port: PortState?
        /// Whole seconds since the MAC was seen; nil for its own.
        var ageSeconds: Int64?
        var isOwn: Bool { port == nil }
    }

    /// The MACs of one VLAN or of all: learned ones and the switch's own, by VLAN and MAC.
    func rows(in vlan: VLANID? = nil) -> [Row] {
        device.site.vlans.filter { vlan == nil || $0.tag == vlan }.flatMap { vlan in
            let learned = device.live(at: now).filter { $0.vlan == vlan.tag }.compactMap { entry in
                device.port(entry.port).map {
                    Row(vlan: vlan, mac: entry.mac, port: $0, ageSeconds: (now - entry.seenAt).components.seconds)
                }
            }
            let own = device.gateways.filter { $0.vlan == vlan.tag }.map { Row(vlan: vlan, mac: $0.mac) }
            return (learned + own).sorted { $0.mac < $1.mac }
        }
    }

    /// Whether a port has a link and is not switched off.
    func isUp(_ port: PortState) -> Bool { port.adminUp && links[port.name] ?? true }

    /// Ports that switch by themselves: aggregates, and those in none.
    var switching: [PortState] { device.ports.filter { $0.aggregate == nil } }

    var aggregates: [PortState] { device.ports.filter { !$0.members.isEmpty } }

    /// The ports that carry a VLAN.
    func members(of vlan: VLANID) -> [PortState] { switching.filter { $0.carries(vlan) } }

    /// The port on which a MAC was learned; nil when it was not.
    func port(of mac: MACAddress, in vlan: VLANID) -> PortState? {
        device.live(at: now).first { $0.mac == mac && $0.vlan == vlan }.flatMap { device.port($0.port) }
    }

    /// The ARP table, by address.
    var neighbours: [SwitchNeighbour] { device.neighbours.sorted { $0.address < $1.address } }

    /// What a platform with Linux below calls its bridge.
    var bridge: String {
        switch device.site.platform {
        case .sonic: "Bridge"
        case .cumulus: "bridge"
        default: "br0"
        }
    }

    func gateway(_ interface: String) -> GatewayState? { device.gateways.first { $0.interface == interface } }

    func ageSeconds(_ neighbour: SwitchNeighbour) -> Int64 { (now - neighbour.updatedAt).components.seconds }

    /// The burnt-in address of a port: the chassis' own and those after it.
    func mac(of port: PortState) -> MACAddress {
        let index = device.ports.firstIndex { $0.name == port.name } ?? 0
        return MACAddress(bits: device.site.mac.bits &+ UInt64(index + 1))
    }

    /// Seconds since 1970 at a moment of site time, as platforms write it in JSON: `1795476009.5`.
    func epoch(at moment: Duration) -> JSONValue {
        let nanoseconds = start.advanced(by: moment).nanoseconds
        let fraction = String(nanoseconds % 1_000_000_000 / 100_000_000)
        return .number("\(nanoseconds / 1_000_000_000).\(fraction)")
    }
}
