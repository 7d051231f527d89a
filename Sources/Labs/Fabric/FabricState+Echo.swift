package import Facts

/// What becomes of one echo request.
package enum EchoResult: Hashable, Sendable {
    case reply(roundTrip: Duration)
    case lost
    /// The pod has no way to that address: `Network is unreachable`.
    case noRoute
}

extension FabricState {
    /// Sends one echo request from a pod, with the ARP exchange before it, and follows both ways.
    ///
    /// - Parameters:
    ///   - interface: the interface the sender is bound to; nil to go by the routing table.
    ///   - now: site time.
    package mutating func echo(
        from place: PodPlace, to address: IPAddress, bound interface: String?, at now: Duration
    ) -> EchoResult {
        guard let sandbox = nodes[place.node]?.sandbox(place.uid) else { return .noRoute }
        if sandbox.interfaces.contains(where: { $0.addresses.contains { $0.address == address } }) {
            return .reply(roundTrip: .microseconds(60))
        }
        let candidates = sandbox.interfaces.filter { interface == nil || $0.name == interface }
        let direct = candidates.first { $0.addresses.contains { $0.contains(address) } && $0.kind != .loopback }
        // Bound to an interface with no way to the address, the kernel takes the address for a neighbour there.
        let bound = interface == nil ? nil : candidates.first { $0.kind != .loopback }
        guard let exit = direct ?? bound ?? candidates.first(where: { $0.name == "eth0" }), isUp(exit, at: place) else {
            return .noRoute
        }
        guard case .virtualFunction(let pf, let index) = exit.kind else {
            return routedEcho(to: address)
        }
        let hop = Hop(place: place, nic: NICPlace(node: place.node, name: pf), index: index, interface: exit)
        guard let owner = resolve(address, from: hop, at: now) else {
            note(PodNeighbour(address: address, mac: nil, interface: exit.name), in: place)
            return .lost
        }
        note(PodNeighbour(address: address, mac: owner.mac, interface: exit.name), in: place)
        let request = Frame(source: exit.mac, destination: owner.mac)
        guard send(request, from: hop.nic, vf: index, at: now).contains(owner.station) else { return .lost }
        guard answers(owner, at: address, to: hop, now: now) else { return .lost }
        return .reply(roundTrip: nodes[place.node]?.site.attachment?.roundTrip ?? .milliseconds(1))
    }

    /// Where an echo leaves a pod.
    private struct Hop {
        let place: PodPlace
        let nic: NICPlace
        let index: Int
        let interface: PodInterface

        func sourceAddress(towards address: IPAddress) -> IPAddress? {
            (interface.addresses.first { $0.contains(address) } ?? interface.addresses.first)?.address
        }
    }

    private struct Owner {
        let station: Station
        let mac: MACAddress
    }

    private func isUp(_ interface: PodInterface, at place: PodPlace) -> Bool {
        guard case .virtualFunction(let pf, let index) = interface.kind else { return true }
        let function = nodes[place.node]?.functions.first { $0.site.name == pf }
        return function?.virtualFunctions.first { $0.index == index }?.netdevUp == true
    }

    /// An echo over the cluster's default network: the site routes it to its gateways, and to nothing else.
    private func routedEcho(to address: IPAddress) -> EchoResult {
        let up = switches.values.contains { device in
            device.gateways.contains { $0.adminUp && $0.address.address == address }
        }
        return up ? .reply(roundTrip: .microseconds(700)) : .lost
    }

    /// Asks by ARP who has an address; whoever hears it and has it, answers, and remembers who asked.
    private mutating func resolve(_ address: IPAddress, from hop: Hop, at now: Duration) -> Owner? {
        let question = Frame(source: hop.interface.mac, destination: Frame.broadcast)
        for station in send(question, from: hop.nic, vf: hop.index, at: now) {
            guard let mac = mac(of: station, owning: address), isNeighbour(hop, of: station, towards: address) else { continue }
            remember(hop, at: station, towards: address, now: now)
            if replyFrame(from: station, mac: mac, to: hop.interface.mac, at: now).contains(self.station(of: hop)) {
                return Owner(station: station, mac: mac)
            }
        }
        return nil
    }

    /// A gateway answers those of its own subnet.
    private func isNeighbour(_ hop: Hop, of station: Station, towards address: IPAddress) -> Bool {
        guard case .gateway(let device, let interface) = station, let source = hop.sourceAddress(towards: address) else {
            return true
        }
        return switches[device]?.gateways.first { $0.interface == interface }?.address.contains(source) == true
    }

    /// Whether the owner's echo reply comes back: it goes to the MAC that the owner's own table has for the sender.
    private mutating func answers(_ owner: Owner, at address: IPAddress, to hop: Hop, now: Duration) -> Bool {
        var target = hop.interface.mac
        if case .gateway(let device, let interface) = owner.station,
            switches[device]?.gateways.first(where: { $0.interface == interface })?.answersEcho == false
        {
            return false
        }
        if case .gateway(let device, let interface) = owner.station, let source = hop.sourceAddress(towards: address),
            let known = switches[device]?.neighbours.first(where: { $0.address == source && $0.interface == interface })
        {
            target = known.mac
        }
        return replyFrame(from: owner.station, mac: owner.mac, to: target, at: now).contains(self.station(of: hop))
    }

    private func station(of hop: Hop) -> Station { .pod(hop.place, interface: hop.interface.name) }

    private mutating func replyFrame(from station: Station, mac: MACAddress, to target: MACAddress, at now: Duration) -> [Station]
    {
        let frame = Frame(source: mac, destination: target)
        switch station {
        case .gateway(let device, let interface):
            guard let vlan = switches[device]?.gateways.first(where: { $0.interface == interface })?.vlan else { return [] }
            return send(frame, from: device, vlan: vlan, at: now)
        case .pod(let place, let interface):
            guard let found = nodes[place.node]?.sandbox(place.uid)?.interface(interface),
                case .virtualFunction(let pf, let index) = found.kind
            else { return [] }
            return send(frame, from: NICPlace(node: place.node, name: pf), vf: index, at: now)
        }
    }

    /// The MAC with which a station answers for an address; nil when the address is not its own.
    private func mac(of station: Station, owning address: IPAddress) -> MACAddress? {
        switch station {
        case .gateway(let device, let interface):
            let gateway = switches[device]?.gateways.first { $0.interface == interface }
            return gateway?.address.address == address ? gateway?.mac : nil
        case .pod(let place, let interface):
            let found = nodes[place.node]?.sandbox(place.uid)?.interface(interface)
            return found?.addresses.contains { $0.address == address } == true ? found?.mac : nil
        }
    }

    private mutating func remember(_ hop: Hop, at station: Station, towards address: IPAddress, now: Duration) {
        guard let source = hop.sourceAddress(towards: address) else { return }
        switch station {
        case .gateway(let device, let interface):
            switches[device]?.resolve(source, to: hop.interface.mac, on: interface, at: now)
        case .pod(let place, let interface):
            note(PodNeighbour(address: source, mac: hop.interface.mac, interface: interface), in: place)
        }
    }

    private mutating func note(_ neighbour: PodNeighbour, in place: PodPlace) {
        guard let index = nodes[place.node]?.sandboxes.firstIndex(where: { $0.uid == place.uid }) else { return }
        let known = nodes[place.node]?.sandboxes[index].neighbours.firstIndex {
            $0.address == neighbour.address && $0.interface == neighbour.interface
        }
        if let known {
            nodes[place.node]?.sandboxes[index].neighbours[known] = neighbour
        } else {
            nodes[place.node]?.sandboxes[index].neighbours.append(neighbour)
        }
    }
}
