internal import Facts

/// The command line of a Nokia SR Linux switch: `info from state … | as json` and `show …`.
struct SRLinuxShell: Sendable {
    let view: SwitchView

    func run(_ line: String) -> CommandAnswer {
        let stages = line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
        guard let words = stages.first, !words.isEmpty else { return CommandAnswer() }
        if words.prefix(3) == ["info", "from", "state"] {
            guard stages.last == ["as", "json"], let state = SRLinuxState(view: view).tree(Array(words.dropFirst(3))) else {
                return refusal(of: words)
            }
            return CommandAnswer(state.prettyText + "\n")
        }
        guard words.first == "show", stages.count == 1, let text = SRLinuxReports(view: view).text(Array(words.dropFirst()))
        else { return refusal(of: words) }
        return CommandAnswer(text)
    }

    /// - Source: public lab notes: the first word that is not known, and what could stand there.
    private func refusal(of words: [String]) -> CommandAnswer {
        let known = ["show", "info", "from", "state", "interface", "network-instance", "system", "lldp"]
        let word = words.first { !known.contains($0) } ?? words.last ?? ""
        return CommandAnswer("Parsing error: Unknown token '\(word)'. Options are ['info', 'ping', 'show', 'quit']\n")
    }
}
