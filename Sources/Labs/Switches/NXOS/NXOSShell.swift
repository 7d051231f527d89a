internal import Facts

/// The command line of a Nexus switch: `show …`, with `| json`, `| json native`, `| no-more` and `| include`.
///
/// - Source: the error text is that of NX-OS 9.3: a caret under the first word that it does not know.
struct NXOSShell: Sendable {
    let view: SwitchView

    func run(_ line: String) -> CommandAnswer {
        let stages = line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
        guard let words = stages.first, !words.isEmpty else { return CommandAnswer() }
        let isNative = stages.contains(["json", "native"])
        guard let table = table(for: words, native: isNative) else { return refusal }
        var output = table.text
        for stage in stages.dropFirst() {
            switch stage {
            case ["no-more"]: break
            case ["json"], ["json", "native"]:
                guard let json = table.json else { return CommandAnswer("Error: Command does not support JSON output\n") }
                // A table without rows prints no JSON at all.
                output = json == .null ? "" : json.compactText + "\n"
            case _ where stage.first == "include" && stage.count == 2:
                output = output.split(separator: "\n").filter { $0.contains(stage[1]) }.map { $0 + "\n" }.joined()
            default: return refusal
            }
        }
        return CommandAnswer(output)
    }

    private func table(for words: [String], native: Bool) -> ShownTable? {
        let tables = NXOSTables(view: view, native: native)
        guard words.first == "show" else { return nil }
        let rest = Array(words.dropFirst())
        switch (rest.first, rest.dropFirst().first) {
        case ("mac", "address-table"): return tables.macTable(Array(rest.dropFirst(2)))
        case ("ip", "arp"): return tables.arp(detail: rest.contains("detail"))
        case ("vlan", "brief"), ("vlan", nil): return tables.vlans()
        case ("interface", nil): return tables.interfaces()
        case ("lldp", "neighbors"): return tables.lldp(detail: rest.last == "detail")
        case ("port-channel", "summary"): return tables.portChannels()
        // What its JSON calls things is not known from a true device, so there is none here.
        case ("spanning-tree", nil):
            return ShownTable(PerVLANTree(view: view, protocolName: "rstp", width: 16, short: NXOSTables.short).text)
        case ("version", nil): return tables.version()
        default: return nil
        }
    }

    private var refusal: CommandAnswer {
        CommandAnswer("                      ^\n% Invalid command at '^' marker.\n", status: 16)
    }
}
