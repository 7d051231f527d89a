internal import Facts

/// SONiC's spanning tree: `show spanning-tree` with PVST (a table of its own) and with MST (a table like EOS').
enum SONiCSpanningTree {
    static let expectation = TableExpectation(platform: .sonic, table: "list of spanning tree states (show spanning-tree)")

    static func read(_ text: String) throws(DialectError) -> Reading<SpanningTreePort> {
        let lines = TextLines(text)
        if JSONDocuments.isJSON(lines) || lines.contains(where: { $0.words.contains("master") && $0.words.contains("state") }) {
            return try BridgeLink.read(text)
        }
        if lines.contains(where: { $0.trimmed.hasPrefix("#####") }) { return try PortTables.spanningTree(text, of: .sonic) }
        return try TableWalk.read(lines, SONiCSpanningTreeGrammar(), expecting: expectation)
    }
}

/// `VLAN 100 - STP instance 0`, tables about the bridges, and then a line a port with its state in capitals.
struct SONiCSpanningTreeGrammar: TableGrammar {
    private var vlan: VLANID?
    private var protocolName: String?
    private var isTable = false
    private var saidNone = false

    var form: String { "text/pvst" }
    /// The mode alone, with no VLAN below, is how it says that no tree runs.
    var statesEmpty: Bool { saidNone || protocolName != nil }
    var emptyIsSilent: Bool { true }
    static var hasOneAddressARow: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("span") }
    static func mayTell(_ line: Substring) -> Bool { SpanningTreeWords.mayTell(line) }

    mutating func meaning(of line: Substring, after last: SpanningTreePort?) -> LineMeaning<SpanningTreePort> {
        let words = line.words
        guard let first = words.first else { return .furniture }
        if isTable, PortWord.isPort(first) { return row(words) }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("vlan "), folded.contains(" - stp instance"), words.count > 1 {
            vlan = VLANID(words[1])
            isTable = false
        } else if folded.hasPrefix("spanning-tree mode:") {
            protocolName = words.last.map { $0.lowercased() }
        } else if folded.hasPrefix("stp bridge parameters") {
            // Behind a table of ports another VLAN begins, whose title is lost.
            if isTable { vlan = nil }
            isTable = false
        } else if folded.hasPrefix("stp port parameters") {
            isTable = true
        } else if SpanningTreeWords.saysNone(folded) {
            saidNone = true
        } else {
            return Self.isAboutBridges(folded, first) ? .furniture : .unknown
        }
        return .heading
    }

    private func row(_ words: [Substring]) -> LineMeaning<SpanningTreePort> {
        guard let vlan, words.count >= 9, words[1].isDecimal, words[2].isDecimal,
            let place = words.indices.dropFirst(3).first(where: { words[$0].utf8.count > 1 }),
            let state = SpanningTreeWords.state(words[place]), place + 3 < words.count, words[place + 1].isDecimal
        else { return .unknown }
        return .row(
            SpanningTreePort(
                instance: "VLAN \(vlan)", vlanID: vlan, interface: InterfaceName(words[0]), state: state,
                printedState: String(words[place]), protocolName: protocolName))
    }

    private static func isAboutBridges(_ folded: String, _ first: Substring) -> Bool {
        let starts = [
            "bridge ", "identifier ", "hex", "rootbridge ", "port prio ", "name rity ", "num rity ",
        ]
        return starts.contains { folded.hasPrefix($0) }
            || first.utf8.count == 16 && first.utf8.allSatisfy { MACWord.hex($0) != nil }
    }
}
