/// One aggregated port (`ae0`, `Port-channel10`, `bond0`) and the ports in it.
///
/// - Source: Junos `show interfaces terse` and `show lacp interfaces`; EOS `show port-channel`; NX-OS `show port-channel
///   summary`; IOS `show etherchannel summary`; SONiC `show interfaces portchannel`; Linux `ip -d link`.
package struct Aggregate: Hashable, Sendable {
    package struct Member: Hashable, Sendable {
        package var interface: InterfaceName
        /// True when it takes part in the bundle now; nil where the table does not say.
        package var active: Bool?

        package init(interface: InterfaceName, active: Bool? = nil) {
            self.interface = interface
            self.active = active
        }
    }

    package var interface: InterfaceName
    /// `LACP`, `Static`, `NONE`, as printed; nil where not shown.
    package var protocolName: String?
    /// Nil where the table does not say.
    package var up: Bool?
    /// Empty when the device shows the aggregate without ports.
    package var members: [Member]

    package init(interface: InterfaceName, protocolName: String? = nil, up: Bool? = nil, members: [Member] = []) {
        self.interface = interface
        self.protocolName = protocolName
        self.up = up
        self.members = members
    }
}

extension Aggregate: Row {
    package var json: JSONValue {
        [
            "interface": .text(interface), "protocol": .text(protocolName), "up": .flag(up),
            "members": .array(members.map { ["interface": .text($0.interface), "active": .flag($0.active)] }),
        ]
    }
}
