/// One VLAN of a switch, with the ports that carry it.
package struct VLANEntry: Hashable, Sendable {
    package struct Member: Hashable, Sendable {
        package var interface: InterfaceName
        /// Nil where the table does not say.
        package var tagged: Bool?
        /// Whether the port is up in this VLAN (Junos marks it with `*`); nil where the table does not say.
        package var up: Bool?

        package init(interface: InterfaceName, tagged: Bool? = nil, up: Bool? = nil) {
            self.interface = interface
            self.tagged = tagged
            self.up = up
        }
    }

    /// Nil where the device shows a name without its tag.
    package var vlanID: VLANID?
    package var name: String?
    /// Empty when the device stated that no port carries it.
    package var members: [Member]
    /// The layer-3 interface bound to the VLAN (`vlan.201`); nil where not shown.
    package var l3Interface: InterfaceName?

    package init(vlanID: VLANID?, name: String?, members: [Member] = [], l3Interface: InterfaceName? = nil) {
        self.vlanID = vlanID
        self.name = name
        self.members = members
        self.l3Interface = l3Interface
    }
}

extension VLANEntry: Row {
    package var json: JSONValue {
        [
            "vlanId": .int(vlanID?.number), "name": .text(name),
            "members": .array(members.map { ["interface": .text($0.interface), "tagged": .flag($0.tagged)] }),
        ]
    }
}
