internal import Facts

/// VLANs, interfaces, port channels and LLDP neighbours.
extension NXOSTables {
    /// `show vlan brief`: trunks too.
    func vlans() -> ShownTable {
        var text = "\nVLAN Name                             Status    Ports\n"
        text += "---- -------------------------------- --------- -------------------------------\n"
        text += "1    default                          active    \n"
        var rows = [row(1, name: "default", ports: [])]
        for vlan in view.device.site.vlans {
            let names = view.members(of: vlan.tag).map(\.name)
            text += vlan.tag.description.left(5) + vlan.name.left(33) + "active".left(10)
            text += PortColumn.wrapped(names.map(Self.short), width: 31, indent: 48) + "\n"
            rows.append(row(vlan.tag.number, name: vlan.name, ports: names))
        }
        return ShownTable(text, json: Self.table("vlanbriefxbrief", rows))
    }

    private func row(_ tag: Int, name: String, ports: [String]) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("vlanshowbr-vlanid", number(tag)), .init("vlanshowbr-vlanid-utf", number(tag)),
            .init("vlanshowbr-vlanname", .string(name)), .init("vlanshowbr-vlanstate", "active"),
            .init("vlanshowbr-shutstate", "noshutdown"),
        ]
        if !ports.isEmpty { members.append(.init("vlanshowplist-ifidx", .string(ports.joined(separator: ",")))) }
        return .object(members)
    }

    /// `show interface`
    func interfaces() -> ShownTable {
        let ports = view.device.ports
        let text = ports.map(paragraph).joined() + view.device.gateways.map(paragraph).joined()
        return ShownTable(
            text, json: Self.table("interface", ports.map(value) + view.device.gateways.map(value)))
    }

    private func paragraph(_ port: PortState) -> String {
        let isUp = view.isUp(port)
        let state = isUp ? "up" : port.adminUp ? "down (Link not connected)" : "down (Administratively down)"
        let mac = view.mac(of: port).dotted
        var text = "\(port.name) is \(state)\nadmin state is \(port.adminUp ? "up" : "down"), "
        text += port.aggregate == nil ? "Dedicated Interface\n" : "Dedicated Interface\n  Belongs to Po\(number(in: port))\n"
        let hardware = port.members.isEmpty ? "100/1000/10000/25000 Ethernet" : "Port-Channel"
        text += "  Hardware: \(hardware), address: \(mac) (bia \(mac))\n  MTU 9216 bytes, BW 10000000 Kbit , DLY 10 usec\n"
        text += "  reliability 255/255, txload 1/255, rxload 1/255\n  Encapsulation ARPA, medium is broadcast\n"
        text += "  Port mode is \(port.tagged.isEmpty ? "access" : "trunk")\n"
        if !port.members.isEmpty {
            text += "  Members in this channel: \(port.members.map(Self.short).joined(separator: ", "))\n"
        }
        return text + "\n"
    }

    private func number(in port: PortState) -> String { String((port.aggregate ?? "").drop { !$0.isNumber }) }

    private func paragraph(_ gateway: GatewayState) -> String {
        let state = gateway.adminUp ? "up, line protocol is up" : "down (Administratively down), line protocol is down"
        return "\(gateway.interface) is \(state), autostate enabled\n"
            + "  Hardware is EtherSVI, address is  \(gateway.mac.dotted)\n  Internet Address is \(gateway.address)\n"
            + "  MTU 1500 bytes, BW 1000000 Kbit , DLY 10 usec\n\n"
    }

    private func value(of port: PortState) -> JSONValue {
        let mac = JSONValue.string(view.mac(of: port).dotted)
        var members: [JSONValue.Member] = [
            .init("interface", .string(port.name)), .init("state", view.isUp(port) ? "up" : "down"),
            .init("admin_state", port.adminUp ? "up" : "down"), .init("share_state", "Dedicated"),
        ]
        if !view.isUp(port) {
            members.insert(
                .init("state_rsn_desc", port.adminUp ? "Link not connected" : "Administratively down"), at: 2)
        }
        if let aggregate = port.aggregate { members.append(.init("eth_bundle", .string(aggregate))) }
        members += [
            .init("eth_hw_desc", port.members.isEmpty ? "100/1000/10000/25000 Ethernet" : "Port-Channel"),
            .init("eth_hw_addr", mac), .init("eth_bia_addr", mac), .init("eth_mtu", number(9216)),
            .init("eth_bw", number(10_000_000)), .init("eth_dly", number(10)), .init("medium", "broadcast"),
            .init("eth_mode", port.tagged.isEmpty ? "access" : "trunk"), .init("eth_duplex", "full"),
            .init("eth_speed", "10 Gb/s"), .init("eth_autoneg", "on"),
        ]
        if !port.members.isEmpty {
            members.append(.init("eth_members", .string(port.members.map(Self.short).joined(separator: ", "))))
        }
        return .object(members)
    }

    private func value(of gateway: GatewayState) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("interface", .string(gateway.interface)), .init("svi_admin_state", gateway.adminUp ? "up" : "down"),
            .init("svi_line_proto", gateway.adminUp ? "up" : "down"), .init("svi_mac", .string(gateway.mac.dotted)),
            .init("svi_ip_addr", .string(gateway.address.address.description)),
            .init("svi_ip_mask", number(gateway.address.length)),
            .init("svi_mtu", number(1500)), .init("svi_bw", number(1_000_000)), .init("svi_delay", number(10)),
        ]
        if !gateway.adminUp { members.insert(.init("state_rsn_desc", "Administratively down"), at: 2) }
        return .object(members)
    }

    /// `show port-channel summary`
    func portChannels() -> ShownTable {
        var text =
            "Flags:  D - Down        P - Up in port-channel (members)\n        I - Individual  H - Hot-standby (LACP only)\n"
        text += "        s - Suspended   r - Module-removed\n        b - BFD Session Wait\n        S - Switched    R - Routed\n"
        text += "        U - Up (port-channel)\n        p - Up in delay-lacp mode (member)\n"
        text += "        M - Not in use. Min-links not met\n" + String(repeating: "-", count: 80) + "\n"
        text += "Group Port-       Type     Protocol  Member Ports\n      Channel\n" + String(repeating: "-", count: 80) + "\n"
        let values = view.aggregates.map { aggregate -> JSONValue in
            let number = String(aggregate.name.drop { !$0.isNumber })
            let up = view.isUp(aggregate)
            let ports = aggregate.members.map { Self.short($0) + (memberIsUp($0) ? "(P)" : "(D)") }
            text += number.left(6) + "Po\(number)(S\(up ? "U" : "D"))".left(12) + "Eth".left(9) + "LACP".left(10)
            text += PortColumn.wrapped(ports.map { $0.left(13) }, width: 46, indent: 37, comma: "") + "\n"
            let members = aggregate.members.map { name -> JSONValue in
                ["port": .string(name), "port-status": memberIsUp(name) ? "P" : "D"]
            }
            var row: [JSONValue.Member] = [
                .init("group", self.number(Int(number) ?? 0)), .init("port-channel", .string(aggregate.name)),
                .init("layer", "S"), .init("status", up ? "U" : "D"), .init("type", "Eth"), .init("prtcl", "LACP"),
            ]
            row += Self.table("member", members).members ?? []
            return .object(row)
        }
        return ShownTable(text, json: Self.table("channel", values))
    }

    private func memberIsUp(_ name: String) -> Bool { view.device.port(name).map(view.isUp) ?? false }

    /// `show lldp neighbors [detail]`
    func lldp(detail: Bool) -> ShownTable {
        var text = "Capability codes:\n  (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device\n"
        text += "  (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other\n"
        text += "Device ID            Local Intf      Hold-time  Capability  Port ID  \n"
        text += detail ? "\n" : ""
        for entry in view.heard {
            let port = entry.portMAC?.dotted ?? entry.port
            if detail {
                text += "Chassis id: \(entry.chassis.dotted)\nPort id: \(port)\nLocal Port id: \(Self.short(entry.local))\n"
                text += "Port Description: \(entry.port)\nSystem Name: \(entry.system)\nSystem Description: null\n"
                text +=
                    "Time remaining: 100 seconds\nSystem Capabilities: B, R\nEnabled Capabilities: \(entry.isHost ? "S" : "B, R")\n"
                text += "Management Address: not advertised\nVlan ID: not advertised\n\n\n"
            } else {
                text += entry.system.left(21) + Self.short(entry.local).left(16) + "120".left(11)
                text += (entry.isHost ? "S" : "BR").left(12) + port + "\n"
            }
        }
        text += "Total entries displayed: \(view.heard.count)\n"
        let values = view.heard.map { entry -> JSONValue in
            [
                "chassis_type": number(4), "chassis_id": .string(entry.chassis.dotted), "port_type": number(entry.isHost ? 3 : 5),
                "port_id": .string(entry.portMAC?.dotted ?? entry.port), "l_port_id": .string(Self.short(entry.local)),
                "port_desc": .string(entry.port), "sys_name": .string(entry.system), "sys_desc": "null", "ttl": number(100),
                "system_capability": "B, R", "enabled_capability": entry.isHost ? "S" : "B, R",
            ]
        }
        guard var members = Self.table(detail ? "nbor_detail" : "nbor", values).members else {
            return ShownTable(text, json: .null)
        }
        members.append(.init("neigh_count", number(view.heard.count)))
        return ShownTable(text, json: .object(members))
    }
}
