/// Lines of a block that say nothing of what is asked: lifetimes, aliases and what `-d` adds.
enum IPDetailLine {
    /// - Source: iproute2 `ip/iplink_*.c` (each prints its kind first), `print_linkinfo`, `print_addrinfo`.
    private static let firstWords: Set<Substring> = [
        "valid_lft", "alias", "family", "promiscuity", "prog/xdp", "xdp", "numtxqueues", "addrgenmode", "parentbus",
        "bridge", "bridge_slave", "bond", "bond_slave", "vlan", "macvlan", "macvtap", "vxlan", "veth", "tun", "vrf",
        "vrf_slave", "gre", "gretap", "geneve", "dummy", "ipvlan", "ipvtap", "team", "team_slave", "openvswitch",
        "openvswitch_slave", "can", "hsr", "macsec", "netdevsim", "xfrm", "wireguard", "sit", "ipip", "vti", "ip6tnl",
        "nlmon", "rmnet", "amt", "ifb", "erspan", "ip6gre", "ip6gretap", "netkit", "ipoib", "lo", "dsa", "vcan", "xdpgeneric",
        "vxcan", "bareudp", "hsr_slave", "gtp", "tap", "link-netns",
    ]

    static func isFurniture(_ words: [Substring]) -> Bool {
        // Kinds of links not listed here say these of themselves too.
        if words.contains("addrgenmode") || words.contains("numtxqueues") { return !words.contains("vf") }
        // `Allowed 802.1Q VLANs: 10, 11,` of MLNX_OFED goes on over lines of numbers.
        if words.count > 2, words[0] == "Allowed", words[2] == "VLANs:" { return true }
        guard let first = words.first, firstWords.contains(first) else { return false }
        // `vlan 201` may be the rest of a wrapped VF line; the detail line says `vlan protocol` or `vlan id`.
        guard first == "vlan" else { return true }
        return words.count > 3 && (words[1] == "protocol" || words[1] == "id") && words.contains("id")
    }
}
