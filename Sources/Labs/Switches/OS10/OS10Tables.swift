internal import Facts

/// The tables of OS10, in text and XML.
///
/// - Source: `fixtures/switches/os10`: a public installation guide for the MAC table, vendor documentation and a public
///   project's recorded facts for the rest.
struct OS10Tables: Sendable {
    let view: SwitchView

    /// `Eth1/1/9` of `ethernet1/1/9`, `Po10` of `port-channel10`, as the VLAN table writes them.
    private static func short(_ name: String) -> String {
        name.replacing("ethernet", with: "Eth").replacing("port-channel", with: "Po")
    }

    private static func reply(_ rows: [MarkupElement], last: String, key: String) -> MarkupElement {
        let keys = rows.isEmpty ? [] : [MarkupElement("last-keys", [MarkupElement(key, last)])]
        return MarkupElement("rpc-reply", [MarkupElement("bulk", [MarkupElement("data", rows)] + keys)])
    }

    /// `show mac address-table [vlan N]`: learned addresses, between tabs.
    func macTable(_ words: [String]) -> OS10Table? {
        var vlan: VLANID?
        if words.count == 2, words[0] == "vlan" {
            vlan = VLANID(words[1])
            if vlan == nil { return nil }
        } else if !words.isEmpty {
            return nil
        }
        let rows = view.rows(in: vlan).filter { !$0.isOwn }
        let text =
            "VlanId\tMac Address\t\tType\t\tInterface\n"
            + rows.map { "\($0.vlan.tag)\t\($0.mac)\tdynamic\t\t\($0.port?.name ?? "")\n" }.joined()
        let entries = rows.map { row in
            MarkupElement(
                "fwd-table",
                [
                    MarkupElement("vlan", "vlan\(row.vlan.tag)"), MarkupElement("mac-addr", row.mac.description),
                    MarkupElement("entry-type", "dynamic"), MarkupElement("dot1d-port-index", row.port?.name ?? ""),
                ])
        }
        // The cursor of the paging holds a MAC, and is no row.
        return OS10Table(text: text, xml: Self.reply(entries, last: rows.last?.mac.description ?? "", key: "mac-addr"))
    }

    /// `show ip arp`
    func arp() -> OS10Table {
        var text = "Codes: pv - private vlan where the mac is originally learnt\n"
        text += "Address         Hardware address    Interface                     Egress Interface\n"
        text += String(repeating: "-", count: 90) + "\n"
        for row in view.neighbours {
            let port = view.gateway(row.interface).flatMap { view.port(of: row.mac, in: $0.vlan) }?.name
            text += row.address.description.left(16) + row.mac.description.left(20) + row.interface.left(30)
            text += (port ?? row.interface) + "\n"
        }
        return OS10Table(text: text)
    }

    /// `show vlan`
    func vlans() -> OS10Table {
        var text = "Codes: * - Default VLAN, M - Management VLAN, R - Remote Port Mirroring VLANs,\n"
        text += "       @ - Attached to Virtual Network, P - Primary, C - Community, I - Isolated,\n       S - VLAN-Stack VLAN\n"
        text += "Q: A - Access (Untagged), T - Tagged\n"
        text += "    NUM    Status    Description                     Q Ports\n*   1      Active\n"
        for vlan in view.device.site.vlans {
            let members = view.members(of: vlan.tag)
            // A line for each kind of port and tagging; the kind is written once on it: `Eth1/1/1,1/1/9`.
            let lines = [("A", true), ("T", false)].flatMap { letter, untagged in
                ["Eth", "Po"].compactMap { kind -> String? in
                    let names = members.filter { ($0.untagged == vlan.tag) == untagged }.map { Self.short($0.name) }
                    let numbers = names.filter { $0.hasPrefix(kind) }.map { String($0.dropFirst(kind.count)) }
                    return numbers.isEmpty ? nil : "\(letter) \(kind)\(numbers.joined(separator: ","))"
                }
            }
            let start = "    " + vlan.tag.description.left(7) + "Active".left(10) + vlan.name.left(32)
            text += lines.isEmpty ? start + "\n" : ""
            for (index, line) in lines.enumerated() {
                text += (index == 0 ? start : String(repeating: " ", count: 53)) + line + "\n"
            }
        }
        return OS10Table(text: text)
    }

    /// `show interface`: XML of ports and routed interfaces.
    func interfaces() -> OS10Table {
        let ports = view.device.ports.map { port in
            element(port.name, "ianaift:ethernetCsmacd", admin: port.adminUp, up: view.isUp(port))
        }
        let routed = view.device.gateways.map { gateway in
            element(gateway.interface, "ianaift:l2vlan", admin: gateway.adminUp, up: gateway.adminUp, gateway.address)
        }
        let text = view.device.ports.map { port in
            "Ethernet \(port.name.drop { !$0.isNumber }) is \(port.adminUp ? "up" : "administratively down"), "
                + "line protocol is \(view.isUp(port) ? "up" : "down")\n"
        }.joined()
        let last = view.device.gateways.last?.interface ?? view.device.ports.last?.name ?? ""
        return OS10Table(text: text, xml: Self.reply(ports + routed, last: last, key: "name"))
    }

    private func element(_ name: String, _ type: String, admin: Bool, up: Bool, _ address: IPPrefix? = nil) -> MarkupElement {
        var children = [
            MarkupElement("name", name), MarkupElement("type", type), MarkupElement("admin-status", admin ? "up" : "down"),
            MarkupElement("oper-status", up ? "up" : "down"),
        ]
        if let address { children.append(MarkupElement("ipv4-info", [MarkupElement("addr", address.description)])) }
        return MarkupElement("interface", children)
    }

    /// `show ip interface brief`
    func addresses() -> OS10Table {
        var text = "Interface Name            IP-Address          OK       Method       Status     Protocol\n"
        text += String(repeating: "=", count: 89) + "\n"
        func row(_ name: String, _ address: String, _ admin: Bool, _ up: Bool) -> String {
            name.left(26) + address.left(20) + (address == "unassigned" ? "NO" : "YES").left(9)
                + (address == "unassigned" ? "unset" : "manual").left(13) + (admin ? "up" : "admin down").left(12)
                + (up ? "up" : "down") + "\n"
        }
        for port in view.device.ports where port.members.isEmpty {
            text += row("Ethernet \(port.name.drop { !$0.isNumber })", "unassigned", port.adminUp, view.isUp(port))
        }
        for gateway in view.device.gateways {
            text += row(
                "Vlan \(gateway.vlan)", gateway.address.description, gateway.adminUp, gateway.adminUp)
        }
        return OS10Table(text: text)
    }

    /// `show port-channel summary`
    func portChannels() -> OS10Table {
        var text = "Flags:  D - Down    I - member up but inactive    P - member up and active\n"
        text += "        U - Up (port-channel)    F - Fallback Activated    IND - LACP Individual\n"
        text += String(repeating: "-", count: 80) + "\n"
        text += "Group Port-Channel           Type     Protocol  Member Ports\n" + String(repeating: "-", count: 80) + "\n"
        for aggregate in view.aggregates {
            let number = String(aggregate.name.drop { !$0.isNumber })
            let ports = aggregate.members.map { name in
                name.drop { !$0.isNumber } + (view.device.port(name).map(view.isUp) ?? false ? "(P)" : "(D)")
            }
            text += number.left(6) + "\(aggregate.name) (\(view.isUp(aggregate) ? "U" : "D"))".left(23) + "Eth".left(9)
            text += "DYNAMIC".left(10) + ports.joined(separator: " ") + "\n"
        }
        return OS10Table(text: text)
    }

    /// `show lldp neighbors`; ids are in base 64 in XML.
    func lldp() -> OS10Table {
        var text = "Loc PortID          Rem Host Name   Rem Port Id            Rem Chassis Id\n"
        text += String(repeating: "-", count: 73) + "\n"
        for entry in view.heard {
            text += entry.local.left(20) + entry.system.left(16) + (entry.portMAC?.description ?? entry.port).left(23)
            text += entry.chassis.description + "\n"
        }
        let rows = view.heard.map { entry in
            MarkupElement(
                "interface", [MarkupElement("name", entry.local), MarkupElement("lldp-rem-neighbor-info", [info(entry)])])
        }
        return OS10Table(text: text, xml: Self.reply(rows, last: view.heard.last?.local ?? "", key: "name"))
    }

    private func info(_ entry: HeardNeighbour) -> MarkupElement {
        let port = entry.portMAC.map { Base64.text($0.octets) } ?? Base64.text(Array(entry.port.utf8))
        return MarkupElement(
            "info",
            [
                MarkupElement("rem-lldp-chassis-id", Base64.text(entry.chassis.octets)), MarkupElement("rem-lldp-port-id", port),
                MarkupElement("rem-lldp-chassis-id-subtype", "mac-address"),
                MarkupElement("rem-lldp-port-subtype", entry.isHost ? "mac-address" : "interface-name"),
                MarkupElement("rem-port-desc", entry.port), MarkupElement("rem-system-name", entry.system),
            ])
    }
}
