internal import Facts

/// Interfaces, EtherChannels and LLDP neighbours.
extension IOSTables {
    /// `show interfaces`
    func interfaces() -> String {
        view.device.gateways.map(paragraph).joined() + view.device.ports.map(paragraph).joined()
    }

    private func head(_ name: String, admin: Bool, up: Bool, _ note: String) -> String {
        let state = admin ? up ? "up" : "down" : "administratively down"
        return "\(name) is \(state), line protocol is \(up ? "up" : "down") \(note)\n"
    }

    private func paragraph(_ gateway: GatewayState) -> String {
        head(gateway.interface, admin: gateway.adminUp, up: gateway.adminUp, "")
            + "  Hardware is Ethernet SVI, address is \(gateway.mac.dotted) (bia \(gateway.mac.dotted))\n"
            + "  Internet address is \(gateway.address)\n  MTU 1500 bytes, BW 1000000 Kbit/sec, DLY 10 usec, \n"
            + "     reliability 255/255, txload 1/255, rxload 1/255\n"
    }

    private func paragraph(_ port: PortState) -> String {
        let isUp = view.isUp(port)
        let mac = view.mac(of: port).dotted
        let note = port.adminUp ? isUp ? "(connected) " : "(notconnect) " : "(disabled) "
        let kind = port.members.isEmpty ? "Gigabit Ethernet" : "EtherChannel"
        var text = head(port.name, admin: port.adminUp, up: isUp, note)
        text += "  Hardware is \(kind), address is \(mac) (bia \(mac))\n"
        text += "  MTU 9198 bytes, BW 1000000 Kbit/sec, DLY 10 usec, \n     reliability 255/255, txload 1/255, rxload 1/255\n"
        text += "  Encapsulation ARPA, loopback not set\n  Keepalive set (10 sec)\n"
        if !port.members.isEmpty {
            let active = port.members.filter { view.device.port($0).map(view.isUp) ?? false }
            text += "  Members in this channel: \(active.map(Self.short).joined(separator: " ")) \n"
        }
        return text + "  ARP type: ARPA, ARP Timeout 04:00:00\n"
    }

    /// `show ip interface brief`
    func addresses() -> String {
        func row(_ name: String, _ address: String?, _ admin: Bool, _ up: Bool) -> String {
            name.left(23) + (address ?? "unassigned").left(16) + "YES " + (address == nil ? "unset" : "manual").left(7)
                + (admin ? up ? "up" : "down" : "administratively down").left(22) + (up ? "up" : "down") + "\n"
        }
        return "Interface              IP-Address      OK? Method Status                Protocol\n"
            + view.device.gateways.map { row($0.interface, $0.address.address.description, $0.adminUp, $0.adminUp) }.joined()
            + view.device.ports.map { row($0.name, nil, $0.adminUp, view.isUp($0)) }.joined()
    }

    /// `show etherchannel summary`
    func etherChannels() -> String {
        let channels = view.aggregates
        var text = "Flags:  D - down        P - bundled in port-channel\n        I - stand-alone s - suspended\n"
        text += "        H - Hot-standby (LACP only)\n        R - Layer3      S - Layer2\n"
        text += "        U - in use      N - not in use, no aggregation\n        f - failed to allocate aggregator\n\n"
        text +=
            "        M - not in use, minimum links not met\n        m - not in use, port not aggregated due to minimum links not met\n"
        text += "        u - unsuitable for bundling\n        w - waiting to be aggregated\n        d - default port\n\n\n"
        text += "Number of channel-groups in use: \(channels.filter(view.isUp).count)\n"
        text += "Number of aggregators:           \(channels.filter(view.isUp).count)\n\n"
        text += "Group  Port-channel  Protocol    Ports\n"
        text += "------+-------------+-----------+-----------------------------------------------\n"
        for channel in channels {
            let number = String(channel.name.drop { !$0.isNumber })
            let ports = channel.members.map { name in
                (Self.short(name) + (view.device.port(name).map(view.isUp) ?? false ? "(P)" : "(D)")).left(15)
            }
            text += number.left(7) + "Po\(number)(S\(view.isUp(channel) ? "U" : "D"))".left(16) + "LACP".left(10)
            text += PortColumn.wrapped(ports, width: 47, indent: 33, comma: "") + "\n"
        }
        return text
    }

    /// `show lldp neighbors`: names are cut at 20 characters.
    func lldp() -> String {
        var text = "\nCapability codes:\n    (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device\n"
        text += "    (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other\n\n"
        text += "Device ID           Local Intf     Hold-time  Capability      Port ID\n"
        for entry in view.heard {
            text += String(entry.system.prefix(20)).left(20) + Self.short(entry.local).left(15) + "120".left(11)
            text += (entry.isHost ? "S" : "B,R").left(16) + (entry.portMAC?.dotted ?? Self.short(entry.port)) + "\n"
        }
        return text + "\nTotal entries displayed: \(view.heard.count)\n\n"
    }

    /// `show lldp neighbors detail`
    func lldpDetail() -> String {
        var text = "\n"
        for entry in view.heard {
            text += "------------------------------------------------\nLocal Intf: \(Self.short(entry.local))\n"
            text += "Chassis id: \(entry.chassis.dotted)\nPort id: \(entry.portMAC?.dotted ?? Self.short(entry.port))\n"
            text += "Port Description: \(entry.port)\nSystem Name: \(entry.system)\n\nSystem Description - not advertised\n\n"
            text += "Time remaining: 101 seconds\nSystem Capabilities: \(entry.isHost ? "S" : "B,R")\n"
            text += "Enabled Capabilities: \(entry.isHost ? "S" : "B,R")\nManagement Addresses - not advertised\n"
            text += "Auto Negotiation - not supported\nPhysical media capabilities - not advertised\n"
            text += "Media Attachment Unit type - not advertised\nVlan ID: - not advertised\n\n"
        }
        return text + "\nTotal entries displayed: \(view.heard.count)\n\n"
    }
}
