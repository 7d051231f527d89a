internal import Facts

/// The tables of NX-OS 9.3 on a Nexus 9000, in text and JSON.
///
/// - Source: `fixtures/switches/nxos`: the forms of public captures; key names of JSON from recorded NX-API answers.
struct NXOSTables: Sendable {
    let view: SwitchView
    /// `| json native`: numbers are numbers, and durations ISO 8601.
    let native: Bool

    /// `Eth1/9` of `Ethernet1/9`, `Po10` of `port-channel10`.
    static func short(_ name: String) -> String {
        name.replacing("Ethernet", with: "Eth").replacing("port-channel", with: "Po")
    }

    func number(_ value: some BinaryInteger) -> JSONValue { native ? .integer(value) : .string(String(value)) }

    /// A table as NX-OS writes it: nothing for no row, an object for one, a list for more.
    static func table(_ name: String, _ rows: [JSONValue]) -> JSONValue {
        guard let first = rows.first else { return .null }
        return ["TABLE_\(name)": ["ROW_\(name)": rows.count == 1 ? first : .array(rows)]].object
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
        var text = "Legend: \n        * - primary entry, G - Gateway MAC, (R) - Routed MAC, O - Overlay MAC\n"
        text += "        age - seconds since last seen,+ - primary entry using vPC Peer-Link,\n"
        text += "        (T) - True, (F) - False, C - ControlPlane MAC, ~ - vsan\n"
        text += "   VLAN     MAC Address      Type      age     Secure NTFY Ports\n"
        text += "---------+-----------------+--------+---------+------+----+------------------\n"
        for row in rows {
            let age = row.ageSeconds.map { String($0) } ?? "-"
            text += (row.isOwn ? "G" : "*") + row.vlan.tag.description.right(5) + "     \(row.mac.dotted)   "
            text += (row.isOwn ? "static" : "dynamic").left(9) + age.left(11) + "F      F    "
            text += (row.port.map { Self.short($0.name) } ?? "sup-eth1(R)") + "\n"
        }
        let values = rows.map { row -> JSONValue in
            [
                "disp_mac_addr": .string(row.mac.dotted), "disp_type": row.isOwn ? "G " : "* ",
                "disp_vlan": number(row.vlan.tag.number), "disp_is_static": row.isOwn ? "enabled" : "disabled",
                "disp_age": row.ageSeconds.map { number($0) } ?? "-", "disp_is_secure": "disabled",
                "disp_is_ntfy": "disabled", "disp_port": .string(row.port?.name ?? "sup-eth1(R)"),
            ]
        }
        return ShownTable(text, json: Self.table("mac_address", values))
    }

    /// `show ip arp [detail] [vrf all]`
    func arp(detail: Bool) -> ShownTable {
        let rows = view.neighbours
        var text = "\nFlags: * - Adjacencies learnt on non-active FHRP router\n       + - Adjacencies synced via CFSoE\n"
        text += "       # - Adjacencies Throttled for Glean\n       CP - Added via L2RIB, Control plane Adjacencies\n"
        text += "       PS - Added via L2RIB, Peer Sync\n       RO - Re-Originated Peer Sync Entry\n"
        text += "       D - Static Adjacencies attached to down interface\n\n"
        text += "IP ARP Table for all contexts\nTotal number of entries: \(rows.count)\n"
        text += "Address         Age       MAC Address     Interface       "
        text += detail ? " Physical Interface  Flags\t\n" : " Flags\n"
        for row in rows {
            let age = row.isStatic ? "   -" : Self.clock(view.ageSeconds(row))
            text += row.address.description.left(16) + age.left(10) + row.mac.dotted.left(16) + row.interface.left(17)
            text += (detail ? physical(of: row).left(20) : "") + "\n"
        }
        let entries = rows.map { row -> JSONValue in
            [
                "intf-out": .string(row.interface), "ip-addr-out": .string(row.address.description),
                "time-stamp": row.isStatic ? "-" : .string(time(view.ageSeconds(row))), "mac": .string(row.mac.dotted),
                "phy-intf": .string(physical(of: row)), "incomplete": "false",
            ]
        }
        var vrf: [JSONValue.Member] = [.init("vrf-name-out", "default"), .init("cnt-total", number(rows.count))]
        vrf += Self.table("adj", entries).members ?? []
        return ShownTable(text, json: ["TABLE_vrf": ["ROW_vrf": .object(vrf)]])
    }

    private func physical(of neighbour: SwitchNeighbour) -> String {
        let gateway = view.gateway(neighbour.interface)
        return gateway.flatMap { view.port(of: neighbour.mac, in: $0.vlan) }?.name ?? "-"
    }

    /// `00:13:47`
    static func clock(_ seconds: Int64) -> String {
        [seconds / 3600, seconds / 60 % 60, seconds % 60].map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":")
    }

    /// `PT13M47S`, or as in text where JSON is not native.
    private func time(_ seconds: Int64) -> String {
        guard native else { return Self.clock(seconds) }
        let parts = [(seconds / 3600, "H"), (seconds / 60 % 60, "M"), (seconds % 60, "S")].filter { $0.0 > 0 }
        return "PT" + (parts.isEmpty ? "0S" : parts.map { "\($0.0)\($0.1)" }.joined())
    }

    /// `show version`
    func version() -> ShownTable {
        let site = view.device.site
        return ShownTable(
            "Cisco Nexus Operating System (NX-OS) Software\n\nSoftware\n  NXOS: version \(site.version)\n\nHardware\n"
                + "  cisco \(site.model) Chassis\n\n  Device name: \(site.name)\n",
            json: [
                "nxos_ver_str": .string(site.version), "chassis_id": .string(site.model), "host_name": .string(site.name.text),
            ])
    }
}

extension [String: JSONValue] {
    /// For names that are made at run time.
    fileprivate var object: JSONValue { .object(sorted { $0.key < $1.key }.map { .init($0.key, $0.value) }) }
}
