package import Facts

/// A port of a switch, by device and the name the device writes (`ge-0/0/9`, without unit).
package struct SwitchPort: Hashable, Sendable, CustomStringConvertible {
    package var device: DeviceName
    package var name: String

    package init(device: DeviceName, name: String) {
        self.device = device
        self.name = name
    }

    package var description: String { "\(device) \(name)" }
}

/// One switch with its ports, VLANs and routed interfaces.
package struct SiteSwitch: Hashable, Sendable {
    package var name: DeviceName
    package var platform: Platform
    package var model: String
    /// `15.1R7.9`, as `show version` prints it.
    package var version: String
    package var ports: [SitePort]
    package var vlans: [SiteVLAN]
    /// After how long an unseen MAC is forgotten.
    package var macAging: Duration
    /// The chassis' own MAC, which LLDP tells; its ports' addresses come after it.
    package var mac: MACAddress
    /// False: it takes commands in a shell only, typed at its prompt, with a pager.
    package var takesExec = true

    package init(
        name: DeviceName, platform: Platform, model: String, version: String, ports: [SitePort], vlans: [SiteVLAN],
        macAging: Duration = .seconds(300), mac: MACAddress? = nil
    ) {
        self.name = name
        self.platform = platform
        self.model = model
        self.version = version
        self.ports = ports
        self.vlans = vlans
        self.macAging = macAging
        self.mac = mac ?? Self.madeUp(of: name)
    }

    /// A locally administered MAC that depends on the name alone.
    private static func madeUp(of name: DeviceName) -> MACAddress {
        let hash = name.text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return MACAddress(bits: 0x0200_0000_0000 | hash & 0xff_ffff << 8)
    }
}

package struct SitePort: Hashable, Sendable {
    package var name: String
    /// VLANs that the port carries with their tag, by number.
    package var tagged: [VLANID]
    /// The VLAN of untagged frames; nil when untagged frames are dropped.
    package var untagged: VLANID?
    /// The switch port at the other end, where the port is no host port.
    package var peer: SwitchPort?
    /// The ports that this one aggregates (LACP): `ge-0/0/9` of `ae0`. Empty: it is a port itself.
    package var members: [String]
    /// The aggregate of another switch that forms one with this (MLAG, vPC, ESI): what one learns there the other knows too.
    package var shared: SwitchPort?

    package init(
        name: String, tagged: [VLANID], untagged: VLANID? = nil, peer: SwitchPort? = nil, members: [String] = [],
        shared: SwitchPort? = nil
    ) {
        self.name = name
        self.members = members
        self.shared = shared
        self.tagged = tagged
        self.untagged = untagged
        self.peer = peer
    }
}

package struct SiteVLAN: Hashable, Sendable {
    /// As the switch calls it: `SRIOV_201`.
    package var name: String
    package var tag: VLANID
    package var gateway: SiteGateway?

    package init(name: String, tag: VLANID, gateway: SiteGateway? = nil) {
        self.name = name
        self.tag = tag
        self.gateway = gateway
    }
}

/// The routed interface of a VLAN: `vlan.201` with 192.168.201.1/24.
package struct SiteGateway: Hashable, Sendable {
    package var interface: String
    package var address: IPPrefix
    package var mac: MACAddress

    package init(interface: String, address: IPPrefix, mac: MACAddress) {
        self.interface = interface
        self.address = address
        self.mac = mac
    }
}
