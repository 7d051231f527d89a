internal import Facts

/// NX-OS' VLANs: `show vlan [brief]`; text, JSON and XML.
enum NXOSVLANs {
    static let expectation = TableExpectation(platform: .nxos, table: "VLAN table")

    static func read(_ text: String) throws(DialectError) -> Reading<VLANEntry> {
        switch try Payload.find(in: text) {
        case .json(let tree): try readFields(tree, form: "json")
        case .xml(let tree): try readFields(tree, form: "xml")
        case .text(let lines): try TableWalk.read(lines, VLANBriefGrammar(), expecting: expectation)
        }
    }

    private static func readFields(_ tree: FieldTree, form: String) throws(DialectError) -> Reading<VLANEntry> {
        var rows = FieldRows<VLANEntry>(tree: tree, form: form)
        let found = tree.descendants(named: ["ROW_vlanbriefxbrief", "ROW_vlanbrief", "ROW_vlanbriefid"])
        for entry in found where !entry.isEmpty {
            guard let id = entry.value("vlanshowbr-vlanid-utf", "vlanshowbr-vlanid").flatMap({ VLANID($0) }) else {
                rows.doubt(entry)
                continue
            }
            // The list is one text, or a list of texts when it is long.
            let names = entry.all("vlanshowplist-ifidx").flatMap { $0.joinedText.split(separator: ",") }
            rows.append(
                VLANEntry(
                    vlanID: id, name: entry.first("vlanshowbr-vlanname")?.text,
                    members: names.flatMap { expand(Substring($0)) }.map { VLANEntry.Member(interface: InterfaceName($0)) }))
        }
        return try rows.reading(isTable: !found.isEmpty, expecting: expectation)
    }

    /// `Ethernet1/3-5` is three ports.
    static func expand(_ text: Substring) -> [String] {
        guard let dash = text.utf8.lastIndex(of: 0x2d), let last = text[text.utf8.index(after: dash)...].decimal else {
            return [String(text)]
        }
        let head = text[..<dash]
        let digits = head.utf8.reversed().prefix { (0x30...0x39).contains($0) }.count
        guard digits > 0, let first = Substring(head.utf8.suffix(digits)).decimal, first <= last, last - first < 512 else {
            return [String(text)]
        }
        return (first...last).map { String(Substring(head.utf8.dropLast(digits))) + String($0) }
    }
}

/// NX-OS' interface states: `show interface`, `show interface status`, `show ip interface brief`; text, JSON and XML.
enum NXOSInterfaces {
    static let expectation = TableExpectation(platform: .nxos, table: "list of interface states")

    static func read(_ text: String) throws(DialectError) -> Reading<InterfaceState> {
        switch try Payload.find(in: text) {
        case .json(let tree): try readFields(tree, form: "json")
        case .xml(let tree): try readFields(tree, form: "xml")
        case .text(let lines): try TableWalk.read(lines, InterfaceStateGrammar(), expecting: expectation)
        }
    }

    private static func readFields(_ tree: FieldTree, form: String) throws(DialectError) -> Reading<InterfaceState> {
        var rows = FieldRows<InterfaceState>(tree: tree, form: form)
        let found = tree.descendants(named: ["ROW_interface", "ROW_intf"])
        for entry in found where !entry.isEmpty {
            guard let name = entry.value("interface", "intf-name") else {
                rows.doubt(entry)
                continue
            }
            var row = InterfaceState(interface: InterfaceName(name))
            row.operUp = entry.value("svi_line_proto", "state", "proto-state").map { $0 == "up" || $0 == "connected" }
            row.adminUp = entry.value("admin_state", "svi_admin_state", "admin-state").map { $0 == "up" }
            // `errDisabled`, `linkFlapErrDisabled`, `BPDUGuard errDisable`.
            if entry.value("state_rsn_desc")?.lowercased().contains("errdisable") == true { row.blocking = "err-disabled" }
            if let address = entry.value("eth_ip_addr", "svi_ip_addr", "prefix").flatMap({ IPAddress($0) }),
                let length = entry.value("eth_ip_mask", "svi_ip_mask").flatMap({ Int($0) }),
                let prefix = IPPrefix(address, length: length)
            {
                row.addresses = [prefix]
            }
            rows.append(row)
        }
        return try rows.reading(isTable: !found.isEmpty, expecting: expectation)
    }
}

/// NX-OS' LLDP neighbours: `show lldp neighbors [detail]`; text, JSON and XML.
enum NXOSLLDP {
    static let expectation = TableExpectation(platform: .nxos, table: "list of LLDP neighbours")

    static func read(_ text: String) throws(DialectError) -> Reading<LLDPNeighbour> {
        switch try Payload.find(in: text) {
        case .json(let tree): try readFields(tree, form: "json")
        case .xml(let tree): try readFields(tree, form: "xml")
        case .text(let lines): try TableWalk.read(lines, LLDPGrammar(), expecting: expectation)
        }
    }

    private static func readFields(_ tree: FieldTree, form: String) throws(DialectError) -> Reading<LLDPNeighbour> {
        var rows = FieldRows<LLDPNeighbour>(tree: tree, form: form)
        for entry in tree.descendants(named: ["ROW_nbor", "ROW_nbor_detail"]) where !entry.isEmpty {
            guard let local = entry.value("l_port_id") else {
                rows.doubt(entry)
                continue
            }
            let chassis = said(entry.first("chassis_id"))
            let name = said(entry.first("sys_name"))
            // The short table prints the neighbour's name in place of its chassis.
            let isShort = entry.name == "ROW_nbor" && name == nil
            rows.append(
                LLDPNeighbour(
                    localInterface: InterfaceName(local), neighbour: isShort ? chassis : name,
                    neighbourInterface: said(entry.first("port_id")) ?? said(entry.first("port_desc")),
                    chassisID: isShort ? nil : chassis))
        }
        let isTable = ["TABLE_nbor", "TABLE_nbor_detail", "neigh_count"].contains { tree.number(of: $0) != nil }
        return try rows.reading(isTable: isTable, expecting: expectation)
    }

    /// Nil where the neighbour said nothing, as in the text.
    private static func said(_ field: Field?) -> String? {
        guard let text = field?.text, !text.isEmpty, text != "null", text != "not advertised" else { return nil }
        return text
    }
}
