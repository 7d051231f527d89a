internal import Facts

/// The command line of an Arista switch: `show …`, with `| json`, `| no-more` and `| include`.
///
/// - Source: the error text is that of EOS 4.2x, which names the word that it does not know.
struct EOSShell: Sendable {
    let view: SwitchView

    func run(_ line: String) -> CommandAnswer {
        let stages = line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
        guard let words = stages.first, !words.isEmpty else { return CommandAnswer() }
        guard let table = table(for: words) else { return refusal(words) }
        var output = table.text
        for stage in stages.dropFirst() {
            switch stage.first {
            case "no-more" where stage.count == 1: break
            case "json" where stage.count == 1:
                guard let json = table.json else { return CommandAnswer("% This is an unconverted command\n") }
                output = json.wideText + "\n"
            case "include" where stage.count == 2:
                output = output.split(separator: "\n").filter { $0.contains(stage[1]) }.map { $0 + "\n" }.joined()
            default: return refusal(words + ["|"] + stage)
            }
        }
        return CommandAnswer(output)
    }

    private func table(for words: [String]) -> ShownTable? {
        let tables = EOSTables(view: view)
        guard words.first == "show" else { return nil }
        let rest = Array(words.dropFirst())
        switch (rest.first, rest.dropFirst().first) {
        case ("mac", "address-table"): return tables.macTable(Array(rest.dropFirst(2)))
        case ("ip", "arp"), ("arp", _): return tables.arp()
        case ("vlan", nil): return tables.vlans()
        case ("interfaces", nil): return tables.interfaces()
        case ("lldp", "neighbors"): return tables.lldp(detail: rest.last == "detail")
        case ("port-channel", nil), ("port-channel", "summary"): return tables.portChannels(summary: rest.count == 2)
        case ("port-channel", "dense"): return tables.portChannels(summary: true)
        case ("spanning-tree", nil): return tables.spanningTree()
        case ("version", nil): return tables.version()
        default: return nil
        }
    }

    /// EOS counts the words of a line from 0.
    private func refusal(_ words: [String]) -> CommandAnswer {
        let known = ["show", "mac", "address-table", "ip", "arp", "vlan", "interfaces", "lldp", "neighbors", "port-channel", "|"]
        let index = words.firstIndex { !known.contains($0) } ?? words.count - 1
        return CommandAnswer("% Invalid input (at token \(index): '\(words[index])')\n")
    }
}
