internal import Facts

/// The MAC table of NX-OS: `show mac address-table`; text, JSON (`| json`, `| json native`, NX-API) and XML.
enum NXOSMACTable {
    static let expectation = TableExpectation(platform: .nxos, table: "MAC table")

    static func read(_ text: String) throws(DialectError) -> Reading<FDBEntry> {
        switch try Payload.find(in: text) {
        case .json(let tree): try readFields(tree, form: "json")
        case .xml(let tree): try readFields(tree, form: "xml")
        case .text(let lines): try TableWalk.read(lines, NXOSMACGrammar(), expecting: expectation)
        }
    }

    /// One row is an object and several a list, or each row stands in a table of its own: in the tree they are all rows.
    private static func readFields(_ tree: FieldTree, form: String) throws(DialectError) -> Reading<FDBEntry> {
        var rows = FieldRows<FDBEntry>(tree: tree, form: form)
        for entry in tree.descendants(named: ["ROW_mac_address"]) where !entry.isEmpty {
            let address = entry.first("disp_mac_addr")
            guard let mac = address.flatMap({ MACAddress($0.joinedText) }), entry.all("disp_mac_addr").count == 1 else {
                rows.doubt(entry)
                continue
            }
            rows.consume(address)
            let vlan = entry.value("disp_vlan").flatMap { $0 == "-" ? nil : $0 }
            let ports = ports(entry.first("disp_port")?.text ?? "")
            rows.append(
                FDBEntry(
                    vlan: vlan, vlanID: vlan.flatMap { VLANID($0) }, mac: mac, type: type(of: entry), interface: ports.first,
                    interfaces: ports.count > 1 ? ports : [], ageSeconds: entry.value("disp_age").flatMap(age)))
        }
        rows.reportStrayMACs(except: [])
        let isTable = tree.number(of: "TABLE_mac_address") != nil || tree.number(of: "TABLE_mac_address[]") != nil
        return try rows.reading(isTable: isTable || tree.number(of: "address-table") != nil, expecting: expectation)
    }

    /// Newer releases put the flag (`* `) into disp_type and say `disabled` or `enabled` in disp_is_static; older and newer
    /// ones also print the word.
    private static func type(of entry: Field) -> String {
        for name in ["disp_type", "disp_is_static"] {
            guard let text = entry.value(name)?.lowercased() else { continue }
            switch text {
            case "dynamic", "disabled", "false", "0": return "dynamic"
            case "static", "enabled", "true", "1": return "static"
            case _ where text.utf8.count > 2: return text
            default: continue
            }
        }
        return "dynamic"
    }

    private static func age(_ text: String) -> Int? { Substring(text).decimal ?? Ages.iso(text) ?? Ages.clock(text) }

    /// `Po1 Eth1/1` are two ports; `sup-eth1(R) (Lo0)` and `vPC Peer-Link` are one destination of several words.
    static func ports(_ text: some StringProtocol) -> [InterfaceName] {
        let whole = Substring(text).trimmedBlanks
        guard !whole.isEmpty else { return [] }
        let parts = whole.utf8.split { $0 == 0x20 || $0 == 0x2c || $0 == 0x09 }.map { Substring($0) }
        guard parts.count > 1, parts.allSatisfy({ PortWord.isPort($0) }) else { return [InterfaceName(whole)] }
        return parts.map { InterfaceName($0) }
    }
}

extension Field {
    /// True when it has neither children nor text.
    var isEmpty: Bool { children.first { _ in true } == nil && text.isEmpty }
}
