internal import Facts

/// A line of `key: value, key: value` or `key: value   key: value`, as Junos prints entries in detail.
enum JunosDetailLine {
    static let known: Set<String> = [
        "mac address", "routing instance", "vlan name", "vlan id", "vlan", "learning interface", "interface", "interfaces",
        "layer 2 flags", "epoch", "sequence number", "learning mask", "tag", "mac", "type", "age", "learned", "nexthop index",
        "ifl generation", "bridging domain", "bridge domain", "persistent", "active source", "ipc generation",
        "learning interface name", "vni", "source vtep", "esi", "flags", "gbp tag", "originating pfes",
    ]

    /// The values by lower-case key; empty when the line is not of this kind.
    static func values(of line: Substring) -> [String: Substring] {
        var found: [String: Substring] = [:]
        for field in fields(of: line) {
            guard let colon = field.utf8.firstIndex(of: 0x3a) else { return [:] }
            let key = field[..<colon].trimmedBlanks.lowercased()
            found[key] = field[field.utf8.index(after: colon)...].trimmedBlanks
        }
        return found
    }

    /// Parts between commas and runs of three blanks; a comma inside a list of flags does not part.
    private static func fields(of line: Substring) -> [Substring] {
        var parts: [Substring] = []
        var start = line.startIndex
        var blanks = 0
        var index = line.startIndex
        let bytes = line.utf8
        while index < bytes.endIndex {
            let byte = bytes[index]
            blanks = byte == 0x20 ? blanks + 1 : 0
            let after = bytes.index(after: index)
            let isComma = byte == 0x2c && after < bytes.endIndex && bytes[after] == 0x20
            if isComma || blanks == 3 {
                let part = line[start..<index].trimmedBlanks
                if !part.isEmpty { parts.append(part) }
                start = after
            }
            index = after
        }
        let part = line[start...].trimmedBlanks
        if !part.isEmpty { parts.append(part) }
        return parts
    }

    static func add(_ values: [String: Substring], to entry: inout FDBEntry) {
        if let name = values["vlan name"] ?? values["vlan"] ?? values["bridging domain"] ?? values["bridge domain"] {
            entry.vlan = String(name)
        }
        if let id = (values["vlan id"] ?? values["tag"]).flatMap({ $0.decimal }), let vlan = VLANID(id) {
            entry.vlanID = vlan
            if entry.vlan == nil { entry.vlan = String(id) }
        }
        if let name = values["learning interface"] ?? values["interface"] ?? values["interfaces"], !name.isEmpty {
            entry.interface = InterfaceName(name)
        }
        if let type = values["type"] ?? values["flags"] { entry.type = JunosMACTable.type(type) }
        if let flags = values["layer 2 flags"], flags.contains("static") { entry.type = "static" }
        if let age = values["age"] { entry.ageSeconds = JunosMACTable.age(age) }
    }
}
