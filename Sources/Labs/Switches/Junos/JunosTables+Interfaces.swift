internal import Facts

/// `show interfaces`, terse and of one interface.
extension JunosTables {
    private struct Logical {
        var name: String
        var isUp: Bool
        var family: String
        var address: String?
        /// The unit of the aggregate that the port is a member of: `ae0.0`.
        var bundle: String?
    }

    private struct Physical {
        var name: String
        var adminUp: Bool
        var linkUp: Bool
        var logical: [Logical]
    }

    private var physicals: [Physical] {
        var list = device.ports.map { port in
            let bundle = port.aggregate.map { $0 + ".0" }
            let family = bundle == nil ? "eth-switch" : "aenet"
            return Physical(
                name: port.name, adminUp: port.adminUp, linkUp: isUp(port),
                logical: [Logical(name: port.name + ".0", isUp: isUp(port), family: family, bundle: bundle)])
        }
        let routed = device.gateways.map {
            Logical(name: $0.interface, isUp: $0.adminUp, family: "inet", address: $0.address.description)
        }
        if let name = routed.first?.name.prefix(while: { $0 != "." }) {
            list.append(Physical(name: String(name), adminUp: true, linkUp: true, logical: routed))
        }
        return list
    }

    /// `show interfaces terse [NAME]` and `show interfaces NAME [terse]`
    func interfaces(_ words: [String]) -> JunosTable? {
        let names = words.filter { $0 != "terse" }
        guard names.count <= 1 else { return nil }
        guard words.contains("terse") else { return names.first.flatMap(interface) }
        guard let name = names.first else { return terse(physicals) }
        let chosen = physicals.compactMap { physical -> Physical? in
            if physical.name == name { return physical }
            var one = physical
            one.logical = physical.logical.filter { $0.name == name }
            return one.logical.isEmpty ? nil : one
        }
        return chosen.isEmpty
            ? JunosTable(text: "error: device \(name) not found\n") : terse(chosen, onlyUnit: name.contains("."))
    }

    private func terse(_ list: [Physical], onlyUnit: Bool = false) -> JunosTable {
        var text = "Interface               Admin Link Proto    Local                 Remote\n"
        for physical in list {
            if !onlyUnit { text += row(physical.name, physical.adminUp, physical.linkUp, "") }
            for unit in physical.logical {
                // A unit is up for its administrator even where its physical interface is not.
                let address = (unit.address ?? unit.bundle.map { "--> " + $0 }).map { pad(unit.family, 9) + $0 } ?? unit.family
                text += row(unit.name, unit.address == nil || unit.isUp, unit.isUp, address)
            }
        }
        let elements = list.map { physical in
            let units = physical.logical.map(element)
            return onlyUnit
                ? units[0]
                : MarkupElement(
                    "physical-interface",
                    [
                        MarkupElement("name", physical.name), MarkupElement("admin-status", physical.adminUp ? "up" : "down"),
                        MarkupElement("oper-status", physical.linkUp ? "up" : "down"),
                    ] + units)
        }
        let xml = MarkupElement(
            "interface-information",
            attributes: [("xmlns", "http://xml.juniper.net/junos/\(release)/junos-interface"), ("junos:style", "terse")], elements
        )
        return JunosTable(text: text, xml: xml)
    }

    private func row(_ name: String, _ admin: Bool, _ link: Bool, _ rest: String) -> String {
        var line = pad(name, 24) + pad(admin ? "up" : "down", 6) + pad(link ? "up" : "down", 5) + rest
        while line.hasSuffix(" ") { line.removeLast() }
        return line + "\n"
    }

    private func element(_ unit: Logical) -> MarkupElement {
        var family = [MarkupElement("address-family-name", unit.family)]
        if let bundle = unit.bundle { family.append(MarkupElement("ae-bundle-name", bundle)) }
        if let address = unit.address { family.append(MarkupElement("interface-address", [MarkupElement("ifa-local", address)])) }
        return MarkupElement(
            "logical-interface",
            [
                MarkupElement("name", unit.name), MarkupElement("admin-status", unit.address == nil || unit.isUp ? "up" : "down"),
                MarkupElement("oper-status", unit.isUp ? "up" : "down"), MarkupElement("address-family", family),
            ])
    }

    private func interface(_ name: String) -> JunosTable {
        if let gateway = device.gateways.first(where: { $0.interface == name }) {
            let address = gateway.address
            return JunosTable(
                text: "  Logical interface \(name) (Index 66) (SNMP ifIndex 516)\n"
                    + "    Flags: \(gateway.adminUp ? "Up" : "Down") SNMP-Traps 0x0 Encapsulation: ENET2\n"
                    + "    Protocol inet, MTU: 1500\n      Addresses, Flags: Is-Preferred Is-Primary\n"
                    + "        Destination: \(address.network), Local: \(address.address), Broadcast: \(address.lastAddress)\n")
        }
        let wanted = name.hasSuffix(".0") ? String(name.dropLast(2)) : name
        guard let port = device.port(wanted) else { return JunosTable(text: "error: device \(name) not found\n") }
        let admin = port.adminUp ? "Enabled" : "Administratively down"
        return JunosTable(
            text: "Physical interface: \(wanted), \(admin), Physical link is \(isUp(port) ? "Up" : "Down")\n"
                + "  Interface index: 131, SNMP ifIndex: 503\n"
                + "  Link-level type: Ethernet, MTU: 9216, Speed: 1000mbps, Duplex: Full-Duplex, BPDU Error: None, "
                + "MAC-REWRITE Error: None\n\n  Logical interface \(wanted).0 (Index 67) (SNMP ifIndex 504)\n"
                + "    Flags: SNMP-Traps 0x0 Encapsulation: ENET2\n    Protocol eth-switch\n")
    }
}
