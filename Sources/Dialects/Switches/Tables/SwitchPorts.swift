internal import Facts

/// How ports carry VLANs: `show interfaces switchport` of IOS (text), EOS (text and JSON) and NX-OS (text, JSON and XML).
enum SwitchPorts {
    static func read(_ text: String, of platform: Platform) throws(DialectError) -> Reading<PortVLANs> {
        let expectation = TableExpectation(platform: platform, table: "list of switch ports (show interfaces switchport)")
        switch try Payload.find(in: text) {
        case .text(let lines): return try TableWalk.read(lines, SwitchPortGrammar(), expecting: expectation)
        case .json(let tree) where platform == .eos: return try eos(tree, expectation)
        case .json(let tree) where platform == .nxos: return try nxos(tree, "json", expectation)
        case .xml(let tree) where platform == .nxos: return try nxos(tree, "xml", expectation)
        case .json(let tree), .xml(let tree): return try ForeignPayload.refuse(tree, expecting: expectation)
        }
    }

    private static func eos(_ tree: FieldTree, _ expectation: TableExpectation) throws(DialectError) -> Reading<PortVLANs> {
        var rows = FieldRows<PortVLANs>(tree: tree, form: "json")
        let tables = tree.descendants(named: ["switchports"])
        for entry in tables.flatMap({ Array($0.children) }) where !entry.name.hasPrefix("@") {
            let info = entry.first("switchportInfo")
            var row = PortVLANs(interface: InterfaceName(entry.name), isSwitched: entry.value("enabled").map { $0 == "true" })
            row.mode = info?.value("mode")
            row.accessVLAN = info?.value("accessVlanId").flatMap { VLANID($0) }
            row.nativeVLAN = info?.value("trunkingNativeVlanId").flatMap { VLANID($0) }
            row.voiceVLAN = info?.value("phoneVlan").flatMap { VLANID($0) }
            row.allowed = info?.value("trunkAllowedVlans").flatMap { VLANSet($0) }
            rows.append(row)
        }
        return try rows.reading(isTable: !tables.isEmpty, expecting: expectation)
    }

    private static func nxos(_ tree: FieldTree, _ form: String, _ expectation: TableExpectation) throws(DialectError)
        -> Reading<PortVLANs>
    {
        var rows = FieldRows<PortVLANs>(tree: tree, form: form)
        let found = tree.descendants(named: ["ROW_interface"]).filter { $0.first("switchport") != nil }
        for entry in found {
            guard let name = entry.value("interface") else {
                rows.doubt(entry)
                continue
            }
            rows.append(
                PortVLANs(
                    interface: InterfaceName(name), isSwitched: entry.value("switchport").map { $0.lowercased() == "enabled" },
                    mode: entry.value("oper_mode"), accessVLAN: entry.value("access_vlan").flatMap { VLANID($0) },
                    nativeVLAN: entry.value("native_vlan").flatMap { VLANID($0) },
                    voiceVLAN: entry.value("voice_vlan").flatMap { VLANID($0) },
                    allowed: entry.value("trunk_vlans").flatMap { VLANSet($0) }))
        }
        return try rows.reading(isTable: !found.isEmpty, expecting: expectation)
    }
}
