package import Facts

/// Somebody who hears a frame.
package enum Station: Hashable, Sendable {
    /// The interface of this name in a pod.
    case pod(PodPlace, interface: String)
    /// The routed interface of this name on a switch.
    case gateway(DeviceName, interface: String)
}

/// An Ethernet frame. The VLAN is not in it: it is what the VF and the port make of it.
package struct Frame: Hashable, Sendable {
    package var source: MACAddress
    package var destination: MACAddress

    package static let broadcast = MACAddress(bits: 0xffff_ffff_ffff)
    /// IPv6's multicast to all nodes.
    package static let allNodes = MACAddress(bits: 0x3333_0000_0001)
}

extension FabricState {
    /// Sends a frame out of a VF and tells who hears it. Switches on the way learn the source.
    ///
    /// Frames between VFs of one PF turn round in the card and are not seen on the wire, unless they are group frames.
    package mutating func send(_ frame: Frame, from place: NICPlace, vf index: Int, at now: Duration) -> [Station] {
        guard let function = function(place), function.isUp,
            let sender = function.virtualFunctions.first(where: { $0.index == index }), sender.hasCarrier(at: now),
            // A VF with spoof check on lets no other source MAC out than its own.
            !sender.spoofCheck || sender.mac == frame.source
        else { return [] }
        let inside = stations(behind: place, hearing: frame, tag: sender.vlan, except: index, at: now)
        if !inside.isEmpty, !frame.destination.isGroup { return inside }
        guard let port = cables[place] else { return inside }
        return inside + receive(frame, at: port, tag: sender.vlan, now: now)
    }

    /// Lets every pod's interface that has a carrier by now send what it sends by itself then (IPv6 asks whether its address is
    /// taken), so that switches learn it though nobody has pinged.
    package mutating func announce(at now: Duration) {
        for node in nodes.values {
            for function in node.functions {
                for vf in function.virtualFunctions where !vf.hasAnnounced && vf.hasCarrier(at: now) {
                    guard case .pod(let uid, let name) = vf.netdev, let interface = node.sandbox(uid)?.interface(name),
                        let index = node.functions.firstIndex(where: { $0.site.name == function.site.name })
                    else { continue }
                    nodes[node.site.name]?.functions[index].virtualFunctions[vf.index].hasAnnounced = true
                    let question = Frame(source: interface.mac, destination: Frame.allNodes)
                    let place = NICPlace(node: node.site.name, name: function.site.name)
                    _ = send(question, from: place, vf: vf.index, at: vf.carrierAt ?? now)
                }
            }
        }
    }

    /// Sends a frame out of a routed interface of a switch.
    package mutating func send(_ frame: Frame, from device: DeviceName, vlan: VLANID, at now: Duration) -> [Station] {
        forward(frame, in: vlan, on: device, except: nil, now: now)
    }

    /// What a switch does with a frame that comes in on a port.
    private mutating func receive(_ frame: Frame, at place: SwitchPort, tag: VLANID?, now: Duration) -> [Station] {
        guard let device = switches[place.device], device.port(place.name)?.adminUp == true,
            let port = device.switching(place.name), port.adminUp, port.spanningTreeForwarding,
            let vlan = port.vlan(forTag: tag)
        else { return [] }
        learn(frame.source, in: vlan, on: port, of: place.device, at: now)
        return forward(frame, in: vlan, on: place.device, except: port.name, now: now)
    }

    /// What one switch of a pair learns on a shared port, the other is told and knows on its own part of it. It does not believe the
    /// link between the two more than that.
    private mutating func learn(_ mac: MACAddress, in vlan: VLANID, on port: PortState, of device: DeviceName, at now: Duration) {
        let known = switches[device]?.live(at: now).first { $0.mac == mac && $0.vlan == vlan }
        let wasTold = known.flatMap { switches[device]?.port($0.port)?.shared } != nil && port.shared == nil && port.peer != nil
        guard !wasTold else { return }
        switches[device]?.learn(mac, vlan: vlan, port: port.name, at: now)
        if let twin = port.shared, switches[twin.device]?.port(twin.name)?.carries(vlan) == true {
            switches[twin.device]?.learn(mac, vlan: vlan, port: twin.name, at: now)
        }
    }

    private mutating func forward(
        _ frame: Frame, in vlan: VLANID, on device: DeviceName, except ingress: String?, now: Duration
    ) -> [Station] {
        guard let state = switches[device] else { return [] }
        var heard: [Station] = []
        for gateway in state.gateways where gateway.vlan == vlan && gateway.adminUp && ingress != nil {
            if frame.destination.isGroup || frame.destination == gateway.mac {
                heard.append(.gateway(device, interface: gateway.interface))
            }
        }
        if !heard.isEmpty, !frame.destination.isGroup { return heard }
        let known = state.live(at: now).first { $0.vlan == vlan && $0.mac == frame.destination }?.port
        let ports = state.ports.filter { port in
            port.name != ingress && port.adminUp && port.transmits && port.spanningTreeForwarding && port.carries(vlan)
                && (known == nil || known == port.name)
        }
        for port in ports {
            heard += transmit(frame, out: port, of: device, in: vlan, now: now)
        }
        return heard
    }

    private mutating func transmit(
        _ frame: Frame, out port: PortState, of device: DeviceName, in vlan: VLANID, now: Duration
    ) -> [Station] {
        let tag = port.untagged == vlan ? nil : vlan
        guard port.members.isEmpty || port.members.contains(where: { switches[device]?.port($0)?.adminUp == true }) else {
            return []
        }
        if let peer = port.peer { return receive(frame, at: peer, tag: tag, now: now) }
        // The PFs of an aggregate share one switch in the card, whichever of them a frame comes in by.
        let names = port.members.isEmpty ? [port.name] : port.members.filter { switches[device]?.port($0)?.adminUp == true }
        return names.flatMap { name -> [Station] in
            guard let place = nic(at: SwitchPort(device: device, name: name)), function(place)?.isUp == true else { return [] }
            return stations(behind: place, hearing: frame, tag: tag, except: nil, at: now)
        }
    }

    /// The pods whose VF on this PF takes a frame with this tag.
    private func stations(
        behind place: NICPlace, hearing frame: Frame, tag: VLANID?, except index: Int?, at now: Duration
    ) -> [Station] {
        guard let function = function(place) else { return [] }
        return function.virtualFunctions.compactMap { vf in
            guard vf.index != index, vf.vlan == tag, vf.hasCarrier(at: now),
                frame.destination.isGroup || frame.destination == vf.mac,
                case .pod(let uid, let name) = vf.netdev
            else { return nil }
            return .pod(PodPlace(node: place.node, uid: uid), interface: name)
        }
    }
}
