/// One route of a host.
///
/// - Source: `ip route` of iproute2 and busybox, `route -n`.
package struct RouteEntry: Hashable, Sendable {
    /// One of several ways of a multipath route.
    package struct NextHop: Hashable, Sendable {
        package var gateway: IPAddress?
        package var interface: InterfaceName?
        package var weight: Int?

        package init(gateway: IPAddress? = nil, interface: InterfaceName? = nil, weight: Int? = nil) {
            self.gateway = gateway
            self.interface = interface
            self.weight = weight
        }
    }

    /// `default`, a prefix or one address, as printed.
    package var destination: String
    /// `unicast` where nothing else is printed; `blackhole`, `unreachable`, `prohibit`, `local`…
    package var type: String
    /// Nil for what is on the link, and for a multipath route.
    package var gateway: IPAddress?
    package var interface: InterfaceName?
    /// The ways of a multipath route in the order printed; empty for all others.
    package var nextHops: [NextHop] = []
    /// The source address that is preferred.
    package var source: IPAddress?
    package var metric: Int?
    /// `dhcp`, `kernel`, `static`…; nil where not printed.
    package var origin: String?
    package var scope: String?
    package var table: String?
    /// Bytes; nil where the route sets none.
    package var mtuBytes: Int?
    /// `linkdown`, `onlink`, `dead`… in the order printed.
    package var flags: [String] = []

    package init(destination: String, type: String = "unicast") {
        self.destination = destination
        self.type = type
    }
}

extension RouteEntry: Row {
    package var json: JSONValue {
        [
            "destination": .string(destination), "type": .string(type), "gateway": .text(gateway),
            "interface": .text(interface),
            "nextHops": .array(
                nextHops.map {
                    ["gateway": .text($0.gateway), "interface": .text($0.interface), "weight": .int($0.weight)]
                }), "source": .text(source), "metric": .int(metric), "protocol": .text(origin), "scope": .text(scope),
            "table": .text(table), "mtu": .int(mtuBytes), "flags": .array(flags.map { .string($0) }),
        ]
    }
}
