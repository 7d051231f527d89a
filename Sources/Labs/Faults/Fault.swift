package import Facts

/// Something wrong with a site, planted by name at a place before anybody looks.
package struct Fault: Sendable {
    /// `vlan-not-applied`
    package let name: String
    /// What it can be planted at.
    package let places: [FaultPlace.Kind]
    /// What it does, in one clause.
    package let summary: String
    let plant: @Sendable (FaultPlace, inout FabricState) throws(LabError) -> Void

    init(
        _ name: String, at places: [FaultPlace.Kind], _ summary: String,
        plant: @escaping @Sendable (FaultPlace, inout FabricState) throws(LabError) -> Void
    ) {
        self.name = name
        self.places = places
        self.summary = summary
        self.plant = plant
    }
}

/// Where a fault is.
package enum FaultPlace: Hashable, Sendable, CustomStringConvertible {
    case cluster
    case node(NodeName)
    /// A switch port with a node's cable in it, or the aggregate that it belongs to or shares it with, named as the
    /// switch does: `ge-0/0/9`.
    case port(SwitchPort)
    /// A routed interface of a switch.
    case gateway(DeviceName, interface: String)
    /// The address of a pod.
    case address(IPAddress)
    /// A node or switch as ssh names it.
    case host(String)

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case cluster, node, port, gateway, address, host
    }

    package var description: String {
        switch self {
        case .cluster: "cluster"
        case .node(let name): name.text
        case .port(let port): port.name
        case .gateway(_, let interface): interface
        case .address(let address): address.description
        case .host(let name): name
        }
    }

    /// Every place of a kind that a site has.
    package static func all(_ kind: Kind, in site: Site) -> [FaultPlace] {
        let workers = site.nodes.filter { $0.attachment != nil }
        switch kind {
        case .cluster: return [.cluster]
        case .node: return workers.map { .node($0.name) }
        case .port:
            return workers.flatMap(\.nics).compactMap(\.cable).flatMap { cable -> [FaultPlace] in
                let aggregate = site.device(cable.device)?.ports.first { $0.members.contains(cable.name) }
                let own = SwitchPort(device: cable.device, name: aggregate?.name ?? cable.name)
                return [.port(own)] + (aggregate?.shared.map { [.port($0)] } ?? [])
            }
        case .gateway:
            return site.switches.flatMap { device in
                device.vlans.compactMap(\.gateway).map { .gateway(device.name, interface: $0.interface) }
            }
        case .address: return workers.compactMap(\.attachment).map { .address($0.address) }
        case .host: return (workers.map(\.name.text) + site.switches.map(\.name.text)).map { .host($0) }
        }
    }
}
