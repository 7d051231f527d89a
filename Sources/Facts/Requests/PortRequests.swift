// Questions to a switch about its ports: asked when the tables that come first do not settle it.

/// The states that spanning tree gives the device's ports.
package struct SpanningTreeRequest: FactRequest {
    package typealias Answer = Reading<SpanningTreePort>
    package static let kind = "spanning-tree"
    package let device: DeviceName
    package init(device: DeviceName) { self.device = device }
    package var source: FactSource { .device(device) }
    package var what: String { "spanning tree states" }
}

/// Which ports are bundled into which aggregated port.
package struct AggregatesRequest: FactRequest {
    package typealias Answer = Reading<Aggregate>
    package static let kind = "aggregates"
    package static let isSteady = true
    package let device: DeviceName
    package init(device: DeviceName) { self.device = device }
    package var source: FactSource { .device(device) }
    package var what: String { "members of aggregated ports" }
}

/// The trunks and their VLANs, of devices whose VLAN table lists access ports only.
package struct TrunksRequest: FactRequest {
    package typealias Answer = Reading<TrunkPort>
    package static let kind = "trunks"
    package static let isSteady = true
    package let device: DeviceName
    package init(device: DeviceName) { self.device = device }
    package var source: FactSource { .device(device) }
    package var what: String { "trunks" }
}

/// What hangs on which port, by what the neighbours say of themselves.
package struct LLDPRequest: FactRequest {
    package typealias Answer = Reading<LLDPNeighbour>
    package static let kind = "lldp"
    package static let isSteady = true
    package let device: DeviceName
    package init(device: DeviceName) { self.device = device }
    package var source: FactSource { .device(device) }
    package var what: String { "LLDP neighbours" }
}

/// The IPv6 neighbour table, which most platforms keep apart from the ARP table.
package struct DeviceIPv6NeighboursRequest: FactRequest {
    package typealias Answer = Reading<NeighbourEntry>
    package static let kind = "device-ipv6-neighbours"
    package static let followsTraffic = true
    package let device: DeviceName
    package init(device: DeviceName) { self.device = device }
    package var source: FactSource { .device(device) }
    package var what: String { "IPv6 neighbour table" }
}
