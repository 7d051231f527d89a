internal import Facts

/// The tables of IOS and IOS-XE on a Catalyst 2960 to 9300.
///
/// - Source: `fixtures/switches/ios`: the forms of public captures.
struct IOSTables: Sendable {
    let view: SwitchView

    private static let kinds = [
        ("TwentyFiveGigE", "Twe"), ("TenGigabitEthernet", "Te"), ("FortyGigabitEthernet", "Fo"), ("HundredGigE", "Hu"),
        ("GigabitEthernet", "Gi"), ("FastEthernet", "Fa"), ("Port-channel", "Po"), ("Vlan", "Vl"),
    ]

    /// `Gi1/0/9` of `GigabitEthernet1/0/9`, `Po10` of `Port-channel10`.
    static func short(_ name: String) -> String {
        for (long, short) in kinds where name.hasPrefix(long) { return short + name.dropFirst(long.count) }
        return name
    }

    /// `show mac address-table [dynamic] [vlan N]`
    func macTable(_ words: [String]) -> String? {
        var rows: [SwitchView.Row]
        var text = "          Mac Address Table\n-------------------------------------------\n\n"
        text += "Vlan    Mac Address       Type        Ports\n----    -----------       --------    -----\n"
        var count = 0
        switch words.filter({ $0 != "dynamic" }) {
        case []:
            rows = view.rows()
            if !words.contains("dynamic") {
                text += [" All    0100.0ccc.cccc    STATIC      CPU\n", " All    0180.c200.0000    STATIC      CPU\n"].joined()
                count = 2
            }
        case let rest where rest.count == 2 && rest[0] == "vlan":
            guard let vlan = VLANID(rest[1]) else { return nil }
            rows = view.rows(in: vlan)
        default: return nil
        }
        if words.contains("dynamic") { rows = rows.filter { !$0.isOwn } }
        for row in rows {
            text += row.vlan.tag.description.right(4) + "    \(row.mac.dotted)    "
            text += (row.isOwn ? "STATIC" : "DYNAMIC").left(12)
            text += (row.port.map { Self.short($0.name) } ?? "Vl\(row.vlan.tag) ") + "\n"
        }
        return text + "Total Mac Addresses for this criterion: \(count + rows.count)\n"
    }

    /// `show ip arp`: the switch's own addresses have no age.
    func arp() -> String {
        struct Entry {
            var address: IPAddress
            var age: String
            var mac: MACAddress
            var interface: String
        }
        let own = view.device.gateways.map {
            Entry(address: $0.address.address, age: "-", mac: $0.mac, interface: $0.interface)
        }
        let others = view.neighbours.map { row in
            Entry(
                address: row.address, age: row.isStatic ? "-" : String(view.ageSeconds(row) / 60), mac: row.mac,
                interface: row.isStatic ? "" : row.interface)
        }
        return "Protocol  Address          Age (min)  Hardware Addr   Type   Interface\n"
            + (own + others).sorted { $0.address < $1.address }.map { entry in
                "Internet  " + entry.address.description.left(15) + entry.age.right(10)
                    + "   \(entry.mac.dotted)  ARPA   \(entry.interface)\n"
            }.joined()
    }

    /// `show vlan brief`: access ports only; a trunk stands in `show interfaces trunk`.
    func vlans() -> String {
        var text = "\nVLAN Name                             Status    Ports\n"
        text += "---- -------------------------------- --------- -------------------------------\n"
        func line(_ tag: String, _ name: String, _ state: String, _ ports: [String]) -> String {
            tag.left(5) + name.left(33) + state.left(10) + PortColumn.wrapped(ports, width: 31, indent: 48) + "\n"
        }
        text += line("1", "default", "active", [])
        for vlan in view.device.site.vlans {
            let access = view.members(of: vlan.tag).filter { $0.tagged.isEmpty }
            text += line(vlan.tag.description, vlan.name, "active", access.map { Self.short($0.name) })
        }
        for (tag, name) in [
            (1002, "fddi-default"), (1003, "token-ring-default"), (1004, "fddinet-default"), (1005, "trnet-default"),
        ] {
            text += line(String(tag), name, "act/unsup", [])
        }
        return text
    }

    /// `show interfaces trunk`: trunks that are up. A trunk that carries nothing says `none`.
    func trunks() -> String {
        // The lab has no ports whose mode is told apart from what they carry: those without an access VLAN are trunks.
        let trunks = view.switching.filter { view.isUp($0) && ($0.untagged == nil || !$0.tagged.isEmpty) }
        func list(_ vlans: [VLANID]) -> String { vlans.isEmpty ? "none" : vlans.map(\.description).joined(separator: ",") }
        func block(_ title: String, _ vlans: (PortState) -> [VLANID]) -> String {
            "\nPort        \(title)\n" + trunks.map { Self.short($0.name).left(12) + list(vlans($0)) + "\n" }.joined()
        }
        let known = Set(view.device.site.vlans.map(\.tag))
        var text = "\nPort        Mode             Encapsulation  Status        Native vlan\n"
        for port in trunks {
            text += Self.short(port.name).left(12) + "on".left(17) + "802.1q".left(15) + "trunking".left(14)
            text += (port.untagged?.description ?? "1") + "\n"
        }
        return text + block("Vlans allowed on trunk") { $0.tagged }
            + block("Vlans allowed and active in management domain") { $0.tagged.filter(known.contains) }
            + block("Vlans in spanning tree forwarding state and not pruned") {
                $0.spanningTreeForwarding ? $0.tagged.filter(known.contains) : []
            }
    }

    /// `show version`
    func version() -> String {
        let site = view.device.site
        return "Cisco IOS XE Software, Version \(site.version)\n\n\(site.name) uptime is 3 days, 4 hours, 5 minutes\n"
            + "cisco \(site.model) processor with 1331521K/6147K bytes of memory.\n"
    }
}
