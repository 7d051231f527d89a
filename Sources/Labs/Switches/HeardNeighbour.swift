internal import Facts

/// What the last LLDP frame on a port said of its sender.
struct HeardNeighbour: Hashable, Sendable {
    /// The port it came in on, an aggregate's member where there is one.
    let local: String
    let system: String
    let chassis: MACAddress
    /// The sender's port by name. A host's lldpd has its MAC as port id and the name as description.
    let port: String
    /// The port id, where it is a MAC.
    let portMAC: MACAddress?
    var isHost: Bool { portMAC != nil }
}

extension FabricState {
    /// Who is heard on each port of a switch: other switches, and hosts that run lldpd.
    func heard(by name: DeviceName) -> [HeardNeighbour] {
        guard let device = switches[name] else { return [] }
        let links = links(of: name)
        return device.ports.compactMap { port in
            guard port.members.isEmpty, port.adminUp, links[port.name] == true else { return nil }
            if let far = farEnd(of: port, on: device), let peer = switches[far.device] {
                return HeardNeighbour(
                    local: port.name, system: far.device.text, chassis: peer.site.mac, port: far.name, portMAC: nil)
            }
            guard let place = nic(at: SwitchPort(device: name, name: port.name)), let node = nodes[place.node], node.site.lldp,
                let function = function(place), let first = node.site.nics.first
            else { return nil }
            return HeardNeighbour(
                local: port.name, system: place.node.text, chassis: first.mac, port: place.name, portMAC: function.site.mac)
        }
    }

    /// The port of another switch at the other end of a port's cable: with aggregates, member faces member.
    func farEnd(of port: PortState, on device: SwitchState) -> SwitchPort? {
        guard let name = port.aggregate else { return port.peer }
        guard let aggregate = device.port(name), let peer = aggregate.peer else { return nil }
        let members = switches[peer.device]?.port(peer.name)?.members ?? []
        guard let index = aggregate.members.firstIndex(of: port.name), members.indices.contains(index) else { return peer }
        return SwitchPort(device: peer.device, name: members[index])
    }
}
