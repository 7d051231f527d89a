internal import Facts

/// Lines that only one platform prints, to tell 'this is NX-OS output' from 'this is a table that was not understood'.
enum PlatformMark {
    /// The platform whose mark this line is; nil for all other lines.
    static func platform(of line: Substring) -> Platform? {
        guard line.utf8.count < 200 else { return nil }
        let folded = fold(line)
        guard folded.utf8.count > 12 else { return nil }
        return marks.first { folded.hasPrefix($0.start) }?.platform
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

    private static let marks: [(start: String, platform: Platform)] = [
        ("ethernet-switching table", .junos),
        ("ethernet switching table :", .junos),
        ("mac flags (", .junos),
        ("mac address address name interface flags", .junos),
        ("mac address address interface flags", .junos),
        ("interface admin link proto", .junos),
        ("local interface parent interface chassis id", .junos),
        ("<rpc-reply xmlns:junos", .junos),
        ("vlan mac address type ports moves last move", .eos),
        ("address age (sec) hardware addr interface", .eos),
        ("address age (min) hardware addr interface", .eos),
        ("\"unicasttable\"", .eos),
        ("\"ipv4neighbors\"", .eos),
        ("* - primary entry, g - gateway mac", .nxos),
        ("vlan mac address type age secure ntfy", .nxos),
        ("vlan/bd mac address type age", .nxos),
        ("ip arp table for", .nxos),
        ("flags: * - adjacencies learnt on non-active fhrp", .nxos),
        ("total number of entries: ", .nxos),
        ("address age mac address interface", .nxos),
        ("protocol address age (min) hardware addr", .ios),
        ("destination address address type vlan destination port", .ios),
        ("total mac addresses for this criterion", .ios),
        ("no. vlan macaddress port type", .sonic),
        ("address macaddress iface vlan", .sonic),
        ("vlan id ip address ports port tagging", .sonic),
        ("vlanid mac address type interface", .os10),
        ("address hardware address interface egress interface", .os10),
        ("vlan master interface mac tunneldest", .cumulus),
        ("mac-table of network instance", .srlinux),
    ]
}
