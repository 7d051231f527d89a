internal import Facts

/// Faults of the routed side of a switch.
enum GatewayFaults {
    static let all = [
        Fault("gateway-interface-down", at: [.gateway], "the VLAN's routed interface is administratively down") { place, state in
            state.changeGateway(place) { $0.adminUp = false }
        },
        Fault(
            "gateway-wrong-address", at: [.gateway], "the VLAN's routed interface has the last address of its subnet, not its own"
        ) {
            place, state in
            state.changeGateway(place) { gateway in
                let last = gateway.address.lastAddress.advanced(by: -1)
                gateway.address = IPPrefix(last, length: gateway.address.length) ?? gateway.address
            }
        },
        Fault("gateway-ignores-echo", at: [.gateway], "the gateway answers ARP and no echo request") { place, state in
            state.changeGateway(place) { $0.answersEcho = false }
        },
        Fault(
            "duplicate-address", at: [.address],
            "a stranger in the VLAN has the pod's address already, and the gateway has heard of it"
        ) { place, state in
            for address in state.addresses(at: place) {
                for device in state.switches.keys {
                    for gateway in state.switches[device]?.gateways ?? [] where gateway.address.contains(address) {
                        let mac = MACAddress(bits: 0x0200_5e00_0000 | UInt64(address.octets.last ?? 0))
                        state.addStranger(
                            mac: mac, address: IPPrefix(address, length: gateway.address.length), vlan: gateway.vlan, on: device,
                            at: .zero)
                        state.switches[device]?.resolve(address, to: mac, on: gateway.interface, at: .zero)
                    }
                }
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
    fileprivate mutating func changeGateway(_ place: FaultPlace, _ change: (inout GatewayState) -> Void) {
        guard case .gateway(let device, let interface) = place,
            let index = switches[device]?.gateways.firstIndex(where: { $0.interface == interface }),
            var gateway = switches[device]?.gateways[index]
        else { return }
        change(&gateway)
        switches[device]?.gateways[index] = gateway
    }

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
