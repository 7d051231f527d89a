internal import Facts

/// EOS' VLANs: `show vlan`; text and JSON.
enum EOSVLANs {
    static let expectation = TableExpectation(platform: .eos, table: "VLAN table")

    static func read(_ text: String) throws(DialectError) -> Reading<VLANEntry> {
        switch try Payload.find(in: text) {
        case .json(let tree): try readFields(tree)
        case .xml(let tree): try ForeignPayload.refuse(tree, expecting: expectation)
        case .text(let lines): try TableWalk.read(lines, VLANBriefGrammar(), expecting: expectation)
        }
    }

    private static func readFields(_ tree: FieldTree) throws(DialectError) -> Reading<VLANEntry> {
        var rows = FieldRows<VLANEntry>(tree: tree, form: "json")
        let tables = tree.descendants(named: ["vlans"])
        for entry in tables.flatMap({ Array($0.children) }) {
            guard let id = VLANID(entry.name) else {
                rows.doubt(entry)
                continue
            }
            let members = entry.first("interfaces").map {
                $0.children.map { VLANEntry.Member(interface: InterfaceName($0.name)) }
            }
            rows.append(VLANEntry(vlanID: id, name: entry.first("name")?.text, members: members ?? []))
        }
        return try rows.reading(isTable: !tables.isEmpty, expecting: expectation)
    }
}

/// EOS' interface states: `show interfaces`, `show interfaces status`, `show ip interface brief`; text and JSON.
enum EOSInterfaces {
    static let expectation = TableExpectation(platform: .eos, table: "list of interface states")

    static func read(_ text: String) throws(DialectError) -> Reading<InterfaceState> {
        switch try Payload.find(in: text) {
        case .json(let tree): try readFields(tree)
        case .xml(let tree): try ForeignPayload.refuse(tree, expecting: expectation)
        case .text(let lines): try TableWalk.read(lines, InterfaceStateGrammar(), expecting: expectation)
        }
    }

    /// Other tables whose rows name `interfaces`.
    private static let others: Set<String> = ["vlans", "spanningTreeInstances", "unicastTable", "multicastTable"]

    private static func readFields(_ tree: FieldTree) throws(DialectError) -> Reading<InterfaceState> {
        var rows = FieldRows<InterfaceState>(tree: tree, form: "json")
        let tables = tree.descendants(named: ["interfaces", "interfaceStatuses"]).filter { !$0.isBelow(others) }
        for entry in tables.flatMap({ Array($0.children) }) where !entry.name.hasPrefix("@") {
            let status = entry.value("interfaceStatus", "linkStatus")
            var row = InterfaceState(interface: InterfaceName(entry.name))
            row.operUp = entry.value("lineProtocolStatus").map { $0 == "up" } ?? status.map { $0 == "connected" }
            row.adminUp = status.map { $0 != "disabled" && $0 != "adminDown" }
            if status == "errdisabled" { row.blocking = "err-disabled" }
            for address in entry.descendants(named: ["primaryIp", "ipAddr"]) {
                if let ip = address.value("address").flatMap({ IPAddress($0) }), !ip.octets.allSatisfy({ $0 == 0 }),
                    let length = address.value("maskLen").flatMap({ Int($0) }), let prefix = IPPrefix(ip, length: length)
                {
                    row.addresses.append(prefix)
                }
            }
            rows.append(row)
        }
        return try rows.reading(isTable: !tables.isEmpty, expecting: expectation)
    }
}

/// EOS' LLDP neighbours: `show lldp neighbors [detail]`; text and JSON.
enum EOSLLDP {
    static let expectation = TableExpectation(platform: .eos, table: "list of LLDP neighbours")

    static func read(_ text: String) throws(DialectError) -> Reading<LLDPNeighbour> {
        switch try Payload.find(in: text) {
        case .json(let tree): try readFields(tree)
        case .xml(let tree): try ForeignPayload.refuse(tree, expecting: expectation)
        case .text(let lines): try TableWalk.read(lines, LLDPGrammar(), expecting: expectation)
        }
    }

    private static func readFields(_ tree: FieldTree) throws(DialectError) -> Reading<LLDPNeighbour> {
        var rows = FieldRows<LLDPNeighbour>(tree: tree, form: "json")
        for entry in tree.descendants(named: ["lldpNeighbors"]) {
            if let port = entry.value("port") {
                rows.append(
                    LLDPNeighbour(
                        localInterface: InterfaceName(port), neighbour: entry.first("neighborDevice")?.text,
                        neighbourInterface: entry.first("neighborPort")?.text))
                continue
            }
            for local in entry.children {
                for info in local.all("lldpNeighborInfo") where !info.isEmpty {
                    let remote = info.first("neighborInterfaceInfo")
                    rows.append(
                        LLDPNeighbour(
                            localInterface: InterfaceName(local.name), neighbour: info.first("systemName")?.text,
                            neighbourInterface: remote?.first("interfaceId_v2", "interfaceId").map { unquoted($0.text) },
                            chassisID: info.first("chassisId")?.text))
                }
            }
        }
        let isTable = tree.number(of: "lldpNeighbors") != nil || tree.number(of: "lldpNeighbors[]") != nil
        return try rows.reading(isTable: isTable, expecting: expectation)
    }

    /// EOS quotes the name once more inside its string.
    private static func unquoted(_ text: String) -> String {
        text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"") ? String(text.dropFirst().dropLast()) : text
    }
}
