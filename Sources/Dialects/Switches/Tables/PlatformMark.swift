internal import Facts

/// Lines that only one platform prints, to tell 'this is NX-OS output' from 'this is a table that was not understood'.
enum PlatformMark {
    /// The platform whose mark this line is; nil for all other lines.
    static func platform(of line: Substring) -> Platform? {
        // Most rows are told by their first byte.
        guard line.utf8.count < 200, let first = line.utf8.first(where: { $0 > 0x20 }),
            first > 0x39 || first == 0x2a || first == 0x22,
            let marks = byFirst[(0x41...0x5a).contains(first) ? first + 0x20 : first]
        else { return nil }
        let folded = fold(line)
        guard folded.utf8.count > 12 else { return nil }
        return exact[folded] ?? marks.first { folded.hasPrefix($0.start) }?.platform
    }

    /// The words of a line, in lower case, one blank between them.
    static func fold(_ line: Substring) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(line.utf8.count)
        for byte in line.utf8 {
            if byte == 0x20 || byte == 0x09 {
                if let last = bytes.last, last != 0x20 { bytes.append(0x20) }
            } else {
                bytes.append((0x41...0x5a).contains(byte) ? byte + 0x20 : byte)
            }
        }
        if bytes.last == 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let exact: [String: Platform] = [
        "address hardware address interface egress interface": .os10, "vlan mac address type ports": .ios,
        "unicast entries": .ios, "multicast mac address table": .eos,
        "ipv6 address age link-layer addr state interface": .ios, "ipv6 address age hardware addr state interface": .eos,
    ]

    private static let marks: [(start: String, platform: Platform)] = [
        ("ethernet-switching table", .junos),
        ("ethernet switching table :", .junos),
        ("mac flags (", .junos),
        ("mac address address name interface flags", .junos),
        ("mac address address interface flags", .junos),
        ("interface admin link proto", .junos),
        ("local interface parent interface chassis id", .junos),
        ("lldp neighbor information:", .junos),
        ("<rpc-reply xmlns:junos", .junos),
        ("vlan mac address type ports moves last move", .eos),
        ("vlan mac address type prt vtep", .eos),
        ("address age (sec) hardware addr interface", .eos),
        ("port neighbor device id neighbor port id", .eos),
        ("address age (min) hardware addr interface", .eos),
        ("\"unicasttable\"", .eos),
        ("\"ipv4neighbors\"", .eos),
        ("* - primary entry, g - gateway mac", .nxos),
        ("vlan mac address type age secure ntfy", .nxos),
        ("vlan/bd mac address type age", .nxos),
        ("ip arp table for", .nxos),
        ("ipv6 adjacency table for", .nxos),
        ("vlan mac address type age port", .nxos),
        ("flags: * - adjacencies learnt on non-active fhrp", .nxos),
        ("address age mac address interface", .nxos),
        ("protocol address age (min) hardware addr", .ios),
        ("destination address address type vlan destination port", .ios),
        ("legend: * - primary entry", .ios),
        ("vlan mac address type learn age ports", .ios),
        ("vlan mac address type protocols port", .ios),
        ("no. vlan macaddress port type", .sonic),
        ("address macaddress iface vlan", .sonic),
        ("vlan id ip address ports port tagging", .sonic),
        ("loc portid rem host name", .os10),
        ("num status description q ports", .os10),
        ("* num status description q ports", .os10),
        ("interface name ip-address ok method status protocol", .os10),
        ("interface lanes speed mtu", .sonic),
        ("localport remotedevice remoteportid", .sonic),
        ("ethernet-1/", .srlinux),
        ("| ethernet-1/", .srlinux),
        ("vlan master interface mac tunneldest", .cumulus),
        ("mac-table of network instance", .srlinux),
        ("spanning tree interface parameters for", .junos),
        ("aggregated interface: ae", .junos),
        ("spanning-tree mode: pvst", .sonic),
        ("no. team dev protocol ports", .sonic),
        ("spanning tree enabled protocol rstp with force-version", .os10),
        ("spanning tree enabled protocol rapid-pvst with force-version", .os10),
        ("group port-channel type protocol member ports", .os10),
        ("group port- type protocol member ports", .nxos),
        ("group port-channel protocol ports", .ios),
        ("port-channel protocol ports", .eos),
    ]

    /// The marks by their first byte, in their order; a byte with which only a whole line begins has none.
    private static let byFirst: [UInt8: [(start: String, platform: Platform)]] = {
        var found: [UInt8: [(start: String, platform: Platform)]] = [:]
        for text in exact.keys { found[text.utf8.first ?? 0] = [] }
        for mark in marks { found[mark.start.utf8.first ?? 0, default: []].append(mark) }
        return found
    }()
}
