internal import Facts

/// The command line of a Catalyst switch: `show …`, with `| include`; everything is text.
///
/// - Source: the error text is that of IOS and IOS-XE: a caret under the first letter that it does not know.
struct IOSShell: Sendable {
    let view: SwitchView

    func run(_ line: String) -> CommandAnswer {
        let stages = line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
        guard let words = stages.first, !words.isEmpty else { return CommandAnswer() }
        guard var text = table(for: words) else { return refusal(of: words) }
        for stage in stages.dropFirst() {
            guard stage.count == 2, ["include", "i", "inc"].contains(stage[0]) else { return refusal(of: words + ["|"] + stage) }
            text = text.split(separator: "\n").filter { $0.contains(stage[1]) }.map { $0 + "\n" }.joined()
        }
        return CommandAnswer(text)
    }

    private func table(for words: [String]) -> String? {
        let tables = IOSTables(view: view)
        guard words.first == "show" else { return nil }
        let rest = Array(words.dropFirst())
        switch (rest.first, rest.dropFirst().first) {
        case ("mac", "address-table"): return tables.macTable(Array(rest.dropFirst(2)))
        case ("ip", "arp"), ("arp", nil): return tables.arp()
        case ("ip", "interface") where rest.count == 3 && rest[2] == "brief": return tables.addresses()
        case ("vlan", "brief"), ("vlan", nil): return tables.vlans()
        case ("interfaces", nil): return tables.interfaces()
        case ("interfaces", "trunk"): return tables.trunks()
        case ("etherchannel", "summary"): return tables.etherChannels()
        case ("lldp", "neighbors"): return rest.last == "detail" ? tables.lldpDetail() : tables.lldp()
        case ("spanning-tree", nil):
            return PerVLANTree(view: view, protocolName: "ieee", width: 19, short: IOSTables.short).text
        case ("version", nil): return tables.version()
        default: return nil
        }
    }

    private func refusal(of words: [String]) -> CommandAnswer {
        let column = words.first == "show" ? 5 : 0
        return CommandAnswer(String(repeating: " ", count: column) + "^\n% Invalid input detected at '^' marker.\n\n")
    }
}
