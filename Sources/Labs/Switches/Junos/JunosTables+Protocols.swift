internal import Facts

/// What the switch heard from others: spanning tree and LLDP.
extension JunosTables {
    /// `show spanning-tree interface`
    ///
    /// - Source: Juniper's EX reference.
    func spanningTree() -> JunosTable {
        var text = "\nSpanning tree interface parameters for instance 0\n\n"
        text += "Interface    Port ID    Designated      Designated         Port    State  Role\n"
        text += "                         port ID        bridge ID          Cost\n"
        let bridge = "32768." + (device.gateways.first?.mac ?? device.site.mac).description.filter { $0 != ":" }
        for (index, port) in view.switching.enumerated() {
            let id = "128:\(513 + index)"
            let (state, role) = treeState(of: port)
            text +=
                pad(port.name + ".0", 13) + pad(id, 11) + pad(id, 12) + pad(bridge, 26) + pad("20000", 7) + pad(state, 7) + role
                + "\n"
        }
        let entries = view.switching.enumerated().map { index, port in
            let (state, role) = treeState(of: port)
            let mac = device.gateways.first?.mac ?? device.site.mac
            return MarkupElement(
                "stp-interface-entry",
                [
                    MarkupElement("interface-name", port.name + (isELS ? "" : ".0")),
                    MarkupElement("interface-id", "128:\(513 + index)"),
                    MarkupElement("designated-bridge-priority", "32768"),
                    MarkupElement("designated-bridge-mac", mac.description), MarkupElement("port-cost", "20000"),
                    MarkupElement("port-state", state), MarkupElement("port-role", role),
                ])
        }
        let instance = MarkupElement(
            "stp-instance", [MarkupElement("stp-instance-id", "0"), MarkupElement("stp-interfaces", entries)])
        let xml = MarkupElement(
            "stp-interface-information",
            attributes: [("xmlns", "http://xml.juniper.net/junos/\(release)/junos-l2cpd")], [instance])
        return JunosTable(text: text, xml: xml)
    }

    private func treeState(of port: PortState) -> (state: String, role: String) {
        guard isUp(port) else { return ("BLK", "DIS") }
        return port.spanningTreeForwarding ? ("FWD", "DESG") : ("BLK", "ALT")
    }

    /// `show lldp neighbors`
    ///
    /// - Source: `fixtures/switches/junos/lldp`. Without ELS the local interface has its unit.
    func neighbours() -> JunosTable {
        var text = "Local Interface    Parent Interface    Chassis Id          Port info          System Name\n"
        for entry in view.heard {
            text += pad(local(entry), 19) + pad(parent(entry), 20) + pad(entry.chassis.description, 20)
            text += pad(entry.port, 19) + entry.system + "\n"
        }
        let rows = view.heard.map { entry in
            let port =
                entry.isHost
                ? [MarkupElement("lldp-remote-port-description", entry.port)]
                : [
                    MarkupElement("lldp-remote-port-id-subtype", "Interface name"),
                    MarkupElement("lldp-remote-port-id", entry.port),
                ]
            return MarkupElement(
                "lldp-neighbor-information",
                [
                    MarkupElement(isELS ? "lldp-local-port-id" : "lldp-local-interface", local(entry)),
                    MarkupElement("lldp-local-parent-interface-name", parent(entry)),
                    MarkupElement("lldp-remote-chassis-id-subtype", "Mac address"),
                    MarkupElement("lldp-remote-chassis-id", entry.chassis.description),
                ] + port + [MarkupElement("lldp-remote-system-name", entry.system)])
        }
        return JunosTable(
            text: text, xml: MarkupElement("lldp-neighbors-information", attributes: [("junos:style", "brief")], rows))
    }

    private func local(_ entry: HeardNeighbour) -> String { entry.local + (isELS ? "" : ".0") }
    private func parent(_ entry: HeardNeighbour) -> String { device.port(entry.local)?.aggregate ?? "-" }
}
