internal import Facts

/// Faults of the routed side of a switch.
enum GatewayFaults {
    static let all = [
        Fault("gateway-interface-down", at: [.gateway], "the VLAN's routed interface is administratively down") { place, state in
            guard case .gateway(let device, let interface) = place else { return }
            for index in state.switches[device]?.gateways.indices ?? 0..<0
            where state.switches[device]?.gateways[index].interface == interface {
                state.switches[device]?.gateways[index].adminUp = false
            }
        },
        Fault(
            "wrong-static-arp", at: [.address, .node],
            "the gateway has a static ARP entry that gives the pod's address to another VF of the site"
        ) { place, state in
            for address in state.addresses(at: place) {
                guard let mac = state.otherMAC(than: address) else { continue }
                for device in state.switches.keys {
                    for gateway in state.switches[device]?.gateways ?? [] where gateway.address.contains(address) {
                        state.switches[device]?.neighbours.append(
                            SwitchNeighbour(
                                address: address, mac: mac, interface: gateway.interface, isStatic: true, updatedAt: .zero))
                    }
                }
            }
        },
    ]
}

extension FabricState {
    fileprivate func addresses(at place: FaultPlace) -> [IPAddress] {
        if case .address(let address) = place { return [address] }
        return nodes(at: place).compactMap { site.node($0)?.attachment?.address }
    }

    /// The MAC of a VF that no pod of the site is given first: what the address may have belonged to before.
    fileprivate func otherMAC(than address: IPAddress) -> MACAddress? {
        guard let node = site.nodes.first(where: { $0.attachment?.address == address }), let attachment = node.attachment else {
            return nil
        }
        let vfs = node.nics.first { !$0.virtualFunctions.isEmpty }?.virtualFunctions ?? []
        return vfs.enumerated().first { $0.offset != attachment.virtualFunction }?.element.mac
    }
}
