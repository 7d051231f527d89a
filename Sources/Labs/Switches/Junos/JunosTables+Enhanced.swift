internal import Facts

/// The MAC table and the VLANs of a Junos switch with Enhanced Layer 2 Software: EX2300, EX3400, EX4300, QFX5100 and on.
///
/// - Source: `fixtures/switches/junos/mac-table/els-*` and `vlans/els*`.
extension JunosTables {
    /// `show ethernet-switching table [vlan NAME | vlan-id N] [interface NAME] [detail]`: learned addresses only; ELS does
    /// not list the switch's own.
    func enhancedMACTable(_ words: [String]) -> JunosTable? {
        var rows = view.rows().filter { !$0.isOwn }
        var isDetail = false
        var words = words[...]
        while let word = words.popFirst() {
            switch word {
            case "vlan", "vlan-name", "vlan-id":
                guard let name = words.popFirst() else { return nil }
                guard device.site.vlans.contains(where: { $0.name == name || $0.tag.description == name }) else {
                    return JunosTable(text: "error: vlan \(name) does not exist\n")
                }
                rows = rows.filter { $0.vlan.name == name || $0.vlan.tag.description == name }
            case "interface":
                guard let name = words.popFirst() else { return nil }
                rows = rows.filter { $0.port?.name == name || $0.port.map { $0.name + ".0" } == name }
            case "detail": isDetail = true
            case "brief": break
            default: return nil
            }
        }
        return JunosTable(text: text(of: rows), xml: isDetail ? detailed(rows) : brief(rows))
    }

    private func text(of rows: [SwitchView.Row]) -> String {
        var text = "\nMAC flags (S - static MAC, D - dynamic MAC, L - locally learned, P - Persistent static, C - Control MAC\n"
        text += "           SE - statistics enabled, NM - non configured MAC, R - remote PE MAC, O - ovsdb MAC)\n\n\n"
        text += "Ethernet switching table : \(rows.count) entries, \(rows.count) learned\nRouting instance : default-switch\n"
        text += "    Vlan                MAC                 MAC         Age    Logical                NH        RTR\n"
        text += "    name                address             flags              interface              Index     ID\n"
        for row in rows {
            text += "    " + row.vlan.name.left(20) + row.mac.description.left(20) + "D".left(14) + "-   "
            text += ((row.port?.name ?? "") + ".0").left(23) + "0         0\n"
        }
        return text
    }

    private func brief(_ rows: [SwitchView.Row]) -> MarkupElement {
        let entries = rows.map { row in
            MarkupElement(
                "l2ng-mac-entry",
                [
                    MarkupElement("l2ng-l2-mac-vlan-name", row.vlan.name),
                    MarkupElement("l2ng-l2-mac-address", row.mac.description),
                    MarkupElement("l2ng-l2-mac-flags", "D"), MarkupElement("l2ng-l2-mac-age", "-"),
                    MarkupElement("l2ng-l2-mac-logical-interface", (row.port?.name ?? "") + ".0"),
                    MarkupElement("l2ng-l2-mac-fwd-next-hop", "0"), MarkupElement("l2ng-l2-mac-rtr-id", "0"),
                ])
        }
        // The VLAN id of the whole is that of its first row.
        let head = counts(rows) + (rows.first.map { [MarkupElement("l2ng-l2-vlan-id", $0.vlan.tag.description)] } ?? [])
        return MarkupElement(
            "l2ng-l2ald-rtb-macdb",
            [MarkupElement("l2ng-l2ald-mac-entry-vlan", attributes: [("junos:style", "brief-rtb")], head + entries)])
    }

    private func detailed(_ rows: [SwitchView.Row]) -> MarkupElement {
        let entries = rows.map { row in
            MarkupElement(
                "l2ng-l2ald-mac-entry-vlan", attributes: [("junos:style", "extensive")],
                [MarkupElement("l2ng-l2-mac-address", row.mac.description)] + counts(rows) + [
                    MarkupElement("l2ng-l2-vlan-id", row.vlan.tag.description),
                    MarkupElement("l2ng-l2-mac-vlan-name", row.vlan.name),
                    MarkupElement("l2ng-l2-mac-logical-interface", (row.port?.name ?? "") + ".0"),
                    MarkupElement("l2ng-l2-mac-entry-flags", "in_hash,in_ifd,in_ifl,in_vlan,in_rtt,kernel,in_ifbd"),
                ])
        }
        return MarkupElement("l2ng-l2ald-rtb-macdb", entries)
    }

    private func counts(_ rows: [SwitchView.Row]) -> [MarkupElement] {
        [
            MarkupElement("mac-count-global", String(rows.count)), MarkupElement("learnt-mac-count", String(rows.count)),
            MarkupElement("l2ng-l2-mac-routing-instance", "default-switch"),
        ]
    }

    /// `show vlans [NAME] [detail]`
    func enhancedVLANs(_ words: [String]) -> JunosTable? {
        let styles = words.filter { ["brief", "detail", "extensive"].contains($0) }
        let names = words.filter { !styles.contains($0) }
        let chosen = device.site.vlans.filter { names.isEmpty || names.contains($0.name) || names.contains($0.tag.description) }
        if chosen.isEmpty, let name = names.first { return JunosTable(text: "error: vlan \(name) does not exist\n") }
        var text = "\nRouting instance        VLAN name             Tag          Interfaces\n"
        for vlan in chosen {
            text += "default-switch".left(24) + vlan.name.left(22) + vlan.tag.description.left(9) + "\n"
            text += view.members(of: vlan.tag).map { String(repeating: " ", count: 59) + starred($0) + "\n" }.joined()
        }
        if names.isEmpty { text += "default-switch".left(24) + "default".left(22) + "1".left(9) + "\n" }
        return JunosTable(text: text, xml: enhancedXML(chosen))
    }

    private func starred(_ port: PortState) -> String { port.name + ".0" + (isUp(port) ? "*" : "") }

    private func enhancedXML(_ vlans: [SiteVLAN]) -> MarkupElement {
        let groups = vlans.map { vlan in
            let members = view.members(of: vlan.tag).map { port in
                MarkupElement(
                    "l2ng-l2rtb-vlan-member",
                    [
                        MarkupElement("l2ng-l2rtb-vlan-member-interface", starred(port)),
                        MarkupElement("l2ng-l2rtb-vlan-member-tagness", port.untagged == vlan.tag ? "untagged" : "tagged"),
                        MarkupElement("l2ng-l2rtb-vlan-member-interface-mode", port.tagged.isEmpty ? "access" : "trunk"),
                    ])
            }
            return MarkupElement(
                "l2ng-l2ald-vlan-instance-group", attributes: [("junos:style", "detail")],
                [
                    MarkupElement("l2ng-l2rtb-name", "default-switch"), MarkupElement("l2ng-l2rtb-vlan-name", vlan.name),
                    MarkupElement("l2ng-l2rtb-vlan-tag", vlan.tag.description),
                ] + members)
        }
        return MarkupElement(
            "l2ng-l2ald-vlan-instance-information",
            attributes: [("xmlns", "http://xml.juniper.net/junos/\(release)/junos-l2al"), ("junos:style", "detail")], groups)
    }
}
