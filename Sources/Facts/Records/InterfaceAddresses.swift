/// One interface with its addresses: a block of `ip addr`.
///
/// - Source: iproute2 and busybox `ip addr`, `ip -j addr`.
package struct InterfaceAddresses: Hashable, Sendable {
    package var index: Int?
    /// Without the `@peer` part.
    package var interface: InterfaceName
    package var mac: MACAddress?
    package var mtuBytes: Int?
    /// The flag `UP`: administratively up. Nil where no flags were printed.
    package var up: Bool?
    /// The flag `LOWER_UP`: there is carrier. Nil where no flags were printed.
    package var lowerUp: Bool?
    package var ipv4: [IPPrefix]
    package var ipv6: [IPPrefix]

    package init(
        index: Int? = nil, interface: InterfaceName, mac: MACAddress? = nil, mtuBytes: Int? = nil, up: Bool? = nil,
        lowerUp: Bool? = nil, ipv4: [IPPrefix] = [], ipv6: [IPPrefix] = []
    ) {
        self.index = index
        self.interface = interface
        self.mac = mac
        self.mtuBytes = mtuBytes
        self.up = up
        self.lowerUp = lowerUp
        self.ipv4 = ipv4
        self.ipv6 = ipv6
    }
}

extension InterfaceAddresses: Row {
    package var json: JSONValue {
        [
            "index": .int(index), "interface": .text(interface), "mac": .text(mac), "mtu": .int(mtuBytes), "up": .flag(up),
            "ipv4": .array(ipv4.map { .text($0) }), "ipv6": .array(ipv6.map { .text($0) }),
        ]
    }
}
