internal import Facts

/// What SR Linux' `show` prints.
///
/// - Source: `fixtures/switches/srlinux`, from public lab notes.
struct SRLinuxReports: Sendable {
    let view: SwitchView

    func text(_ words: [String]) -> String? {
        if words.first == "network-instance", words.count == 5, words[2...] == ["bridge-table", "mac-table", "all"] {
            return macTables(instance: words[1])
        }
        switch words {
        case ["interface"]: return interfaces()
        case ["arpnd", "arp-entries"]: return arp()
        case ["system", "lldp", "neighbor"]: return lldp()
        default: return nil
        }
    }

    private func box(_ header: [String], _ rows: [[String]]) -> String {
        Tabulated(header, rows).grid(groups: rows.isEmpty ? [] : [rows.count])
    }

    private func macTables(instance: String) -> String {
        let rule = String(repeating: "-", count: 118) + "\n"
        return view.device.site.vlans.filter { instance == "*" || $0.name == instance }.map { vlan in
            let rows = view.rows(in: vlan.tag)
            let cells = rows.map { row in
                [
                    row.mac.description.uppercased(), row.port.map { "\($0.name).\(vlan.tag)" } ?? "irb-interface",
                    "0", row.isOwn ? "irb-interface" : "learnt", "true",
                    row.ageSeconds.map { String(300 - min(300, $0)) } ?? "N/A",
                    view.start.advanced(by: view.now - .seconds(row.ageSeconds ?? 0)).description,
                ]
            }
            let own = rows.filter(\.isOwn).count
            let header = ["Address", "Destination", "Dest Index", "Type", "Active", "Aging", "Last Update"]
            return rule + "Mac-table of network instance \(vlan.name)\n" + rule + box(header, cells)
                + "Total Irb Macs                 :    \(own) Total    \(own) Active\n"
                + "Total Static Macs              :    0 Total    0 Active\n"
                + "Total Learnt Macs              :    \(rows.count - own) Total    \(rows.count - own) Active\n"
                + "Total Macs                     :    \(rows.count) Total    \(rows.count) Active\n" + rule
        }.joined()
    }

    private func interfaces() -> String {
        let double = String(repeating: "=", count: 80) + "\n"
        let rule = String(repeating: "-", count: 80) + "\n"
        let ports = view.device.ports.map { port -> String in
            let isUp = view.isUp(port)
            let why = port.adminUp ? "lower-layer-down" : "port-admin-disabled"
            var text = "\(port.name) is \(isUp ? "up, speed 25G, type None" : "down, reason \(why)")\n"
            for tag in port.carried {
                let name = view.device.vlan(tag)?.name ?? "bd-\(tag)"
                text += "  \(port.name).\(tag) is \(isUp ? "up" : "down, reason port-down")\n    Network-instances:\n"
                text += "      * Name: \(name) (mac-vrf)\n    Encapsulation   : "
                text += (port.untagged == tag ? "null" : "vlan-id \(tag)") + "\n    Type            : bridged\n"
            }
            return text + rule
        }
        let routed = view.device.gateways.map { gateway -> String in
            let (name, _) = SRLinuxState.split(gateway.interface)
            let instance = view.device.vlan(gateway.vlan)?.name ?? ""
            return "\(name) is up, speed None, type None\n  \(gateway.interface) is "
                + (gateway.adminUp ? "up" : "down, reason admin-disabled") + "\n    Network-instances:\n"
                + "      * Name: \(instance) (mac-vrf)\n    Encapsulation   : null\n    Type            : None\n"
                + "    IPv4 addr    : \(gateway.address) (static, preferred, primary)\n" + rule
        }
        let up = view.device.ports.filter(view.isUp).count
        return double + (ports + routed).joined() + double + "Summary\n  0 loopback interfaces configured\n"
            + "  \(up) ethernet interfaces are up\n" + double
    }

    private func arp() -> String {
        let cells = view.neighbours.map { row -> [String] in
            let (name, index) = SRLinuxState.split(row.interface)
            return [
                name, String(index), row.address.description, row.isStatic ? "static" : "dynamic",
                row.mac.description.uppercased(), "3 hours from now",
            ]
        }
        let fixed = view.neighbours.filter(\.isStatic).count
        let rule = String(repeating: "-", count: 136) + "\n"
        return box(["Interface", "Subinterface", "Neighbor", "Origin", "Link layer address", "Expiry"], cells) + rule
            + "  Total entries : \(cells.count) (\(fixed) static, \(cells.count - fixed) dynamic)\n" + rule
    }

    private func lldp() -> String {
        let cells = view.heard.map { entry in
            let chassis = entry.chassis.description.uppercased()
            let port = entry.portMAC?.description.uppercased() ?? entry.port
            return [entry.local, chassis, entry.system, chassis, "47 seconds ago", "24 seconds ago", port]
        }
        let header = [
            "Name", "Neighbor", "Neighbor System Name", "Neighbor Chassis ID", "Neighbor First Message", "Neighbor Last Update",
            "Neighbor Port",
        ]
        return box(header, cells)
    }
}
