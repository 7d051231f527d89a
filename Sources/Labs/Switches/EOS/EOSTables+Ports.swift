internal import Facts

/// VLANs, interfaces, port channels and LLDP neighbours.
extension EOSTables {
    /// `show vlan`: ports that are up, trunks too.
    func vlans() -> ShownTable {
        var text = "VLAN  Name                             Status    Ports\n"
        text += "----- -------------------------------- --------- -------------------------------\n"
        text += "1     default                          active    \n"
        var members: [JSONValue.Member] = [.init("1", vlan("default", []))]
        for entry in view.device.site.vlans {
            let routed = view.device.gateways.contains { $0.vlan == entry.tag } ? ["Cpu"] : []
            let names = routed + view.members(of: entry.tag).filter(view.isUp).map(\.name)
            text += entry.tag.description.left(6) + entry.name.left(33) + "active".left(10)
            text += PortColumn.wrapped(names.map(Self.short), width: 31, indent: 49) + "\n"
            members.append(.init(entry.tag.description, vlan(entry.name, names)))
        }
        return ShownTable(text, json: ["sourceDetail": "", "vlans": .object(members)])
    }

    private func vlan(_ name: String, _ interfaces: [String]) -> JSONValue {
        let list = interfaces.map { JSONValue.Member($0, ["privatePromoted": false]) }
        return ["status": "active", "name": .string(name), "interfaces": .object(list), "dynamic": false]
    }

    /// `show interfaces`
    func interfaces() -> ShownTable {
        let ports = view.device.ports
        let text = ports.map(paragraph).joined() + view.device.gateways.map(paragraph).joined()
        let members =
            ports.map { JSONValue.Member($0.name, value(of: $0)) }
            + view.device.gateways.map { .init($0.interface, value(of: $0)) }
        return ShownTable(text, json: ["interfaces": .object(members)])
    }

    private func status(of port: PortState) -> String {
        port.adminUp ? view.isUp(port) ? "connected" : "notconnect" : "disabled"
    }

    private func head(_ name: String, admin: Bool, up: Bool) -> String {
        let state = admin ? up ? "up" : "down" : "administratively down"
        return "\(name) is \(state), line protocol is \(up ? "up" : "down") "
            + "(\(admin ? up ? "connected" : "notconnect" : "disabled"))\n"
    }

    private func paragraph(_ port: PortState) -> String {
        let mac = view.mac(of: port).dotted
        var text = head(port.name, admin: port.adminUp, up: view.isUp(port))
        guard port.members.isEmpty else {
            let active = active(in: port)
            text += "  Hardware is Port-Channel, address is \(mac)\n  Ethernet MTU 9214 bytes\n  Full-duplex, 10Gb/s\n"
            text += "  Active members in this channel: \(active.count)\n"
            text += active.map { "  ... \($0.name) , Full-duplex, 10Gb/s\n" }.joined()
            return text + "  Fallback mode is: off\n"
        }
        text += "  Hardware is Ethernet, address is \(mac) (bia \(mac))\n"
        if let aggregate = port.aggregate { text += "  Member of \(aggregate)\n" }
        text += "  Ethernet MTU 9214 bytes, BW 10000000 kbit\n  Full-duplex, 10Gb/s, auto negotiation: off, uni-link: n/a\n"
        return text + "  Loopback Mode : None\n"
    }

    private func paragraph(_ gateway: GatewayState) -> String {
        head(gateway.interface, admin: gateway.adminUp, up: gateway.adminUp)
            + "  Hardware is Vlan, address is \(gateway.mac.dotted) (bia \(gateway.mac.dotted))\n"
            + "  Internet address is \(gateway.address)\n  Broadcast address is 255.255.255.255\n"
            + "  IP MTU 1500 bytes (default)\n"
    }

    private func value(of port: PortState) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("lastStatusChangeTimestamp", view.epoch(at: .zero)), .init("name", .string(port.name)),
            .init("interfaceStatus", .string(status(of: port))),
            .init("lineProtocolStatus", .string(view.isUp(port) ? "up" : "down")),
            .init("mtu", 9214), .init("hardware", .string(port.members.isEmpty ? "ethernet" : "portChannel")),
            .init("duplex", "duplexFull"), .init("bandwidth", 10_000_000_000),
            .init("forwardingModel", .string(port.aggregate == nil ? "bridged" : "dataLink")),
            .init("interfaceAddress", []), .init("physicalAddress", .string(view.mac(of: port).description)),
            .init("description", ""),
        ]
        if let aggregate = port.aggregate { members.append(.init("interfaceMembership", .string("Member of \(aggregate)"))) }
        if !port.members.isEmpty {
            let list = active(in: port).map { JSONValue.Member($0.name, ["bandwidth": 10_000_000_000, "duplex": "duplexFull"]) }
            members.append(.init("memberInterfaces", .object(list)))
        }
        return .object(members)
    }

    private func value(of gateway: GatewayState) -> JSONValue {
        let address: JSONValue = [
            "secondaryIpsOrderedList": [], "broadcastAddress": "255.255.255.255", "secondaryIps": [:],
            "primaryIp": [
                "maskLen": .integer(gateway.address.length), "address": .string(gateway.address.address.description),
            ], "virtualIp": ["maskLen": 0, "address": "0.0.0.0"],
        ]
        return [
            "lastStatusChangeTimestamp": view.epoch(at: .zero), "name": .string(gateway.interface),
            "interfaceStatus": gateway.adminUp ? "connected" : "disabled",
            "lineProtocolStatus": gateway.adminUp ? "up" : "down", "mtu": 1500, "hardware": "vlan", "bandwidth": 0,
            "forwardingModel": "routed", "interfaceAddress": [address],
            "physicalAddress": .string(gateway.mac.description), "description": "",
        ]
    }

    private func active(in aggregate: PortState) -> [PortState] {
        aggregate.members.compactMap { view.device.port($0) }.filter(view.isUp)
    }

    /// `show port-channel [summary]`
    func portChannels(summary: Bool) -> ShownTable {
        let json = view.aggregates.map { aggregate in
            let active = active(in: aggregate).map { port in
                JSONValue.Member(
                    port.name,
                    ["protocol": "lacp", "weight": 1, "timeBecameActive": view.epoch(at: .zero), "lacpMode": "active"])
            }
            let idle = aggregate.members.filter { name in !active.contains { $0.key == name } }.map { name in
                JSONValue.Member(name, ["reasonUnconfigured": "waiting for LACP response", "timeBecameInactive": .number("0.0")])
            }
            return JSONValue.Member(
                aggregate.name,
                [
                    "recircFeature": [], "fallbackState": "unconfigured", "minSpeed": "0 gbps", "minLinks": 0,
                    "currWeight": .integer(active.count), "maxWeight": 16, "inactivePorts": .object(idle),
                    "activePorts": .object(active), "rxPorts": [:], "inactiveLag": false,
                ])
        }
        return ShownTable(summary ? channelSummary() : channelParagraphs(), json: ["portChannels": .object(json)])
    }

    private func channelParagraphs() -> String {
        view.aggregates.map { aggregate in
            let active = active(in: aggregate).map(\.name)
            let idle = aggregate.members.filter { !active.contains($0) }
            return "Port Channel \(aggregate.name):\n  Active Ports: \(active.joined(separator: " "))\n"
                + (idle.isEmpty ? "" : "  Configured, but inactive ports:\n" + idle.map { "    \($0)\n" }.joined())
        }.joined()
    }

    /// Source: ntc-templates' capture of `show port-channel summary`.
    private func channelSummary() -> String {
        let inUse = view.aggregates.filter(view.isUp).count
        var text = "Flags\n-------------------------- ----------------------------- -------------------------\n"
        text += "   a - LACP Active            p - LACP Passive           * - static fallback\n"
        text += "   F - Fallback enabled       f - Fallback configured    ^ - individual fallback\n"
        text += "   U - In Use                 D - Down\n"
        text += "   + - In-Sync                - - Out-of-Sync            i - incompatible with agg\n"
        text += "   P - bundled in Po          s - suspended              G - Aggregable\n"
        text += "   I - Individual             S - ShortTimeout           w - wait for agg\n\n"
        text += "Number of channels in use: \(inUse)\nNumber of aggregators: \(inUse)\n\n"
        text += "   Port-Channel       Protocol     Ports\n"
        text += "------------------ --------------- --------------------------------\n"
        return text
            + view.aggregates.map { aggregate in
                let active = active(in: aggregate).map(\.name)
                let ports = aggregate.members.map { Self.short($0) + (active.contains($0) ? "(PG+)" : "(D)") }
                let name = Self.short(aggregate.name) + (view.isUp(aggregate) ? "(U)" : "(D)")
                return "   " + name.left(19) + "LACP(a)".left(13)
                    + PortColumn.wrapped(ports, width: 32, indent: 35, comma: " ") + "\n"
            }.joined()
    }

    /// `show lldp neighbors [detail]`. The detail has no text here: it is asked for in JSON.
    func lldp(detail: Bool) -> ShownTable? {
        var text = "Last table change time   : 0:01:04 ago\nNumber of table inserts  : \(view.heard.count)\n"
        text += "Number of table deletes  : 0\nNumber of table drops    : 0\nNumber of table age-outs : 0\n\n"
        text += "Port          Neighbor Device ID               Neighbor Port ID           TTL\n"
        text += "---------- -------------------------------- ---------------------- ---\n"
        for entry in view.heard {
            text += Self.short(entry.local).left(14) + entry.system.left(33)
            text += (entry.portMAC?.dotted ?? entry.port).left(27) + "120\n"
        }
        guard detail else { return ShownTable(text) }
        let ports = view.device.ports.filter { $0.members.isEmpty }.map { port in
            JSONValue.Member(
                port.name, ["lldpNeighborInfo": .array(view.heard.filter { $0.local == port.name }.map(information))])
        }
        return ShownTable(text, json: ["lldpNeighbors": .object(ports)])
    }

    private func information(_ entry: HeardNeighbour) -> JSONValue {
        [
            "systemName": .string(entry.system), "chassisIdType": "macAddress", "chassisId": .string(entry.chassis.dotted),
            "ttl": 120, "lastContactTime": view.epoch(at: view.now),
            "neighborInterfaceInfo": [
                "interfaceIdType": .string(entry.portMAC == nil ? "interfaceName" : "macAddress"),
                // EOS quotes a name once more.
                "interfaceId": .string(entry.portMAC?.dotted ?? "\"\(entry.port)\""),
                "interfaceDescription": .string(entry.port), "maxFrameSize": 9236,
            ],
        ]
    }
}
