/// One row of a switch's MAC table (forwarding database).
package struct FDBEntry: Hashable, Sendable {
    /// As printed: a name (`SRIOV_201`) or a number; nil where the row has none.
    package var vlan: String?
    /// The tag; nil where the device did not say it.
    package var vlanID: VLANID?
    /// Nil on a flood row that is kept.
    package var mac: MACAddress?
    /// `dynamic`, `static`, `permanent`, `self`, else as printed.
    package var type: String
    /// As the device writes it; nil where there is none. The first of `interfaces` when several.
    package var interface: InterfaceName?
    /// All of them when the row lists several; empty otherwise.
    package var interfaces: [InterfaceName]
    /// Whole seconds; Junos' documentation and its values disagree on whether it counts up. Nil where not stated.
    package var ageSeconds: Int?

    package init(
        vlan: String? = nil, vlanID: VLANID? = nil, mac: MACAddress?, type: String, interface: InterfaceName? = nil,
        interfaces: [InterfaceName] = [], ageSeconds: Int? = nil
    ) {
        self.vlan = vlan
        self.vlanID = vlanID
        self.mac = mac
        self.type = type
        self.interface = interface
        self.interfaces = interfaces
        self.ageSeconds = ageSeconds
    }
}

extension FDBEntry: Row {
    package var json: JSONValue {
        [
            "vlan": .text(vlan), "vlanId": .int(vlanID?.number), "mac": .text(mac), "type": .string(type),
            "interface": .text(interface), "interfaces": .array(interfaces.map { .text($0) }), "ageSeconds": .int(ageSeconds),
        ]
    }
}
