internal import Facts

/// Writes links and addresses as iproute2 does, in text and JSON.
///
/// - Source: `recordings/linux-igb` (iproute2 6.1.0); the seed for the VF lines of ixgbe.
enum IPLinkText {
    /// What `ip` was asked to show.
    struct Options {
        var details = false
        var addresses = false
        var oneLine = false
        /// `-4` or `-6`.
        var family: Int?
    }

    static func text(_ links: [LinkRecord], _ options: Options) -> String {
        links.map { link in
            let lines = lines(of: link, options)
            return options.oneLine ? lines.joined(separator: "\\") + "\n" : lines.map { $0 + "\n" }.joined()
        }.joined()
    }

    private static func lines(of link: LinkRecord, _ options: Options) -> [String] {
        let name = link.name + (link.peer.map { "@" + $0 } ?? "")
        var head = "\(link.index): \(name): <\(link.flags.joined(separator: ","))> mtu \(link.mtuBytes) qdisc \(link.qdisc) "
        if let master = link.master { head += "master \(master) " }
        head += "state \(link.state) "
        head += options.addresses ? "group default" : "mode DEFAULT group default"
        head += link.queueLength.map { " qlen \($0)" } ?? " "
        var address = "    link/\(link.type) \(link.mac) brd \(link.broadcast)"
        if options.details { address += details(of: link) }
        var lines = options.family == nil ? [head, address] : [head]
        if options.details, let kind = link.kind { lines += details(of: kind) }
        if options.addresses {
            if options.family != 6 { lines += link.addresses.flatMap { self.lines(of: $0, on: link, scope: scope($0)) } }
            if options.family != 4 { lines += link.addresses6.flatMap { self.lines(of: $0, on: link, scope: scope($0)) } }
        } else {
            lines += link.virtualFunctions.map { line(of: $0, statesQueryRSS: link.statesQueryRSS) }
        }
        return lines
    }

    /// Source: `ip -d link show eno2` in `recordings/linux-igb/03-attached/worker1.txt`.
    private static func details(of link: LinkRecord) -> String {
        let maximum = link.type == "loopback" ? 0 : 9216
        let parent = link.parent.map { " parentbus pci parentdev \($0) " } ?? " "
        return " promiscuity 0  allmulti 0 minmtu \(link.type == "loopback" ? 0 : 68) maxmtu \(maximum) addrgenmode eui64"
            + " numtxqueues \(link.queues) numrxqueues \(link.queues) gso_max_size 65536 gso_max_segs 65535"
            + " tso_max_size 65536 tso_max_segs 65535 gro_max_size 65536" + parent
    }

    /// Lines of their own below the address; what depends on timers is left out.
    private static func details(of kind: LinkRecord.Kind) -> [String] {
        switch kind {
        case .bridge:
            ["    bridge forward_delay 1500 hello_time 200 max_age 2000 ageing_time 30000 stp_state 0 vlan_filtering 1 "]
        case .bridgePort: [bridgeSlave]
        case .bond: ["    bond mode 802.3ad miimon 100 updelay 0 downdelay 0 lacp_rate slow ", bridgeSlave]
        case .bondMember: ["    bond_slave state ACTIVE mii_status UP link_failure_count 0 queue_id 0 "]
        case .vlan(let tag): ["    vlan protocol 802.1Q id \(tag) <REORDER_HDR> "]
        }
    }

    private static let bridgeSlave = "    bridge_slave state forwarding priority 32 cost 100 hairpin off guard off "

    private static func lines(of prefix: IPPrefix, on link: LinkRecord, scope: String) -> [String] {
        let life = "       valid_lft forever preferred_lft forever"
        guard prefix.address.isIPv4 else { return ["    inet6 \(prefix) scope \(scope) ", life] }
        let broadcast = scope == "host" ? "" : " brd \(prefix.lastAddress)"
        return ["    inet \(prefix)\(broadcast) scope \(scope) \(link.name)", life]
    }

    static func scope(_ prefix: IPPrefix) -> String {
        if prefix.address.isIPv4 { return prefix.address.octets[0] == 127 ? "host" : "global" }
        if prefix.address.octets[0] == 0xfe, prefix.address.octets[1] & 0xc0 == 0x80 { return "link" }
        return prefix.address == IPAddress("::1") ? "host" : "global"
    }

    static func line(of vf: VirtualFunctionState, statesQueryRSS: Bool) -> String {
        var line = "    vf \(vf.index)     link/ether \(vf.mac) brd \(Frame.broadcast)"
        if let vlan = vf.vlan {
            line += ", vlan \(vlan)"
            if vf.qos != 0 { line += ", qos \(vf.qos)" }
            if vf.vlanProtocol != "802.1Q" { line += ", vlan protocol \(vf.vlanProtocol)" }
        }
        if vf.maxTxRate != 0 { line += ", tx rate \(vf.maxTxRate) (Mbps), max_tx_rate \(vf.maxTxRate)Mbps" }
        if vf.minTxRate != 0 { line += ", min_tx_rate \(vf.minTxRate)Mbps" }
        line += ", spoof checking \(vf.spoofCheck ? "on" : "off"), link-state \(vf.linkState.rawValue)"
        line += ", trust \(vf.trust ? "on" : "off")"
        return line + (statesQueryRSS ? ", query_rss off" : "")
    }
}
