internal import Facts

/// What befalls a pod's VF on a node behind sriov-cni's back. Each is a fault.
package enum Mishap: Hashable, Sendable, CaseIterable {
    /// Right after ADD: somebody in the pod gives the interface another MAC.
    case macChanged
    /// Right after ADD: the PF's administrator gives the VF another MAC, while the interface keeps its own.
    case adminMACSet
    /// Right after ADD: the interface has an address of the next subnet instead of its own.
    case addressReplaced
    /// Right after ADD: the interface goes down.
    case interfaceDown
    /// Right after ADD: `sriov_numvfs` becomes 0, and the interface is gone.
    case functionsTakenAway
    /// Right after ADD: a stranger at another port of the switch sends with the interface's MAC.
    case macTaken
    /// When the pod goes: its namespace is gone before DEL, so that the VF comes back by itself, named and tagged as it was.
    case namespaceLost
    /// When the pod goes: its namespace stays, and the VF in it.
    case namespaceKept
}

extension FabricState {
    /// What follows the attachment of an interface on a node that mishaps befall.
    ///
    /// - Parameter now: site time.
    mutating func befall(_ attached: AttachedInterface, at place: PodPlace, now: Duration) {
        guard let node = nodes[place.node], let device = attached.device else { return }
        let name = attached.interface.name
        for mishap in Mishap.allCases where node.cni.mishaps.contains(mishap) {
            guard let (function, vf) = nodes[place.node]?.virtualFunction(at: device) else { return }
            var changed = vf
            switch mishap {
            case .macChanged:
                changed.mac = vf.mac.other
                changeInterface(name, at: place) { $0.mac = changed.mac }
            case .adminMACSet: changed.mac = vf.mac.other
            case .addressReplaced: changeInterface(name, at: place) { $0.addresses = $0.addresses.map(\.inNextSubnet) }
            case .interfaceDown:
                changed.netdevUp = false
                changed.carrierAt = nil
            case .functionsTakenAway:
                nodes[place.node]?.functions[function].virtualFunctions = []
                removeInterface(name, at: place)
                continue
            case .macTaken:
                let pf = NICPlace(node: place.node, name: node.functions[function].site.name)
                if let vlan = vf.vlan, let port = cables[pf] {
                    addStranger(mac: attached.interface.mac, address: nil, vlan: vlan, on: port.device, at: now)
                }
            case .namespaceLost, .namespaceKept: break
            }
            nodes[place.node]?.functions[function].virtualFunctions[vf.index] = changed
        }
    }

    /// Puts a stranger at a port of its own, where it has spoken already.
    mutating func addStranger(
        mac: MACAddress, address: IPPrefix?, vlan: VLANID, on device: DeviceName, at now: Duration
    ) {
        guard let like = switches[device]?.ports.first(where: { $0.members.isEmpty }) else { return }
        let port = spareName(like: SwitchPort(device: device, name: like.name))
        switches[device]?.ports.append(PortState(name: port, tagged: [], untagged: vlan, peer: nil))
        switches[device]?.strangers.append(Stranger(port: port, vlan: vlan, mac: mac, address: address))
        switches[device]?.learn(mac, vlan: vlan, port: port, at: now)
    }

    mutating func changeInterface(_ name: String, at place: PodPlace, _ change: (inout PodInterface) -> Void) {
        guard let sandbox = nodes[place.node]?.sandboxes.firstIndex(where: { $0.uid == place.uid }),
            let index = nodes[place.node]?.sandboxes[sandbox].interfaces.firstIndex(where: { $0.name == name }),
            var interface = nodes[place.node]?.sandboxes[sandbox].interfaces[index]
        else { return }
        change(&interface)
        nodes[place.node]?.sandboxes[sandbox].interfaces[index] = interface
    }

    mutating func removeInterface(_ name: String, at place: PodPlace) {
        guard let sandbox = nodes[place.node]?.sandboxes.firstIndex(where: { $0.uid == place.uid }) else { return }
        nodes[place.node]?.sandboxes[sandbox].interfaces.removeAll { $0.name == name }
    }
}

extension MACAddress {
    /// Another address that nobody of a site has: the last octet turned round.
    var other: MACAddress { MACAddress(bits: bits ^ 0xff) }
}

extension IPPrefix {
    /// The same host in the next subnet of this length.
    var inNextSubnet: IPPrefix {
        let step = 1 << (address.octets.count * 8 - length)
        return IPPrefix(address.advanced(by: step), length: length) ?? self
    }
}
