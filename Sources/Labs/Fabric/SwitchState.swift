package import Facts

/// What is true of one switch now.
package struct SwitchState: Sendable {
    package let site: SiteSwitch
    package var ports: [PortState]
    package var gateways: [GatewayState]
    package var learned: [LearnedMAC] = []
    package var neighbours: [SwitchNeighbour] = []
    /// Machines at its ports that are none of the site's.
    package var strangers: [Stranger] = []

    package init(site: SiteSwitch) {
        self.site = site
        ports = site.ports.flatMap { port in
            let members = port.members.map { PortState(name: $0, tagged: [], untagged: nil, peer: nil, aggregate: port.name) }
            return members + [
                PortState(
                    name: port.name, tagged: port.tagged, untagged: port.untagged, peer: port.peer, members: port.members,
                    shared: port.shared)
            ]
        }
        gateways = site.vlans.compactMap { vlan in
            vlan.gateway.map { GatewayState(interface: $0.interface, vlan: vlan.tag, address: $0.address, mac: $0.mac) }
        }
    }

    package func port(_ name: String) -> PortState? { ports.first { $0.name == name } }

    /// The port that switches what comes in on a port: the aggregate it is a member of, or itself.
    package func switching(_ name: String) -> PortState? {
        guard let port = port(name) else { return nil }
        return port.aggregate.flatMap { self.port($0) } ?? port
    }

    package func vlan(_ tag: VLANID) -> SiteVLAN? { site.vlans.first { $0.tag == tag } }

    /// Learned entries that are not too old, in order of MAC.
    package func live(at now: Duration) -> [LearnedMAC] {
        learned.filter { now - $0.seenAt < site.macAging }.sorted { ($0.vlan, $0.mac) < ($1.vlan, $1.mac) }
    }

    /// Takes note that this MAC was seen on this port. A stranger with the same MAC never rests, so its port is where the MAC
    /// was seen last.
    package mutating func learn(_ mac: MACAddress, vlan: VLANID, port: String, at now: Duration) {
        let last = strangers.first { $0.mac == mac && $0.vlan == vlan }?.port ?? port
        learned.removeAll { $0.mac == mac && $0.vlan == vlan }
        learned.append(LearnedMAC(vlan: vlan, mac: mac, port: last, seenAt: now))
    }

    /// Takes note of who has an address; a static entry stays as it is.
    package mutating func resolve(_ address: IPAddress, to mac: MACAddress, on interface: String, at now: Duration) {
        if let index = neighbours.firstIndex(where: { $0.address == address && $0.interface == interface }) {
            guard !neighbours[index].isStatic else { return }
            neighbours[index].mac = mac
            neighbours[index].updatedAt = now
        } else {
            neighbours.append(
                SwitchNeighbour(address: address, mac: mac, interface: interface, isStatic: false, updatedAt: now))
        }
    }
}

/// A port, an aggregate of ports (LACP), or a member of one. VLANs, peer and spanning tree are the aggregate's.
package struct PortState: Hashable, Sendable {
    package let name: String
    /// The ports of an aggregate; empty for a port.
    package let members: [String]
    /// The aggregate that the port is a member of.
    package let aggregate: String?
    /// The aggregate of another switch that forms one with this.
    package let shared: SwitchPort?
    package var tagged: [VLANID]
    package var untagged: VLANID?
    package var peer: SwitchPort?
    package var adminUp = true
    package var spanningTreeForwarding = true
    /// False: what should go out of the port is dropped, what comes in is taken.
    package var transmits = true

    package init(
        name: String, tagged: [VLANID], untagged: VLANID?, peer: SwitchPort?, members: [String] = [], aggregate: String? = nil,
        shared: SwitchPort? = nil
    ) {
        self.name = name
        self.members = members
        self.aggregate = aggregate
        self.shared = shared
        self.tagged = tagged
        self.untagged = untagged
        self.peer = peer
    }

    /// The VLAN of a frame that comes in with this tag; nil when the port drops it. A port that has a VLAN untagged takes it
    /// tagged too, as a Linux bridge does.
    package func vlan(forTag tag: VLANID?) -> VLANID? {
        guard let tag else { return untagged }
        return carries(tag) ? tag : nil
    }

    package func carries(_ vlan: VLANID) -> Bool { tagged.contains(vlan) || untagged == vlan }
}

package struct GatewayState: Hashable, Sendable {
    package let interface: String
    package let vlan: VLANID
    package var address: IPPrefix
    package var mac: MACAddress
    package var adminUp = true
    /// False: echo requests to it are not answered, ARP is.
    package var answersEcho = true
}

package struct LearnedMAC: Hashable, Sendable {
    package let vlan: VLANID
    package let mac: MACAddress
    package let port: String
    package let seenAt: Duration
}

package struct SwitchNeighbour: Hashable, Sendable {
    package let address: IPAddress
    package var mac: MACAddress
    package let interface: String
    package let isStatic: Bool
    package var updatedAt: Duration
}

/// A machine at a switch port that is none of the site's: somebody with an address or a MAC that a pod has too.
package struct Stranger: Hashable, Sendable {
    package let port: String
    package let vlan: VLANID
    package let mac: MACAddress
    /// Nil: it has none of the VLAN's addresses, and sends frames without end.
    package let address: IPPrefix?
}
