internal import Facts

/// The command line of a Dell OS10 switch: `show …`, with `| display-xml` and `| no-more`.
struct OS10Shell: Sendable {
    let view: SwitchView

    func run(_ line: String) -> CommandAnswer {
        let stages = line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
        guard let words = stages.first, !words.isEmpty else { return CommandAnswer() }
        guard let table = table(for: words) else { return refusal }
        var output = table.text
        for stage in stages.dropFirst() {
            switch stage {
            case ["no-more"]: break
            case ["display-xml"]:
                guard let xml = table.xml else { return refusal }
                output = "<?xml version=\"1.0\"?>\n" + xml.written(step: 2)
            default: return refusal
            }
        }
        return CommandAnswer(output)
    }

    private func table(for words: [String]) -> OS10Table? {
        let tables = OS10Tables(view: view)
        guard words.first == "show" else { return nil }
        let rest = Array(words.dropFirst())
        switch (rest.first, rest.dropFirst().first) {
        case ("mac", "address-table"): return tables.macTable(Array(rest.dropFirst(2)))
        case ("ip", "arp"): return tables.arp()
        case ("vlan", nil): return tables.vlans()
        case ("interface", nil): return tables.interfaces()
        case ("ip", "interface"): return tables.addresses()
        case ("port-channel", "summary"): return tables.portChannels()
        case ("spanning-tree", "active"): return tables.spanningTree()
        case ("lldp", "neighbors"): return tables.lldp()
        default: return nil
        }
    }

    /// - Source: OS10's user guide: a caret, and what was not understood.
    private var refusal: CommandAnswer { CommandAnswer("                ^\n% Error: Unrecognized command.\n") }
}

/// What a command shows: always text, and XML where the release has it.
struct OS10Table {
    var text: String
    var xml: MarkupElement?
}
