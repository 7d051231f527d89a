internal import Facts

/// Faults between the node and the switch's VLAN.
enum SwitchFaults {
    static let all = [
        Fault("vlan-not-trunked", at: [.node, .port], "the node's switch port does not carry the VLAN") { place, state in
            for port in state.ports(at: place) {
                state.changePort(port) { $0.tagged = [] }
            }
        },
        Fault("port-blocked", at: [.node], "spanning tree keeps the node's switch port from forwarding") { place, state in
            for port in state.ports(at: place) {
                state.changePort(port) { $0.spanningTreeForwarding = false }
            }
        },
        Fault(
            "access-port", at: [.node],
            "the node's switch port has the VLAN untagged: tagged frames are taken in, and replies come back without the tag"
        ) { place, state in
            for port in state.ports(at: place) {
                state.changePort(port) { port in
                    port.untagged = port.tagged.first
                    port.tagged = []
                }
            }
        },
        Fault("port-one-way", at: [.node], "the node's switch port takes frames in and sends none out") { place, state in
            for port in state.ports(at: place) { state.changePort(port) { $0.transmits = false } }
        },
        Fault(
            "duplicate-mac", at: [.node],
            "as soon as the pod has its VF, a stranger at another port of the switch sends with the same MAC"
        ) { place, state in state.addMishap(.macTaken, at: place) },
        Fault("miscabled-port", at: [.node], "the node's cable is in another port of the switch, which carries the VLAN too") {
            place, state in
            for name in state.nodes(at: place) {
                guard let nic = state.site.node(name)?.nics.first(where: { $0.cable != nil }), let meant = nic.cable,
                    let port = state.switches[meant.device]?.switching(meant.name)
                else { continue }
                let spare = state.spareName(like: meant)
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
        return nodes(at: place).flatMap { site.node($0)?.nics.compactMap(\.cable) ?? [] }.map { cable in
            SwitchPort(device: cable.device, name: switches[cable.device]?.switching(cable.name)?.name ?? cable.name)
        }
    }

    fileprivate mutating func changePort(_ place: SwitchPort, _ change: (inout PortState) -> Void) {
        guard let index = switches[place.device]?.ports.firstIndex(where: { $0.name == place.name }) else { return }
        if var port = switches[place.device]?.ports[index] {
            change(&port)
            switches[place.device]?.ports[index] = port
        }
    }

    /// The highest port of the same line card that the site does not use: `ge-0/0/47` for `ge-0/0/9`.
    func spareName(like port: SwitchPort) -> String {
        let used = Set(switches[port.device]?.ports.map(\.name) ?? [])
        let card = port.name.prefix(port.name.count - port.name.reversed().prefix { $0.isNumber }.count)
        // A port of SONiC is called by the first of its four lanes.
        let step = switches[port.device]?.site.platform == .sonic ? 4 : 1
        let numbers = stride(from: 48 - step, through: 0, by: -step)
        return numbers.map { "\(card)\($0)" }.first { !used.contains($0) } ?? "\(card)48"
    }
}
