internal import Facts

/// What `lldpctl` of lldpd prints, in text and JSON.
///
/// - Source: lldpd's `display.c` and `json_writer.c`.
struct LLDPDaemonTables: Sendable {
    let view: SwitchView

    func neighbours() -> ShownTable {
        let rule = String(repeating: "-", count: 79) + "\n"
        var text = rule + "LLDP neighbors:\n" + rule
        var values: [JSONValue] = []
        for (index, entry) in view.heard.enumerated() {
            let id = entry.portMAC.map { (type: "mac", value: $0.description) } ?? (type: "ifname", value: entry.port)
            text += "Interface:    \(entry.local), via: LLDP, RID: \(index + 1), Time: 0 day, 00:01:04\n"
            text += "  Chassis:     \n    ChassisID:    mac \(entry.chassis)\n    SysName:      \(entry.system)\n"
            text += "  Port:        \n    PortID:       \(id.type) \(id.value)\n    PortDescr:    \(entry.port)\n"
            text += "    TTL:          120\n" + rule
            let chassis: JSONValue = ["id": ["type": "mac", "value": .string(entry.chassis.description)]]
            let port: JSONValue = [
                "id": ["type": .string(id.type), "value": .string(id.value)], "descr": .string(entry.port), "ttl": "120",
            ]
            let body: JSONValue = [
                "via": "LLDP", "rid": .string(String(index + 1)), "age": "0 day, 00:01:04",
                "chassis": .object([.init(entry.system, chassis)]), "port": port,
            ]
            values.append(.object([.init(entry.local, body)]))
        }
        // One neighbour is an object, several are a list, none is no member at all.
        let root: JSONValue =
            switch values.count {
            case 0: [:]
            case 1: ["interface": values[0]]
            default: ["interface": .array(values)]
            }
        return ShownTable(text, json: ["lldp": root])
    }
}
