internal import Facts

/// VLANs, ports, spanning tree, LLDP and version.
extension JunosTables {
    private func members(of vlan: SiteVLAN) -> [(port: PortState, tagged: Bool)] {
        view.members(of: vlan.tag).map { ($0, $0.untagged != vlan.tag) }
    }

    /// `ge-0/0/9.0*`: the star says that the interface is up.
    private func marked(_ port: PortState) -> String { port.name + ".0" + (isUp(port) ? "*" : "") }

    /// `show vlans [NAME] [brief|detail|extensive]`
    func vlans(_ words: [String]) -> JunosTable? {
        let styles = words.filter { ["brief", "detail", "extensive"].contains($0) }
        let names = words.filter { !styles.contains($0) }
        let chosen = device.site.vlans.filter { names.isEmpty || names.contains($0.name) || names.contains($0.tag.description) }
        if chosen.isEmpty, let name = names.first { return JunosTable(text: "error: vlan '\(name)' does not exist\n") }
        let text =
            switch styles.first {
            case "detail": chosen.map(detail).joined(separator: "\n")
            case "extensive": chosen.map(extensive).joined(separator: "\n")
            default: brief(chosen)
            }
        return JunosTable(text: text, xml: xml(chosen))
    }

    private func brief(_ vlans: [SiteVLAN]) -> String {
        let indent = String(repeating: " ", count: 23)
        return "Name           Tag     Interfaces\n"
            + vlans.map { vlan in
                let names = members(of: vlan).map { marked($0.port) }
                let lines = stride(from: 0, to: names.count, by: 4).map { start in
                    names[start..<min(start + 4, names.count)].joined(separator: ", ")
                }
                let list = names.isEmpty ? indent + "None\n" : lines.map { indent + $0 }.joined(separator: ",\n") + "\n"
                return pad(vlan.name, 15) + vlan.tag.description + "\n" + list
            }.joined()
    }

    private func detail(_ vlan: SiteVLAN) -> String {
        let members = members(of: vlan)
        let active = members.filter { isUp($0.port) }.count
        var text = "VLAN: \(vlan.name), 802.1Q Tag: \(vlan.tag), Admin State: Enabled\n"
        if let gateway = device.gateways.first(where: { $0.vlan == vlan.tag }) { text += "  Primary IP: \(gateway.address)\n" }
        text += "Number of interfaces: \(members.count) (Active = \(active))\n"
        for (title, tagged) in [("Tagged", true), ("Untagged", false)] {
            let names = members.filter { $0.tagged == tagged }.map { marked($0.port) }
            if !names.isEmpty { text += "  \(title) interfaces: \(names.joined(separator: ", "))\n" }
        }
        return text
    }

    private func extensive(_ vlan: SiteVLAN) -> String {
        let members = members(of: vlan)
        func count(_ tagged: Bool) -> String {
            let chosen = members.filter { $0.tagged == tagged }
            return "\(chosen.count) (Active = \(chosen.filter { isUp($0.port) }.count))"
        }
        var text = "VLAN: \(vlan.name), Created at: Mon Nov 23 21:44:00 2026\n"
        text += "802.1Q Tag: \(vlan.tag), Internal index: 3, Admin State: Enabled, Origin: Static\n"
        if let gateway = device.gateways.first(where: { $0.vlan == vlan.tag }) {
            let state = gateway.adminUp ? "UP" : "DOWN"
            text += "Layer 3 interface: \(gateway.interface) (\(state)), IPV4 addresses: \(gateway.address)\n"
        }
        text += "Protocol: Port Mode, Mac aging time: \(device.site.macAging.components.seconds) seconds\n"
        text += "Number of interfaces: Tagged \(count(true)), Untagged  \(count(false))\n"
        for member in members {
            text += "      \(marked(member.port)), \(member.tagged ? "tagged, trunk" : "untagged, access")\n"
        }
        return text
    }

    private func xml(_ vlans: [SiteVLAN]) -> MarkupElement {
        let elements = vlans.map { vlan in
            let members = members(of: vlan).map { member in
                MarkupElement(
                    "vlan-member",
                    [
                        MarkupElement("vlan-member-interface", marked(member.port)),
                        MarkupElement("vlan-member-tagness", member.tagged ? "tagged" : "untagged"),
                        MarkupElement("vlan-member-port-mode", member.port.tagged.isEmpty ? "access" : "trunk"),
                    ])
            }
            return MarkupElement(
                "vlan",
                [
                    MarkupElement("vlan-instance", "3"), MarkupElement("vlan-name", vlan.name),
                    MarkupElement("vlan-tag", vlan.tag.description),
                    MarkupElement("vlan-status", "Enabled"),
                    MarkupElement("vlan-detail", [MarkupElement("vlan-member-list", members)]),
                ])
        }
        return MarkupElement(
            "vlan-information",
            attributes: [("xmlns", "http://xml.juniper.net/junos/\(release)/junos-esw"), ("junos:style", "detail")], elements)
    }

    /// `show ethernet-switching interfaces [NAME] [brief|detail]`
    func switchingInterfaces(_ words: [String]) -> JunosTable? {
        let names = words.filter { !["interface", "brief", "detail"].contains($0) }
        let ports = view.switching.filter { names.isEmpty || names.contains($0.name) || names.contains($0.name + ".0") }
        var text = "Interface    State  VLAN members        Tag   Tagging  Blocking\n"
        for port in ports {
            let memberships = device.site.vlans.filter { port.carries($0.tag) }
            let blocking = port.spanningTreeForwarding && isUp(port) ? "unblocked" : "blocked by STP"
            let state = isUp(port) ? "up" : "down"
            if memberships.isEmpty {
                text += pad(port.name + ".0", 13) + pad(state, 7) + pad("", 20) + pad("", 6) + pad("", 9) + blocking + "\n"
            }
            for (index, vlan) in memberships.enumerated() {
                text += index == 0 ? pad(port.name + ".0", 13) + pad(state, 7) : String(repeating: " ", count: 20)
                let tagging = port.untagged == vlan.tag ? "untagged" : "tagged"
                text += pad(vlan.name, 20) + pad(vlan.tag.description, 6) + pad(tagging, 9) + blocking + "\n"
            }
        }
        return JunosTable(text: text)
    }

    /// `show version`
    func version() -> JunosTable {
        let site = device.site
        return JunosTable(
            text: "Hostname: \(site.name)\nModel: \(site.model)\nJUNOS Base OS boot [\(site.version)]\n"
                + "JUNOS Base OS Software Suite [\(site.version)]\n",
            xml: MarkupElement(
                "software-information",
                [
                    MarkupElement("host-name", site.name.text), MarkupElement("product-model", site.model),
                    MarkupElement("product-name", site.model), MarkupElement("junos-version", site.version),
                ]))
    }
}
