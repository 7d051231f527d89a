internal import Facts

/// Faults between the node and the switch's VLAN.
enum SwitchFaults {
    static let all = [
        Fault("vlan-not-trunked", at: [.node, .port], "the node's switch port does not carry the VLAN") { place, state in
            for port in state.ports(at: place) {
                state.changePort(port) { $0.tagged = [] }
            }
        },
        Fault("miscabled-port", at: [.node], "the node's cable is in another port of the switch, which carries the VLAN too") {
            place, state in
            for name in state.nodes(at: place) {
                guard let nic = state.site.node(name)?.nics.first(where: { $0.cable != nil }), let meant = nic.cable,
                    let port = state.switches[meant.device]?.port(meant.name)
                else { continue }
                let spare = state.spareName(on: meant.device)
                state.switches[meant.device]?.ports.append(
                    PortState(name: spare, tagged: port.tagged, untagged: port.untagged, peer: nil))
                state.cables[NICPlace(node: name, name: nic.name)] = SwitchPort(device: meant.device, name: spare)
            }
        },
    ]
}

extension FabricState {
    /// The switch ports that a place stands for.
    fileprivate func ports(at place: FaultPlace) -> [SwitchPort] {
        if case .port(let port) = place { return [port] }
        return nodes(at: place).flatMap { site.node($0)?.nics.compactMap(\.cable) ?? [] }
    }

    fileprivate mutating func changePort(_ place: SwitchPort, _ change: (inout PortState) -> Void) {
        guard let index = switches[place.device]?.ports.firstIndex(where: { $0.name == place.name }) else { return }
        if var port = switches[place.device]?.ports[index] {
            change(&port)
            switches[place.device]?.ports[index] = port
        }
    }

    /// The highest port of the first line card that the site does not use.
    fileprivate func spareName(on device: DeviceName) -> String {
        let used = Set(switches[device]?.ports.map(\.name) ?? [])
        return stride(from: 47, through: 0, by: -1).map { "ge-0/0/\($0)" }.first { !used.contains($0) } ?? "xe-0/1/0"
    }
}
