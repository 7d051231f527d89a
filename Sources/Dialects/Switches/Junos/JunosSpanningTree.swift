internal import Facts

/// Junos' spanning tree by port: `show spanning-tree interface`; text, XML and JSON, of RSTP, MSTP and VSTP.
enum JunosSpanningTree {
    static let expectation = TableExpectation(
        platform: .junos, table: "list of spanning tree states (show spanning-tree interface)")

    static func read(_ text: String) throws(DialectError) -> Reading<SpanningTreePort> {
        switch try Payload.find(in: text) {
        case .xml(let tree): try readFields(tree, form: "xml")
        case .json(let tree): try readFields(tree, form: "json")
        case .text(let lines): try TableWalk.read(lines, JunosSpanningTreeGrammar(), expecting: expectation)
        }
    }

    private static func readFields(_ tree: FieldTree, form: String) throws(DialectError) -> Reading<SpanningTreePort> {
        var rows = FieldRows<SpanningTreePort>(tree: tree, form: form)
        for instance in tree.descendants(named: ["stp-instance"]) {
            let vlan = instance.value("vlan-id").flatMap { VLANID($0) }
            let name = vlan.map { "VLAN \($0)" } ?? instance.value("stp-instance-id", "instance-id").map { "instance \($0)" }
            for entry in instance.descendants(named: ["stp-interface-entry"]) where !entry.isEmpty {
                guard let port = entry.value("interface-name"), let word = entry.value("port-state"),
                    let state = SpanningTreeWords.state(word)
                else {
                    rows.doubt(entry)
                    continue
                }
                rows.append(
                    SpanningTreePort(
                        instance: name, vlanID: vlan, interface: InterfaceName(port),
                        role: entry.value("port-role").map { SpanningTreeWords.role($0) }, state: state, printedState: word))
            }
        }
        let isTable = tree.number(of: "stp-interface-information") != nil
        return try rows.reading(isTable: isTable, expecting: expectation)
    }
}

/// `Interface  Port ID  Designated port ID  Designated bridge ID  Port Cost  State  Role` below a title for each instance.
struct JunosSpanningTreeGrammar: TableGrammar {
    private var instance: String?
    /// A table began behind another one without a title between: whose rows these are is not known.
    private var lostTitle = false
    private var sawRow = false
    private var saidNone = false

    var form: String { "text" }
    var statesEmpty: Bool { saidNone }
    static var hasOneAddressARow: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("span") }
    static func mayTell(_ line: Substring) -> Bool {
        SpanningTreeWords.mayTell(line) || line.words.count >= 6 && isPortID(line.words[1])
    }

    mutating func meaning(of line: Substring, after last: SpanningTreePort?) -> LineMeaning<SpanningTreePort> {
        let words = line.words
        guard let first = words.first else { return .furniture }
        if words.count >= 2, Self.isPortID(words[1]) { return row(words, first) }
        let folded = PlatformMark.fold(line)
        if let name = folded.range(after: "spanning tree interface parameters for ") {
            lostTitle = false
            sawRow = false
            instance = name.hasPrefix("vlan ") ? "VLAN \(name.dropFirst(5))" : String(name)
            return .heading
        }
        if folded.hasPrefix("interface port id designated") {
            lostTitle = sawRow
            return .heading
        }
        if folded.hasPrefix("port id bridge id") { return .furniture }
        guard SpanningTreeWords.saysNone(folded) else { return .unknown }
        saidNone = true
        return .heading
    }

    /// `128:490`
    private static func isPortID(_ word: Substring) -> Bool {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy(\.isDecimal)
    }

    private mutating func row(_ words: [Substring], _ port: Substring) -> LineMeaning<SpanningTreePort> {
        guard !lostTitle, JunosInterface.isPhysical(port), words.count >= 7, Self.isPortID(words[2]), words[4].isDecimal,
            let state = SpanningTreeWords.state(words[5]), words[6].utf8.allSatisfy({ (0x41...0x5a).contains($0) })
        else { return .unknown }
        // Behind the role stands what keeps it down: `(Bpdu-Incon)`.
        let rest = words.dropFirst(7).joined(separator: " ")
        guard rest.isEmpty || rest.hasPrefix("(") else { return .unknown }
        sawRow = true
        return .row(
            SpanningTreePort(
                instance: instance, vlanID: instance.flatMap { SpanningTreeWords.vlan(of: $0) }, interface: InterfaceName(port),
                role: SpanningTreeWords.role(words[6]), state: state, printedState: String(words[5]),
                inconsistency: rest.isEmpty ? nil : rest.filter { $0 != "(" && $0 != ")" }))
    }
}
