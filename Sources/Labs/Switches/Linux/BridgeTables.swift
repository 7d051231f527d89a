internal import Facts

/// What iproute2 prints of a bridge: its FDB, its VLANs, its ports, and the neighbours of its routed interfaces.
///
/// - Source: `fixtures/nodes/bridge` (iproute2 6.1.0, byte-exact).
struct BridgeTables: Sendable {
    let view: SwitchView

    private struct Entry {
        var mac: MACAddress
        var port: String
        var vlan: VLANID?
        var isPermanent: Bool
    }

    /// Learned addresses of each port, then the port's own; the routed interfaces' are the bridge's own.
    private var entries: [Entry] {
        let rows = view.rows()
        let ports = view.switching.flatMap { port -> [Entry] in
            let learned = rows.filter { $0.port?.name == port.name }.map {
                Entry(mac: $0.mac, port: port.name, vlan: $0.vlan.tag, isPermanent: false)
            }
            let own = (port.carried.map { $0 as VLANID? } + [nil]).map {
                Entry(mac: view.mac(of: port), port: port.name, vlan: $0, isPermanent: true)
            }
            return learned + own
        }
        let routed = rows.filter(\.isOwn).map { Entry(mac: $0.mac, port: view.bridge, vlan: $0.vlan.tag, isPermanent: true) }
        return ports + routed
    }

    /// `bridge fdb show`
    func fdb() -> ShownTable {
        let text = entries.map { entry in
            "\(entry.mac) dev \(entry.port) " + (entry.vlan.map { "vlan \($0) " } ?? "")
                + "master \(view.bridge) " + (entry.isPermanent ? "permanent\n" : "\n")
        }.joined()
        let values = entries.map { entry -> JSONValue in
            var members: [JSONValue.Member] = [
                .init("mac", .string(entry.mac.description)), .init("ifname", .string(entry.port)),
            ]
            if let vlan = entry.vlan { members.append(.init("vlan", .integer(vlan.number))) }
            members += [
                .init("flags", []), .init("master", .string(view.bridge)), .init("state", entry.isPermanent ? "permanent" : ""),
            ]
            return .object(members)
        }
        return ShownTable(text, json: .array(values))
    }

    /// `bridge vlan show`
    func vlans() -> ShownTable {
        let routed = view.device.gateways.map(\.vlan).sorted()
        let ports = view.switching.map { (name: $0.name, vlans: $0.carried, untagged: $0.untagged) }
        let all = (ports + [(name: view.bridge, vlans: routed, untagged: nil)]).filter { !$0.vlans.isEmpty }
        var text = "port              vlan-id  \n"
        for port in all {
            for (index, vlan) in port.vlans.enumerated() {
                text += (index == 0 ? port.name : "").left(18) + vlan.description
                text += vlan == port.untagged ? " PVID Egress Untagged\n" : "\n"
            }
        }
        let values = all.map { port -> JSONValue in
            let vlans = port.vlans.map { vlan -> JSONValue in
                vlan == port.untagged
                    ? ["vlan": .integer(vlan.number), "flags": ["PVID", "Egress Untagged"]] : ["vlan": .integer(vlan.number)]
            }
            return ["ifname": .string(port.name), "vlans": .array(vlans)]
        }
        return ShownTable(text, json: .array(values))
    }

    /// `bridge link show`
    func links() -> ShownTable {
        let records = LinuxSwitchLinks(view: view).records.filter { $0.master == view.bridge }
        let rows = records.map { link in
            (link: link, state: state(of: link))
        }
        let text = rows.map { row in
            "\(row.link.index): \(row.link.name): <\(row.link.flags.joined(separator: ","))> mtu \(row.link.mtuBytes) "
                + "master \(view.bridge) state \(row.state) priority 32 cost 100 \n"
        }.joined()
        let values = rows.map { row -> JSONValue in
            [
                "ifindex": .integer(row.link.index), "ifname": .string(row.link.name),
                "flags": .array(row.link.flags.map { .string($0) }), "mtu": .integer(row.link.mtuBytes),
                "master": .string(view.bridge), "state": .string(row.state), "priority": 32, "cost": 100,
            ]
        }
        return ShownTable(text, json: .array(values))
    }

    private func state(of link: LinkRecord) -> String {
        guard let port = view.device.port(link.name), view.isUp(port) else { return "disabled" }
        return port.spanningTreeForwarding ? "forwarding" : "blocking"
    }

    /// `ip neigh show`
    func neighbours() -> ShownTable {
        let rows = view.neighbours.map { row in
            (row: row, state: row.isStatic ? "PERMANENT" : view.ageSeconds(row) < 30 ? "REACHABLE" : "STALE")
        }
        let text = rows.map { "\($0.row.address) dev \($0.row.interface) lladdr \($0.row.mac) \($0.state) \n" }.joined()
        let values = rows.map { row -> JSONValue in
            [
                "dst": .string(row.row.address.description), "dev": .string(row.row.interface),
                "lladdr": .string(row.row.mac.description), "state": [.string(row.state)],
            ]
        }
        return ShownTable(text, json: .array(values))
    }
}

extension PortState {
    /// All VLANs that the port carries, in order.
    var carried: [VLANID] { (tagged + (untagged.map { [$0] } ?? [])).sorted() }
}
