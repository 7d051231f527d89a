/// Whether one port or layer-3 interface of a device is up, and which addresses it carries.
///
/// - Source: Junos `show interfaces terse`, EOS/NX-OS `show interfaces status`, Linux `ip -br link`.
package struct InterfaceState: Hashable, Sendable {
    package var interface: InterfaceName
    /// Nil where the table does not say.
    package var adminUp: Bool?
    package var operUp: Bool?
    /// Empty where none is shown.
    package var addresses: [IPPrefix]
    /// Spanning tree or another feature keeps it from forwarding: its words; nil where not said.
    package var blocking: String?

    package init(
        interface: InterfaceName, adminUp: Bool? = nil, operUp: Bool? = nil, addresses: [IPPrefix] = [], blocking: String? = nil
    ) {
        self.interface = interface
        self.adminUp = adminUp
        self.operUp = operUp
        self.addresses = addresses
        self.blocking = blocking
    }
}

extension InterfaceState: Row {
    package var json: JSONValue {
        [
            "interface": .text(interface), "adminUp": .flag(adminUp), "operUp": .flag(operUp),
            "addresses": .array(addresses.map { .text($0) }), "blocking": .text(blocking),
        ]
    }
}
