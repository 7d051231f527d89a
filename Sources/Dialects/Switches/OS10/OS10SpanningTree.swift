internal import Facts

/// OS10's spanning tree by port: `show spanning-tree active`; text.
enum OS10SpanningTree {
    static let expectation = TableExpectation(platform: .os10, table: "list of spanning tree states (show spanning-tree active)")

    static func read(_ text: String) throws(DialectError) -> Reading<SpanningTreePort> {
        switch try Payload.find(in: text) {
        case .text(let lines): merged(try TableWalk.read(lines, OS10SpanningTreeGrammar(), expecting: expectation))
        case .xml(let tree), .json(let tree): try ForeignPayload.refuse(tree, expecting: expectation)
        }
    }

    /// A port's two rows as one, where they say the same state.
    private static func merged(_ reading: Reading<SpanningTreePort>) -> Reading<SpanningTreePort> {
        var ports: [SpanningTreePort] = []
        for row in reading.rows {
            let place = ports.lastIndex {
                $0.instance == row.instance && $0.interface == row.interface && $0.state == row.state
            }
            guard let place else {
                ports.append(row)
                continue
            }
            ports[place].role = ports[place].role ?? row.role
        }
        return Reading(rows: ports, unread: reading.unread, statedEmpty: reading.statedEmpty, form: reading.form)
    }
}

/// Each instance has its ports twice: with the bridge behind them, and with their roles. Both are read.
///
/// - Source: the vendor's user guides of OS10 10.4 and 10.5, RSTP, Rapid-PVST and MST.
struct OS10SpanningTreeGrammar: TableGrammar {
    private enum Part { case bridges, designated, roles }
    private var part = Part.bridges
    private var instance: String?
    private var vlans: VLANSet?
    private var protocolName: String?
    private var saidNone = false

    var form: String { "text" }
    var statesEmpty: Bool { saidNone }
    static var hasOneAddressARow: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("span") }

    static func mayTell(_ line: Substring) -> Bool { SpanningTreeWords.mayTell(line) }

    mutating func meaning(of line: Substring, after last: SpanningTreePort?) -> LineMeaning<SpanningTreePort> {
        let words = line.words
        guard let first = words.first else { return .furniture }
        if part != .bridges, PortWord.isPort(first) { return row(words) }
        let folded = PlatformMark.fold(line)
        return heading(folded, words) ?? (Self.isAboutBridges(folded) ? .furniture : .unknown)
    }

    private mutating func heading(_ folded: String, _ words: [Substring]) -> LineMeaning<SpanningTreePort>? {
        if folded.hasPrefix("spanning tree enabled protocol ") {
            protocolName = String(words[4])
            begin(nil)
        } else if words.count == 2, folded.hasPrefix("vlan "), words[1].isDecimal {
            begin("VLAN \(words[1])")
        } else if folded.hasPrefix("mst"), words.count >= 2, words[1].isDecimal {
            begin("MST\(words[1])")
            if let place = folded.range(after: "vlans mapped") { vlans = VLANSet(place.drop { $0 == ":" || $0 == " " }) }
        } else if folded.hasPrefix("executing ieee") {
            // Behind a table another instance begins, whose name is lost.
            if part != .bridges { begin(nil) }
        } else if folded == "name portid prio cost sts cost bridge id portid" {
            part = .designated
        } else if folded == "name role portid prio cost sts cost link-type edge" {
            part = .roles
        } else if SpanningTreeWords.saysNone(folded) {
            saidNone = true
        } else if folded != "interface" && folded != "interface designated" {
            return nil
        }
        return .heading
    }

    private mutating func begin(_ name: String?) {
        instance = name
        vlans = nil
        part = .bridges
    }

    /// `ethernet1/1/6:4  128.283  128  2000  BLK  0  32768  0200.5e73.00f1  128.153`, and
    /// `ethernet1/1/6:4  Altr  128.283  128  2000  BLK  0  AUTO  No`. Only RSTP has a tree without a name.
    private func row(_ words: [Substring]) -> LineMeaning<SpanningTreePort> {
        let shift = part == .roles ? 1 : 0
        guard words.count == 9, instance != nil || protocolName == "rstp", words[2 + shift].isDecimal, words[3 + shift].isDecimal,
            let state = SpanningTreeWords.state(words[4 + shift])
        else { return .unknown }
        return .row(
            SpanningTreePort(
                instance: instance, vlanID: instance.flatMap { SpanningTreeWords.vlan(of: $0) }, vlans: vlans,
                interface: InterfaceName(words[0]), role: shift == 1 ? SpanningTreeWords.role(words[1]) : nil, state: state,
                printedState: String(words[4 + shift]), protocolName: protocolName))
    }

    private static func isAboutBridges(_ folded: String) -> Bool {
        ["root id ", "root bridge ", "bridge id ", "configured ", "we are the root", "cist ", "regional root "]
            .contains { folded.hasPrefix($0) }
    }
}
