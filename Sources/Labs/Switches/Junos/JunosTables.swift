internal import Facts

/// The tables of a Junos switch. Those of the MAC table and the VLANs are the ones without ELS, of EX4200 and the like;
/// `JunosTables+Enhanced` has the others.
///
/// - Source: the seed for the MAC and ARP tables; `fixtures/switches/junos` for the rest.
struct JunosTables: Sendable {
    let view: SwitchView

    var device: SwitchState { view.device }
    var now: Duration { view.now }
    var release: String { device.site.version }

    /// Whether the model has Enhanced Layer 2 Software: all but the first EX lines and SRX.
    var isELS: Bool {
        let model = device.site.model.lowercased()
        let old = ["ex2200", "ex3200", "ex3300", "ex4200", "ex4500", "ex4550", "ex6200", "ex8200", "qfx3500", "qfx3600", "srx"]
        return !old.contains { model.hasPrefix($0) }
    }

    func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    func isUp(_ port: PortState) -> Bool { view.isUp(port) }

    /// `show ethernet-switching table [vlan NAME] [interface NAME] [detail|extensive|brief]`
    func macTable(_ words: [String]) -> JunosTable? {
        var vlans = device.site.vlans
        var only: String?
        var words = words[...]
        while let word = words.popFirst() {
            switch word {
            case "vlan":
                guard let name = words.popFirst() else { return nil }
                vlans = vlans.filter { $0.name == name || $0.tag.description == name }
                if vlans.isEmpty { return JunosTable(text: "error: vlan with tag or name '\(name)' does not exist\n") }
            case "interface": only = words.popFirst()
            case "brief", "detail", "extensive": break
            default: return nil
            }
        }
        let rows = vlans.flatMap { self.rows(of: $0, only: only) }
        let unicast = rows.filter { $0.type != "Flood" }.count
        var text = "Ethernet-switching table: \(unicast) unicast entries\n"
        text += "  VLAN\t            MAC address       Type         Age Interfaces\n"
        for row in rows {
            text += "  " + pad(row.vlan.name, 18) + pad(row.mac?.description ?? "*", 18) + row.type
            text += right(row.age, 16 - row.type.count) + " " + row.interface + "\n"
        }
        return JunosTable(text: text, xml: xml(rows))
    }

    private struct Row {
        var vlan: SiteVLAN
        var mac: MACAddress?
        var type: String
        var ageSeconds: Int64?
        var interface: String

        /// `54`, from a minute on `4:05`; `-` for rows that do not age.
        var age: String {
            guard let ageSeconds else { return "-" }
            guard ageSeconds >= 60 else { return String(ageSeconds) }
            return "\(ageSeconds / 60):" + (ageSeconds % 60 < 10 ? "0" : "") + String(ageSeconds % 60)
        }
    }

    private func rows(of vlan: SiteVLAN, only: String?) -> [Row] {
        var rows = [Row(vlan: vlan, mac: nil, type: "Flood", ageSeconds: nil, interface: "All-members")]
        var known = device.live(at: now).filter { $0.vlan == vlan.tag }.map { entry in
            Row(
                vlan: vlan, mac: entry.mac, type: "Learn", ageSeconds: (now - entry.seenAt).components.seconds,
                interface: entry.port + ".0")
        }
        for gateway in device.gateways where gateway.vlan == vlan.tag {
            known.append(Row(vlan: vlan, mac: gateway.mac, type: "Static", ageSeconds: nil, interface: "Router"))
        }
        known.sort { ($0.mac?.bits ?? 0) < ($1.mac?.bits ?? 0) }
        rows += known
        guard let only else { return rows }
        return rows.filter { $0.interface == only || $0.interface == only + ".0" || $0.type == "Flood" }
    }

    private func xml(_ rows: [Row]) -> MarkupElement {
        let entries = rows.map { row in
            MarkupElement(
                "mac-table-entry", attributes: [("junos:style", "brief")],
                [
                    MarkupElement("mac-vlan", row.vlan.name), MarkupElement("mac-address", row.mac?.description ?? "*"),
                    MarkupElement("mac-type", row.type),
                    MarkupElement("mac-age", attributes: row.ageSeconds.map { [("junos:seconds", String($0))] } ?? [], row.age),
                    MarkupElement("mac-interfaces-list", [MarkupElement("mac-interfaces", row.interface)]),
                ])
        }
        let counts = [
            MarkupElement("mac-table-count", String(rows.filter { $0.type != "Flood" }.count)),
            MarkupElement("mac-table-learned", String(rows.filter { $0.type == "Learn" }.count)),
            MarkupElement("mac-table-persistent", "0"),
        ]
        return MarkupElement(
            "ethernet-switching-table-information",
            attributes: [("xmlns", "http://xml.juniper.net/junos/\(release)/junos-esw"), ("junos:style", "brief")],
            [MarkupElement("ethernet-switching-table", attributes: [("junos:style", "brief")], counts + entries)])
    }

    /// `show arp [no-resolve] [interface NAME] [vpn …]`
    func arp(_ words: [String]) -> JunosTable? {
        var interface: String?
        if let index = words.firstIndex(of: "interface"), index + 1 < words.count { interface = words[index + 1] }
        guard words.allSatisfy({ ["no-resolve", "interface"].contains($0) || $0 == interface }) else { return nil }
        let entries = device.neighbours.filter { interface == nil || $0.interface == interface }.sorted {
            $0.address < $1.address
        }
        let named = !words.contains("no-resolve")
        var text = "MAC Address       Address         " + (named ? "Name                      " : "")
        text += "Interface" + (named ? "               " : "            ") + "Flags\n"
        for entry in entries {
            text += pad(entry.mac.description, 18) + pad(entry.address.description, 16)
            if named { text += pad(entry.address.description, 26) }
            text += pad(shownInterface(of: entry), named ? 24 : 21) + (entry.isStatic ? "permanent" : "none") + "\n"
        }
        text += "Total entries: \(entries.count)\n"
        let rows = entries.map { entry in
            MarkupElement(
                "arp-table-entry",
                [
                    MarkupElement("mac-address", entry.mac.description), MarkupElement("ip-address", entry.address.description),
                    MarkupElement("interface-name", shownInterface(of: entry)),
                    MarkupElement("arp-table-entry-flags", [MarkupElement(entry.isStatic ? "permanent" : "none")]),
                ])
        }
        let xml = MarkupElement(
            "arp-table-information",
            attributes: [("xmlns", "http://xml.juniper.net/junos/\(release)/junos-arp"), ("junos:style", "no-resolve")],
            rows + [MarkupElement("arp-entry-count", String(entries.count))])
        return JunosTable(text: text, xml: xml)
    }

    /// `vlan.201`; with ELS the port that the MAC was learned on stands beside it: `irb.201 [ge-0/0/9.0]`.
    private func shownInterface(of entry: SwitchNeighbour) -> String {
        guard isELS, let gateway = view.gateway(entry.interface), let port = view.port(of: entry.mac, in: gateway.vlan) else {
            return entry.interface
        }
        return "\(entry.interface) [\(port.name).0]"
    }
}
