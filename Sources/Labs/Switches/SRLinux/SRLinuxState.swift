internal import Facts

/// SR Linux' state tree, as far as it is asked for. A VLAN is a MAC-VRF of its name; a port has a subinterface for each VLAN
/// it carries, numbered by the tag; the routed interface is a subinterface of an IRB.
///
/// - Source: the names of SR Linux' YANG models; `fixtures/switches/srlinux`.
struct SRLinuxState: Sendable {
    let view: SwitchView

    func tree(_ path: [String]) -> JSONValue? {
        if path.first == "network-instance", path.count == 4, path[2...] == ["bridge-table", "mac-table"] {
            return macTables(instance: path[1])
        }
        switch path {
        case ["interface", "*"]: return interfaces()
        case ["interface", "*", "subinterface", "*", "vlan"]: return encapsulations()
        case ["interface", "*", "subinterface", "*", "ipv4", "arp"]: return arp()
        case ["system", "lldp", "interface", "*", "neighbor", "*"]: return lldp()
        default: return nil
        }
    }

    private func macTables(instance: String) -> JSONValue {
        let vlans = view.device.site.vlans.filter { instance == "*" || $0.name == instance }
        let instances = vlans.map { vlan -> JSONValue in
            let macs = view.rows(in: vlan.tag).map { row -> JSONValue in
                let isLearnt = !row.isOwn
                return [
                    "address": .string(row.mac.description.uppercased()),
                    "destination-type": isLearnt ? "sub-interface" : "irb-interface",
                    "destination": .string(row.port.map { "\($0.name).\(vlan.tag)" } ?? "irb-interface"),
                    "destination-index": .integer(
                        row.port.flatMap { port in view.device.ports.firstIndex { $0.name == port.name } } ?? 0),
                    "type": isLearnt ? "learnt" : "irb-interface",
                    "last-update": .string(view.start.advanced(by: view.now - .seconds(row.ageSeconds ?? 0)).description),
                ]
            }
            return ["name": .string(vlan.name), "bridge-table": ["mac-table": ["mac": .array(macs)]]]
        }
        return ["network-instance": .array(instances)]
    }

    private func interfaces() -> JSONValue {
        let ports = view.device.ports.map { port -> JSONValue in
            let state: JSONValue = view.isUp(port) ? "up" : "down"
            let units = port.carried.map { tag -> JSONValue in
                ["index": .integer(tag.number), "type": "bridged", "admin-state": "enable", "oper-state": state]
            }
            var members: [JSONValue.Member] = [
                .init("name", .string(port.name)), .init("admin-state", port.adminUp ? "enable" : "disable"),
                .init("oper-state", state),
            ]
            if let aggregate = port.aggregate { members.append(.init("ethernet", ["aggregate-id": .string(aggregate)])) }
            if !units.isEmpty { members.append(.init("subinterface", .array(units))) }
            return .object(members)
        }
        let routed = view.device.gateways.map { gateway -> JSONValue in
            let (name, index) = Self.split(gateway.interface)
            let state: JSONValue = gateway.adminUp ? "up" : "down"
            let address: JSONValue = ["ip-prefix": .string(gateway.address.description), "origin": "static"]
            return [
                "name": .string(name), "admin-state": "enable", "oper-state": "up",
                "subinterface": [
                    [
                        "index": .integer(index), "admin-state": gateway.adminUp ? "enable" : "disable", "oper-state": state,
                        "ipv4": ["admin-state": "enable", "address": [address]],
                    ]
                ],
            ]
        }
        return ["interface": .array(ports + routed)]
    }

    private func encapsulations() -> JSONValue {
        let ports = view.switching.map { port -> JSONValue in
            let units = port.carried.map { tag -> JSONValue in
                let encapsulation: JSONValue =
                    port.untagged == tag ? ["untagged": [:]] : ["single-tagged": ["vlan-id": .integer(tag.number)]]
                return ["index": .integer(tag.number), "vlan": ["encap": encapsulation]]
            }
            return ["name": .string(port.name), "subinterface": .array(units)]
        }
        return ["interface": .array(ports)]
    }

    private func arp() -> JSONValue {
        let interfaces = view.device.gateways.map { gateway -> JSONValue in
            let (name, index) = Self.split(gateway.interface)
            let rows = view.neighbours.filter { $0.interface == gateway.interface }.map { row -> JSONValue in
                [
                    "ipv4-address": .string(row.address.description),
                    "link-layer-address": .string(row.mac.description.uppercased()),
                    "origin": row.isStatic ? "static" : "dynamic",
                ]
            }
            return [
                "name": .string(name),
                "subinterface": [["index": .integer(index), "ipv4": ["arp": ["timeout": 14400, "neighbor": .array(rows)]]]],
            ]
        }
        return ["interface": .array(interfaces)]
    }

    private func lldp() -> JSONValue {
        let interfaces = view.heard.map { entry -> JSONValue in
            let neighbour: JSONValue = [
                "id": .string(entry.chassis.description.uppercased()), "system-name": .string(entry.system),
                "chassis-id": .string(entry.chassis.description.uppercased()), "chassis-id-type": "MAC_ADDRESS",
                "port-id": .string(entry.portMAC?.description.uppercased() ?? entry.port),
                "port-id-type": entry.isHost ? "MAC_ADDRESS" : "INTERFACE_NAME", "port-description": .string(entry.port),
            ]
            return ["name": .string(entry.local), "neighbor": [neighbour]]
        }
        return ["system": ["lldp": ["interface": .array(interfaces)]]]
    }

    /// `irb1` and 201 of `irb1.201`.
    static func split(_ interface: String) -> (name: String, index: Int) {
        let parts = interface.split(separator: ".", maxSplits: 1).map(String.init)
        return (parts.first ?? interface, parts.count == 2 ? Int(parts[1]) ?? 0 : 0)
    }
}
