internal import Facts

/// The spanning tree of EOS.
///
/// - Source: `fixtures/switches/eos/spanning-tree`.
extension EOSTables {
    /// `show spanning-tree`: an instance for each VLAN; a port that is down is in none.
    func spanningTree() -> ShownTable {
        let instances = view.device.site.vlans.map { vlan in
            (vlan: vlan, ports: view.members(of: vlan.tag).filter(view.isUp))
        }
        let bridge = view.device.site.mac
        let text = instances.map { instance in
            let priority = 32768 + instance.vlan.tag.number
            var text = "VL\(instance.vlan.tag)\n  Spanning tree enabled protocol rapid-pvst\n"
            text += "  Root ID    Priority    \(priority)\n             Address     \(bridge.dotted)\n"
            text += "             This bridge is the root\n\n"
            text += "  Bridge ID  Priority    \(priority)  (priority 32768 sys-id-ext \(instance.vlan.tag))\n"
            text += "             Address     \(bridge.dotted)\n"
            text += "             Hello Time  2.000 sec  Max Age 20 sec  Forward Delay 15 sec\n\n"
            text += "Interface        Role       State      Cost      Prio.Nbr Type\n"
            text += "---------------- ---------- ---------- --------- -------- --------------------\n"
            return text
                + instance.ports.map { port in
                    let (state, role) = Self.treeState(of: port)
                    return Self.short(port.name).left(17) + role.left(11) + state.left(11) + "2000".left(10)
                        + "128.\(number(of: port))".left(9) + "P2p\n"
                }.joined() + "\n"
        }.joined()
        let json = instances.map { instance in
            let ports = instance.ports.map { port in
                let (state, role) = Self.treeState(of: port)
                return JSONValue.Member(
                    port.name,
                    [
                        "state": .string(state), "role": .string(role), "cost": 2000,
                        "inconsistentFeatures": [
                            "loopGuard": false, "rootGuard": false, "mstPvstBorder": false, "bridgeAssurance": false,
                        ],
                    ])
            }
            return JSONValue.Member(
                "VL\(instance.vlan.tag)",
                [
                    "protocol": "rapidPvst",
                    "bridge": [
                        "priority": .integer(32768 + instance.vlan.tag.number), "macAddress": .string(bridge.description),
                    ], "interfaces": .object(ports),
                ])
        }
        return ShownTable(text, json: ["spanningTreeInstances": .object(json)])
    }

    private static func treeState(of port: PortState) -> (state: String, role: String) {
        port.spanningTreeForwarding ? ("forwarding", "designated") : ("discarding", "alternate")
    }

    private func number(of port: PortState) -> Int { (view.device.ports.firstIndex { $0.name == port.name } ?? 0) + 1 }
}
