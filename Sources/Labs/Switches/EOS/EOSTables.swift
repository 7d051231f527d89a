internal import Facts

/// The tables of EOS 4.2x, in text and JSON.
///
/// - Source: `fixtures/switches/eos`: the forms of public captures; key names of JSON from recorded eAPI answers.
struct EOSTables: Sendable {
    let view: SwitchView

    /// `Et9` of `Ethernet9`, `Po10` of `Port-Channel10`: text is short where JSON is long.
    static func short(_ name: String) -> String {
        name.replacing("Ethernet", with: "Et").replacing("Port-Channel", with: "Po")
    }

    /// `show mac address-table [dynamic] [vlan N]`
    func macTable(_ words: [String]) -> ShownTable? {
        var rows: [SwitchView.Row]
        switch words.filter({ $0 != "dynamic" }) {
        case []: rows = view.rows()
        case let rest where rest.count == 2 && rest[0] == "vlan":
            guard let vlan = VLANID(rest[1]) else { return nil }
            rows = view.rows(in: vlan)
        default: return nil
        }
        if words.contains("dynamic") { rows = rows.filter { !$0.isOwn } }
        let unicast = rows.map(line).joined()
        let rule = String(repeating: "-", count: 66) + "\n"
        let text =
            "          Mac Address Table\n\(rule)\nVlan    Mac Address       Type        Ports      Moves   Last Move\n"
            + "----    -----------       ----        -----      -----   ---------\n\(unicast)"
            + "Total Mac Addresses for this criterion: \(rows.count)\n\n          Multicast Mac Address Table\n\(rule)\n"
            + "Vlan    Mac Address       Type        Ports\n----    -----------       ----        -----\n"
            + "Total Mac Addresses for this criterion: 0\n"
        let json: JSONValue = [
            "unicastTable": ["tableEntries": .array(rows.map(value))], "multicastTable": ["tableEntries": []],
            "disabledMacLearningVlans": [],
        ]
        return ShownTable(text, json: json)
    }

    private func line(_ row: SwitchView.Row) -> String {
        let start = row.vlan.tag.description.right(4) + "    \(row.mac.dotted)    "
        guard let port = row.port, let age = row.ageSeconds else { return start + "STATIC".left(12) + "Cpu\n" }
        return start + "DYNAMIC".left(12) + Self.short(port.name).left(11) + "1".left(8) + Self.clock(age) + " ago\n"
    }

    private func value(_ row: SwitchView.Row) -> JSONValue {
        guard let port = row.port, let age = row.ageSeconds else {
            return [
                "vlanId": .integer(row.vlan.tag.number), "macAddress": .string(row.mac.description), "entryType": "static",
                "interface": "Cpu",
            ]
        }
        return [
            "macAddress": .string(row.mac.description), "lastMove": view.epoch(at: view.now - .seconds(age)),
            "interface": .string(port.name), "moves": 1, "entryType": "dynamic", "vlanId": .integer(row.vlan.tag.number),
        ]
    }

    /// `0:08:16`; from a day on `1 day, 17:49:17`.
    static func clock(_ seconds: Int64) -> String {
        func two(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }
        let days = seconds / 86_400
        let time = "\(seconds / 3600 % 24):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        return days == 0 ? time : "\(days) day\(days == 1 ? "" : "s"), \(time)"
    }

    /// `show ip arp [vrf all]`
    func arp() -> ShownTable {
        let rows = view.neighbours
        let text =
            "VRF: default\nAddress         Age (sec)  Hardware Addr   Interface\n"
            + rows.map { row in
                let age = row.isStatic ? "N/A" : Self.clock(view.ageSeconds(row))
                return row.address.description.left(16) + age.right(9) + "  \(row.mac.dotted)  \(interface(of: row))\n"
            }.joined()
        let entries = rows.map { row -> JSONValue in
            var members: [JSONValue.Member] = [
                .init("hwAddress", .string(row.mac.dotted)), .init("address", .string(row.address.description)),
                .init("interface", .string(interface(of: row))),
            ]
            if !row.isStatic { members.append(.init("age", .integer(view.ageSeconds(row)))) }
            return .object(members)
        }
        let fixed = rows.filter(\.isStatic).count
        let table: JSONValue = [
            "ipV4Neighbors": .array(entries), "notLearnedEntries": .integer(rows.filter { port(of: $0) == nil }.count),
            "totalEntries": .integer(rows.count), "dynamicEntries": .integer(rows.count - fixed),
            "staticEntries": .integer(fixed),
        ]
        return ShownTable(text, json: ["vrfs": ["default": table]])
    }

    private func port(of neighbour: SwitchNeighbour) -> PortState? {
        view.gateway(neighbour.interface).flatMap { view.port(of: neighbour.mac, in: $0.vlan) }
    }

    /// `Vlan201, Ethernet9`, or `Vlan201, not learned`.
    private func interface(of neighbour: SwitchNeighbour) -> String {
        neighbour.interface + ", " + (port(of: neighbour)?.name ?? "not learned")
    }

    /// `show version`
    func version() -> ShownTable {
        let site = view.device.site
        return ShownTable(
            "Arista \(site.model)\nHardware version: 12.00\nSystem MAC address: \(site.mac.dotted)\n\n"
                + "Software image version: \(site.version)\nArchitecture: x86_64\n",
            json: [
                "modelName": .string(site.model), "systemMacAddress": .string(site.mac.description),
                "version": .string(site.version),
            ])
    }
}
