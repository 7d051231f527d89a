internal import Facts

/// Writes links and addresses as `ip -j` does.
///
/// - Source: `recordings/linux-igb` (iproute2 6.1.0).
enum IPLinkJSON {
    static func text(_ links: [LinkRecord], _ options: IPLinkText.Options) -> String {
        JSONValue.array(links.map { value(of: $0, options) }).compactText + "\n"
    }

    private static func value(of link: LinkRecord, _ options: IPLinkText.Options) -> JSONValue {
        var members: [JSONValue.Member] = [.init("ifindex", .integer(link.index))]
        if let peer = link.peer, peer.hasPrefix("if"), let index = Int(peer.dropFirst(2)) {
            members += [.init("link_index", .integer(index)), .init("ifname", .string(link.name))]
        } else if let peer = link.peer {
            members += [.init("link", .string(peer)), .init("ifname", .string(link.name))]
        } else {
            members.append(.init("ifname", .string(link.name)))
        }
        members += [
            .init("flags", .array(link.flags.map { .string($0) })), .init("mtu", .integer(link.mtuBytes)),
            .init("qdisc", .string(link.qdisc)),
        ]
        if let master = link.master { members.append(.init("master", .string(master))) }
        members.append(.init("operstate", .string(link.state)))
        if !options.addresses { members.append(.init("linkmode", "DEFAULT")) }
        members.append(.init("group", "default"))
        if let length = link.queueLength { members.append(.init("txqlen", .integer(length))) }
        members += [
            .init("link_type", .string(link.type)), .init("address", .string(link.mac.description)),
            .init("broadcast", .string(link.broadcast.description)),
        ]
        if options.details {
            members += details(of: link)
            if let kind = link.kind { members.append(.init("linkinfo", information(kind))) }
        }
        if options.addresses {
            members.append(.init("addr_info", .array((link.addresses + link.addresses6).map { address($0, on: link) })))
        } else if !link.virtualFunctions.isEmpty {
            let list = link.virtualFunctions.map { value(of: $0, statesQueryRSS: link.statesQueryRSS) }
            members.append(.init("vfinfo_list", .array(list)))
        }
        return .object(members)
    }

    private static func details(of link: LinkRecord) -> [JSONValue.Member] {
        let loopback = link.type == "loopback"
        var members: [JSONValue.Member] = [
            .init("promiscuity", 0), .init("allmulti", 0), .init("min_mtu", loopback ? 0 : 68),
            .init("max_mtu", loopback ? 0 : 9216), .init("inet6_addr_gen_mode", "eui64"),
            .init("num_tx_queues", .integer(link.queues)), .init("num_rx_queues", .integer(link.queues)),
            .init("gso_max_size", 65536), .init("gso_max_segs", 65535), .init("tso_max_size", 65536),
            .init("tso_max_segs", 65535), .init("gro_max_size", 65536),
        ]
        if let parent = link.parent {
            members += [.init("parentbus", "pci"), .init("parentdev", .string(parent.description))]
        }
        return members
    }

    /// `linkinfo`: what a link is, and what it is in its bridge or bond.
    private static func information(_ kind: LinkRecord.Kind) -> JSONValue {
        let port: JSONValue = ["state": "forwarding", "priority": 32, "cost": 100]
        return switch kind {
        case .bridge: ["info_kind": "bridge", "info_data": ["vlan_filtering": 1, "ageing_time": 30000, "stp_state": 0]]
        case .bridgePort: ["info_slave_kind": "bridge", "info_slave_data": port]
        case .bond:
            [
                "info_kind": "bond", "info_data": ["mode": "802.3ad", "miimon": 100], "info_slave_kind": "bridge",
                "info_slave_data": port,
            ]
        case .bondMember:
            ["info_slave_kind": "bond", "info_slave_data": ["state": "ACTIVE", "mii_status": "UP", "link_failure_count": 0]]
        case .vlan(let tag):
            ["info_kind": "vlan", "info_data": ["protocol": "802.1Q", "id": .integer(tag.number), "flags": ["REORDER_HDR"]]]
        }
    }

    private static func address(_ prefix: IPPrefix, on link: LinkRecord) -> JSONValue {
        let scope = IPLinkText.scope(prefix)
        var members: [JSONValue.Member] = [
            .init("family", .string(prefix.address.isIPv4 ? "inet" : "inet6")),
            .init("local", .string(prefix.address.description)),
            .init("prefixlen", .integer(prefix.length)),
        ]
        if prefix.address.isIPv4, scope != "host" { members.append(.init("broadcast", .string(prefix.lastAddress.description))) }
        members.append(.init("scope", .string(scope)))
        if prefix.address.isIPv4 { members.append(.init("label", .string(link.name))) }
        let forever = JSONValue.integer(UInt32.max)
        return .object(members + [.init("valid_life_time", forever), .init("preferred_life_time", forever)])
    }

    private static func value(of vf: VirtualFunctionState, statesQueryRSS: Bool) -> JSONValue {
        var vlan: [JSONValue.Member] = []
        if let tag = vf.vlan {
            vlan.append(.init("vlan", .integer(tag.number)))
            if vf.qos != 0 { vlan.append(.init("qos", .integer(vf.qos))) }
            if vf.vlanProtocol != "802.1Q" { vlan.append(.init("protocol", .string(vf.vlanProtocol))) }
        }
        var members: [JSONValue.Member] = [
            .init("vf", .integer(vf.index)), .init("link_type", "ether"), .init("address", .string(vf.mac.description)),
            .init("broadcast", .string(Frame.broadcast.description)), .init("vlan_list", .array([.object(vlan)])),
        ]
        if vf.maxTxRate != 0 { members.append(.init("tx_rate", .integer(vf.maxTxRate))) }
        members += [
            .init("rate", .object([.init("max_tx", .integer(vf.maxTxRate)), .init("min_tx", .integer(vf.minTxRate))])),
            .init("spoofchk", .bool(vf.spoofCheck)), .init("link_state", .string(vf.linkState.rawValue)),
            .init("trust", .bool(vf.trust)),
        ]
        if statesQueryRSS { members.append(.init("query_rss_en", false)) }
        return .object(members)
    }
}
