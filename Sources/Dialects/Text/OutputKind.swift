/// What an output looks like, for the sentence "expected …; this is …". A guess from words that only one program prints.
enum OutputKind: CaseIterable {
    case ipLink, ipNeighbour, ipRoute, procARP, bridgeFDB, bridgeVLAN, ping, lspci, lshw, lldp
    case junosXML, junos, nxos, ios, eos, sonic
    case kubernetesTable, usage

    /// Completes "this is …".
    var name: String {
        switch self {
        case .ipLink: "output of `ip link` or `ip addr` on a Linux host"
        case .ipNeighbour: "output of `ip neigh` on a Linux host"
        case .ipRoute: "output of `ip route` on a Linux host"
        case .procARP: "Linux' /proc/net/arp"
        case .bridgeFDB: "output of `bridge fdb` on a Linux host"
        case .bridgeVLAN: "output of `bridge vlan` on a Linux host"
        case .ping: "output of ping"
        case .lspci: "output of lspci"
        case .lshw: "output of lshw"
        case .lldp: "output of lldpctl"
        case .junosXML: "Junos XML"
        case .junos: "Junos output"
        case .nxos: "NX-OS output"
        case .ios: "Cisco IOS output"
        case .eos: "Arista EOS output"
        case .sonic: "SONiC output"
        case .kubernetesTable: "output of kubectl get"
        case .usage: "the usage text of a program"
        }
    }

    /// The first kind that one of the first 60 lines gives away.
    static func guess(_ lines: TextLines) -> OutputKind? {
        for line in lines.prefix(60) where !line.isBlank && !PromptLine.matches(line.text) {
            if let kind = guess(line.trimmed) { return kind }
        }
        return nil
    }

    private static func guess(_ line: Substring) -> OutputKind? {
        let text = String(line)
        if let mark = phrases.first(in: text) { return marks[mark].kind }
        let words = line.words
        guard words.count > 1 else { return nil }
        if words[1].hasSuffix(":"), words[0].hasSuffix(":"), words[0].dropLast().isDecimal { return .ipLink }
        if words[1] == "dev", words.count > 2 {
            if words[0].contains(":"), words[0].utf8.count == 17 { return .bridgeFDB }
            return words[0].contains("/") || words[0] == "default" ? .ipRoute : .ipNeighbour
        }
        if words[0] == "default", words[1] == "via" { return .ipRoute }
        return nil
    }

    /// Words that one program prints and no other of those here; the first that fits counts.
    private static let marks: [(words: String, kind: OutputKind)] = [
        ("<rpc-reply", .junosXML), ("Ethernet-switching table", .junos), ("Ethernet switching table", .junos),
        ("MAC Address       Address", .junos), ("Routing instance :", .junos), ("syntax error, expecting", .junos),
        ("IP ARP Table for", .nxos), ("* - primary entry", .nxos), ("TABLE_mac_address", .nxos),
        ("Protocol  Address", .ios), ("Destination Address  Address Type", .ios), ("Unicast Entries", .ios),
        ("Last Move", .eos), ("unicastTable", .eos), ("ipV4Neighbors", .eos), ("Hardware Addr", .eos),
        ("Mac Address Table", .ios), ("MacAddress", .sonic), ("HW type     Flags", .procARP), ("HW type", .procARP),
        (" lladdr ", .ipNeighbour), ("ping statistics ---", .ping), ("PING ", .ping), ("vlan-id", .bridgeVLAN),
        ("Egress Untagged", .bridgeVLAN), ("LLDP neighbors", .lldp), ("Slot:\t", .lspci), ("Bus info", .lshw),
        ("link/ether", .ipLink),
        ("NAME ", .kubernetesTable), ("Usage:", .usage),
    ]

    private static let phrases = Phrases(marks.map(\.words))
}
