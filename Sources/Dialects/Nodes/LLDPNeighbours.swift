package import Facts

/// `lldpctl` of lldpd: text, `-f keyvalue`, `-f json` and `-f json0`.
package enum LLDPNeighbours {
    /// One entry a neighbour, in the order of the output.
    ///
    /// Text and key-value print no entry where there is none; JSON then has no `interface`, which is stated empty.
    /// - Source: lldpd `src/client/display.c` and `json_writer.c`.
    package static func read(_ text: String) throws(DialectError) -> Reading<LLDPNeighbour> {
        let lines = TextLines(text)
        var draft = TableDraft<LLDPNeighbour>(expected: "`lldpctl` of lldpd", own: [.lldp])
        if JSONDocuments.isJSON(lines) {
            let found = try JSONDocuments(lines)
            draft.unread = found.stray
            for document in found.documents {
                guard let root = document.value["lldp"] else { continue }
                let neighbours = root.listed.flatMap { LLDPJSON.neighbours($0["interface"]) }
                draft.rows += neighbours.compactMap { $0 }
                draft.statedEmpty = neighbours.isEmpty
                if neighbours.contains(where: { $0 == nil }) {
                    draft.unread.append(UnreadLine(number: document.line, text: "a neighbour without chassis or port"))
                }
            }
            return try draft.finish(lines, form: "json")
        }
        var reader = LLDPText()
        for line in lines { reader.read(line) }
        reader.closeNeighbour()
        draft.rows = reader.neighbours
        draft.unread = reader.unread
        draft.sawOwnFurniture = reader.sawTitle
        return try draft.finish(lines, form: reader.isKeyValue ? "text/keyvalue" : "text")
    }

    /// A port id that is a MAC names no port; where there is a description it does.
    static func portName(idType: String?, id: String?, description: String?) -> String? {
        idType == "mac" || id == nil ? description ?? id : id
    }
}

private enum LLDPJSON {
    /// `{"eth0": {…}}`, a list of such, or (json0) a list of `{"name": "eth0", …}`. Nil for one that cannot be read.
    static func neighbours(_ value: JSONValue?) -> [LLDPNeighbour?] {
        guard let value else { return [] }
        return value.listed.flatMap { element -> [LLDPNeighbour?] in
            if let name = element["name"]?.text { return [neighbour(name, element)] }
            return element.members?.map { neighbour($0.key, $0.value) } ?? [nil]
        }
    }

    private static func neighbour(_ local: String, _ value: JSONValue) -> LLDPNeighbour? {
        guard let chassis = value["chassis"]?.listed.first, let port = value["port"]?.listed.first else { return nil }
        // json names the chassis by its system name, json0 has it as a value; without one the parts stand bare.
        let isBare = chassis["id"] != nil
        let named = isBare ? chassis : chassis.members?.first?.value ?? chassis
        let systemName = isBare ? chassis["name"].flatMap(plain) : chassis.members?.first?.key
        let portID = port["id"]?.listed.first
        return LLDPNeighbour(
            localInterface: InterfaceName(local), neighbour: systemName,
            neighbourInterface: LLDPNeighbours.portName(
                idType: portID?["type"]?.text, id: portID?["value"]?.text, description: port["descr"].flatMap(plain)),
            chassisID: named["id"]?.listed.first?["value"]?.text)
    }

    /// A string, or json0's `[{"value": …}]`.
    private static func plain(_ value: JSONValue) -> String? { value.text ?? value.listed.first?["value"]?.text }
}

private struct LLDPText {
    private(set) var neighbours: [LLDPNeighbour] = []
    private(set) var unread: [UnreadLine] = []
    private(set) var sawTitle = false
    private(set) var isKeyValue = false
    private var open: Open?

    private struct Open {
        var line: TextLine
        var neighbour: LLDPNeighbour
        var portIDType: String?
        var portID: String?
        var portDescription: String?
    }

    mutating func read(_ line: TextLine) {
        let text = line.trimmed
        if text.isEmpty || text.utf8.allSatisfy({ $0 == 0x2d }) { return }
        if text.hasPrefix("lldp."), let equals = text.firstIndex(of: "=") {
            isKeyValue = true
            return takeKey(text[..<equals], String(text[text.index(after: equals)...]), line)
        }
        if text.hasPrefix("LLDP neighbors") { return sawTitle = true }
        guard let colon = text.firstIndex(of: ":") else {
            if !SessionNoise.matches(text) { unread.append(line.unread) }
            return
        }
        let value = text[text.index(after: colon)...].trimmedBlanks
        takeField(text[..<colon], value, line)
    }

    private mutating func takeField(_ key: Substring, _ value: Substring, _ line: TextLine) {
        switch key {
        case "Interface":
            closeNeighbour()
            let name = value.split(separator: ",").first ?? value
            open = Open(line: line, neighbour: LLDPNeighbour(localInterface: InterfaceName(name.trimmedBlanks)))
        case "ChassisID": open?.neighbour.chassisID = Self.typed(value).value
        case "SysName": open?.neighbour.neighbour = String(value)
        case "PortID":
            let id = Self.typed(value)
            open?.portIDType = id.type
            open?.portID = id.value
        case "PortDescr": open?.portDescription = String(value)
        default:
            // Everything else that lldpd tells of a neighbour stands indented below it.
            if open == nil, !SessionNoise.matches(line.text) { unread.append(line.unread) }
        }
    }

    /// `mac 00:11:22:33:44:55`, `ifname swp1`, `local 5`
    private static func typed(_ value: Substring) -> (type: String?, value: String?) {
        let words = value.words
        guard words.count > 1 else { return (nil, words.first.map(String.init)) }
        return (String(words[0]), String(value[words[1].startIndex...]))
    }

    /// `lldp.eth0.chassis.mac=…`, `lldp.eth0.port.ifname=…`
    private mutating func takeKey(_ key: Substring, _ value: String, _ line: TextLine) {
        let rest = key.dropFirst("lldp.".count)
        for part in [".chassis.", ".port.", ".via", ".rid", ".age", ".vlan", ".ppvid", ".pi", ".unknown", ".lldp-med"] {
            guard let range = rest.firstRange(of: part) else { continue }
            let local = InterfaceName(rest[..<range.lowerBound])
            let field = String(rest[range.upperBound...])
            // `via` comes first for each neighbour, also where one port has several.
            if open?.neighbour.localInterface != local || part == ".via" {
                closeNeighbour()
                open = Open(line: line, neighbour: LLDPNeighbour(localInterface: local))
            }
            take(part, field, value)
            return
        }
        unread.append(line.unread)
    }

    private mutating func take(_ part: String, _ field: String, _ value: String) {
        switch (part, field) {
        case (".chassis.", "name"): open?.neighbour.neighbour = value
        case (".chassis.", "mac"), (".chassis.", "local"), (".chassis.", "ifname"), (".chassis.", "ip"):
            open?.neighbour.chassisID = value
        case (".port.", "ifname"), (".port.", "local"), (".port.", "mac"), (".port.", "ip"), (".port.", "ifalias"):
            open?.portIDType = field
            open?.portID = value
        case (".port.", "descr"): open?.portDescription = value
        default: break
        }
    }

    mutating func closeNeighbour() {
        guard let done = open else { return }
        open = nil
        var neighbour = done.neighbour
        neighbour.neighbourInterface = LLDPNeighbours.portName(
            idType: done.portIDType, id: done.portID, description: done.portDescription)
        // Chassis and port are mandatory: a neighbour without both is cut.
        guard neighbour.chassisID != nil, neighbour.neighbourInterface != nil else {
            return unread.append(done.line.unread)
        }
        neighbours.append(neighbour)
    }
}
