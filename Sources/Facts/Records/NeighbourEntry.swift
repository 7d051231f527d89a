/// One row of a neighbour table: ARP, or IPv6 neighbour discovery.
package struct NeighbourEntry: Hashable, Sendable {
    package var ip: IPAddress
    /// Nil when the entry is incomplete.
    package var mac: MACAddress?
    /// The layer-3 interface as the device writes it (`vlan.201`, `net1`).
    package var interface: InterfaceName?
    package var vlanID: VLANID?
    /// `reachable`, `stale`, `incomplete`, `permanent`, … lower case; nil where the table has no states (Junos text).
    package var state: String?
    package var ageSeconds: Int?

    package init(
        ip: IPAddress, mac: MACAddress?, interface: InterfaceName? = nil, vlanID: VLANID? = nil, state: String? = nil,
        ageSeconds: Int? = nil
    ) {
        self.ip = ip
        self.mac = mac
        self.interface = interface
        self.vlanID = vlanID
        self.state = state
        self.ageSeconds = ageSeconds
    }
}

extension NeighbourEntry: Row {
    package var json: JSONValue {
        [
            "ip": .text(ip), "mac": .text(mac), "interface": .text(interface), "vlanId": .int(vlanID?.number),
            "state": .text(state), "ageSeconds": .int(ageSeconds),
        ]
    }
}
