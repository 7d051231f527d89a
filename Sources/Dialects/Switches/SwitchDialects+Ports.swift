package import Facts

/// The questions about a device's ports: spanning tree, aggregated ports, trunks, and IPv6 neighbours.
extension SwitchDialects {
    /// The states that spanning tree gives the ports.
    package static func spanningTree(_ platform: Platform) -> [Try<SpanningTreePort>] {
        let purpose = "spanning tree states"
        switch platform {
        case .junos: return junos("show spanning-tree interface", purpose, JunosSpanningTree.read)
        case .eos:
            return [
                Try("show spanning-tree | json", "json", for: purpose, EOSSpanningTree.read),
                Try("show spanning-tree", "text", for: purpose, EOSSpanningTree.read),
            ]
        // The names of the fields in its JSON are not known from any true device.
        case .nxos: return [Try("show spanning-tree", "text", for: purpose, NXOSPortTables.spanningTree)]
        case .ios: return [Try("show spanning-tree", "text", for: purpose, IOSPortTables.spanningTree)]
        case .sonic: return [Try("show spanning-tree", "text", for: purpose, SONiCSpanningTree.read)] + bridgeLink
        case .cumulus, .linux: return bridgeLink
        case .os10: return [Try("show spanning-tree active | no-more", "text", for: purpose, OS10SpanningTree.read)]
        case .srlinux: return []
        }
    }

    private static let bridgeLink: [Try<SpanningTreePort>] = [
        Try("bridge -j link show", "json", for: "states of the bridge's ports", BridgeLink.read),
        Try("bridge link show", "text", for: "states of the bridge's ports", BridgeLink.read),
    ]

    /// Which ports are bundled into which aggregated port.
    package static func aggregates(_ platform: Platform) -> [Try<Aggregate>] {
        let purpose = "members of aggregated ports"
        switch platform {
        case .junos: return junos("show interfaces terse", purpose, JunosAggregates.read)
        case .eos:
            return [
                Try("show port-channel | json", "json", for: purpose, EOSAggregates.read),
                Try("show port-channel dense", "text", for: purpose, EOSAggregates.read),
                Try("show port-channel summary", "text", for: purpose, EOSAggregates.read),
            ]
        case .nxos:
            return ["json native", "json"].map {
                Try("show port-channel summary | \($0)", "json", for: purpose, NXOSAggregates.read)
            } + [Try("show port-channel summary", "text", for: purpose, NXOSAggregates.read)]
        case .ios: return [Try("show etherchannel summary", "text", for: purpose, IOSPortTables.aggregates)]
        case .sonic: return bonds + [Try("show interfaces portchannel", "text", for: purpose, SONiCAggregates.read)]
        case .cumulus, .linux: return bonds
        case .os10: return [Try("show port-channel summary | no-more", "text", for: purpose, OS10Aggregates.read)]
        case .srlinux: return []
        }
    }

    private static let bonds: [Try<Aggregate>] = [
        Try("ip -j -d link show", "json", for: "bonds and teams with their ports", LinkAggregates.read),
        Try("ip -d link show", "text", for: "bonds and teams with their ports", LinkAggregates.read),
    ]

    /// The trunks, of devices whose VLAN table lists access ports only.
    package static func trunks(_ platform: Platform) -> [Try<TrunkPort>] {
        platform == .ios ? [Try("show interfaces trunk", "text", for: "trunks and their VLANs", IOSPortTables.trunks)] : []
    }

    /// The IPv6 neighbour table.
    package static func ipv6Neighbours(_ platform: Platform) -> [Try<NeighbourEntry>] {
        let purpose = "IPv6 neighbour table"
        switch platform {
        case .junos: return junos("show ipv6 neighbors", purpose, JunosNeighbours.read)
        case .eos:
            return [
                Try("show ipv6 neighbors | json", "json", for: purpose, EOSNeighbours.read),
                Try("show ipv6 neighbors", "text", for: purpose, EOSNeighbours.read),
            ]
        case .nxos:
            return ["json native", "json"].map {
                Try("show ipv6 neighbor vrf all | \($0)", "json", for: purpose, NXOSNeighbours.read)
            } + [Try("show ipv6 neighbor vrf all", "text", for: purpose, NXOSNeighbours.read)]
        case .ios: return [Try("show ipv6 neighbors", "text", for: purpose, IOSNeighbours.read)]
        // The kernel keeps both in one table.
        case .cumulus, .linux, .sonic: return LinuxSwitch.neighbours
        case .os10, .srlinux: return []
        }
    }

    private static func junos<Record: Sendable>(
        _ line: String, _ purpose: String, _ read: @escaping @Sendable (String) throws(DialectError) -> Reading<Record>
    ) -> [Try<Record>] {
        [
            Try(line + " | display xml | no-more", "xml", for: purpose, read),
            Try(line + " | no-more", "text", for: purpose, read),
        ]
    }
}
