internal import Facts

/// What SONiC's `show` prints from its database.
///
/// - Source: SONiC's command reference, as `fixtures/switches/sonic` restates it.
struct SONiCTables: Sendable {
    let view: SwitchView

    /// `show mac [-v N]`: learned addresses, in upper case.
    func macTable(vlan: VLANID?) -> String {
        let rows = view.rows(in: vlan).compactMap { row in row.port.map { (row: row, port: $0) } }
        let cells = rows.enumerated().map { index, entry in
            [
                String(index + 1), entry.row.vlan.tag.description, entry.row.mac.description.uppercased(), entry.port.name,
                "Dynamic",
            ]
        }
        return Tabulated(["No.", "Vlan", "MacAddress", "Port", "Type"], cells, numbers: [0, 1]).simple
            + "Total number of entries \(rows.count)\n"
    }

    /// `show arp`: the port is the one that the address was learned on.
    func arp() -> String {
        let cells = view.neighbours.map { row -> [String] in
            let gateway = view.gateway(row.interface)
            let port = gateway.flatMap { view.port(of: row.mac, in: $0.vlan) }?.name
            return [row.address.description, row.mac.description, port ?? "-", gateway?.vlan.description ?? "-"]
        }
        return Tabulated(["Address", "MacAddress", "Iface", "Vlan"], cells).simple + "Total number of entries \(cells.count)\n"
    }

    /// `show vlan brief`: a box with a port on each line.
    func vlans() -> String {
        var rows: [[String]] = []
        var groups: [Int] = []
        for vlan in view.device.site.vlans {
            let ports = view.members(of: vlan.tag)
            let address = view.device.gateways.first { $0.vlan == vlan.tag }?.address.description ?? ""
            for index in 0..<max(1, ports.count) {
                let port = ports.indices.contains(index) ? ports[index] : nil
                let tagging = port.map { $0.untagged == vlan.tag ? "untagged" : "tagged" } ?? ""
                rows.append(
                    [
                        index == 0 ? vlan.tag.description : "", index == 0 ? address : "", port?.name ?? "", tagging,
                        index == 0 ? "disabled" : "", "",
                    ])
            }
            groups.append(max(1, ports.count))
        }
        let header = ["VLAN ID", "IP Address", "Ports", "Port Tagging", "Proxy ARP", "DHCP Helper Address"]
        return Tabulated(header, rows, numbers: [0]).grid(groups: groups)
    }

    /// `show interfaces status`
    func interfaces() -> String {
        let cells = view.device.ports.filter { $0.members.isEmpty }.enumerated().map { index, port in
            [
                port.name, "\(4 * index + 1),\(4 * index + 2),\(4 * index + 3),\(4 * index + 4)", "100G", "9100", "rs",
                "etp\(index + 1)", port.aggregate ?? "trunk", view.isUp(port) ? "up" : "down", port.adminUp ? "up" : "down",
                "QSFP28 or later", "off",
            ]
        }
        let header = ["Interface", "Lanes", "Speed", "MTU", "FEC", "Alias", "Vlan", "Oper", "Admin", "Type", "Asym PFC"]
        return Tabulated(header, cells, numbers: Set(header.indices)).simple
    }

    /// `show ip interfaces`
    func addresses() -> String {
        let cells = view.device.gateways.map { gateway in
            let state = gateway.adminUp ? "up/up" : "down/down"
            return [gateway.interface, "", gateway.address.description, state, "N/A", "N/A"]
        }
        return Tabulated(
            ["Interface", "Master", "IPv4 address/mask", "Admin/Oper", "BGP Neighbor", "Neighbor IP"], cells
        ).simple
    }

    /// `show interfaces portchannel`
    func portChannels() -> String {
        let cells = view.aggregates.map { aggregate in
            let ports = aggregate.members.map { name in
                name + (view.device.port(name).map(view.isUp) ?? false ? "(S)" : "(D)")
            }
            let number = String(aggregate.name.drop { !$0.isNumber })
            return [number, aggregate.name, "LACP(A)(\(view.isUp(aggregate) ? "Up" : "Dw"))", ports.joined(separator: " ")]
        }
        return "Flags: A - active, I - inactive, Up - up, Dw - Down, N/A - not available,\n"
            + "       S - selected, D - deselected, * - not synced\n"
            + Tabulated(["No.", "Team Dev", "Protocol", "Ports"], cells, numbers: [0]).simple
    }

    /// `show lldp table`
    func lldp() -> String {
        let cells = view.heard.map { entry in
            [entry.local, entry.system, entry.portMAC?.description ?? entry.port, entry.isHost ? "O" : "BR", entry.port]
        }
        return "Capability codes: (R) Router, (B) Bridge, (O) Other\n"
            + Tabulated(["LocalPort", "RemoteDevice", "RemotePortID", "Capability", "RemotePortDescr"], cells).simple
            + String(repeating: "-", count: 50) + "\nTotal entries displayed:  \(cells.count)\n"
    }
}
