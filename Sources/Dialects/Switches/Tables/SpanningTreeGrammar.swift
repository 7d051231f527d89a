internal import Facts

/// `show spanning-tree` of IOS, NX-OS and EOS, and of SONiC with MST: for each instance a name, a paragraph about its bridges,
/// and a table of ports.
struct SpanningTreeGrammar: TableGrammar {
    /// How states are written: `FWD`, `forwarding`, or `FORWARDING`.
    enum Spelling: Sendable { case short, lower, upper }

    let spelling: Spelling
    private var instance: String?
    private var vlans: VLANSet?
    private var protocolName: String?
    private var isTable = false
    /// Inside the paragraphs of `detail`.
    private var isDetail = false
    /// The line before was a port's, and not whole.
    private var isPortOpen = false
    private var saidNone = false

    init(platform: Platform) {
        switch platform {
        case .eos: spelling = .lower
        case .sonic: spelling = .upper
        default: spelling = .short
        }
    }

    var form: String { isDetail ? "text/detail" : "text" }
    var statesEmpty: Bool { saidNone }
    static var hasOneAddressARow: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("span") }

    static func mayTell(_ line: Substring) -> Bool { SpanningTreeWords.mayTell(line) }

    mutating func meaning(of line: Substring, after last: SpanningTreePort?) -> LineMeaning<SpanningTreePort> {
        let words = line.words
        guard let first = words.first else { return .furniture }
        if isTable, PortWord.isPort(first), Self.instanceName(words) == nil { return row(words) }
        if spelling != .upper, let detail = detail(words) { return detail }
        let folded = PlatformMark.fold(line)
        if let heading = heading(folded, words) { return heading }
        if isDetail {
            // What follows a port's line that was not whole may be the rest of it.
            let isRest = isPortOpen
            isPortOpen = SpanningTreeDetailLine.mayBePiece(words, folded: folded)
            return isPortOpen || isRest ? .unknown : .furniture
        }
        return Self.isAboutBridges(folded) ? .furniture : .unknown
    }

    private mutating func detail(_ words: [Substring]) -> LineMeaning<SpanningTreePort>? {
        if let title = SpanningTreeDetailLine.title(words) {
            begin(title.instance)
            protocolName = title.protocolName
            isDetail = true
            isPortOpen = false
            return .heading
        }
        guard let port = SpanningTreeDetailLine(words) else { return nil }
        if port.instance != instance { begin(port.instance) }
        isDetail = true
        isPortOpen = false
        return .row(
            SpanningTreePort(
                instance: port.instance, vlanID: SpanningTreeWords.vlan(of: port.instance), vlans: vlans,
                interface: InterfaceName(port.interface), role: port.role.map { SpanningTreeWords.role($0) }, state: port.state,
                printedState: String(port.printedState), inconsistency: port.inconsistency, protocolName: protocolName))
    }

    private mutating func heading(_ folded: String, _ words: [Substring]) -> LineMeaning<SpanningTreePort>? {
        if let name = Self.instanceName(words) {
            begin(name)
            if let place = folded.range(after: "mapped:") { vlans = VLANSet(Substring(place).trimmedBlanks) }
        } else if folded.hasPrefix("spanning tree enabled protocol") {
            // Behind a table another instance begins, whose name is lost.
            if isTable { begin(nil) }
            protocolName = words.last.map(String.init)
        } else if folded.hasPrefix("interface role \(spelling == .short ? "sts" : "state") cost") {
            isTable = true
            isDetail = false
        } else if SpanningTreeWords.saysNone(folded) {
            saidNone = true
        } else if !folded.hasPrefix("spanning tree instance for ") {
            return nil
        }
        return .heading
    }

    /// What was said of the instance before does not hold for this one.
    private mutating func begin(_ name: String?) {
        instance = name
        vlans = nil
        protocolName = nil
        isTable = false
    }

    /// `VLAN0201`, `VL201`, `MST0`, `##### MST1    vlans mapped:   10,20`, alone on their lines.
    private static func instanceName(_ words: [Substring]) -> String? {
        let rest = words.first?.utf8.allSatisfy { $0 == 0x23 } == true ? words.dropFirst() : words[...]
        guard let name = rest.first, rest.count == 1 || rest.dropFirst().first?.lowercased() == "vlans" else { return nil }
        return SpanningTreeWords.isInstance(name) ? String(name) : nil
    }

    private func row(_ words: [Substring]) -> LineMeaning<SpanningTreePort> {
        guard let instance, words.count >= 4, words[1].utf8.allSatisfy(Self.isLetter) else { return .unknown }
        // `BKN*19`: the star and the cost stand against the state.
        let star = words[2].utf8.firstIndex(of: 0x2a)
        let word = star.map { words[2][..<$0] } ?? words[2]
        guard let state = SpanningTreeWords.state(word), isSpelt(word) else { return .unknown }
        let glued = star.map { words[2][words[2].utf8.index(after: $0)...] } ?? ""
        let cost = glued.isEmpty ? words[3] : glued
        let rest = words.dropFirst(glued.isEmpty ? 4 : 3)
        guard cost.isDecimal, let priority = rest.first, Self.isPortNumber(priority) else { return .unknown }
        let inconsistency = rest.last { $0.hasPrefix("*") && $0.lowercased().contains("_inc") }
        return .row(
            SpanningTreePort(
                instance: instance, vlanID: SpanningTreeWords.vlan(of: instance), vlans: vlans,
                interface: InterfaceName(words[0]),
                role: SpanningTreeWords.role(words[1]), state: state, printedState: String(word),
                inconsistency: inconsistency.map { String($0.drop { $0 == "*" }) }, protocolName: protocolName))
    }

    private func isSpelt(_ word: Substring) -> Bool {
        switch spelling {
        case .short: word.utf8.count <= 3
        case .lower: word.utf8.count > 3 && word.utf8.allSatisfy { $0 > 0x60 }
        case .upper: word.utf8.count > 3 && word.utf8.allSatisfy { $0 < 0x60 }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }

    /// `128.4096`
    private static func isPortNumber(_ word: Substring) -> Bool {
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy(\.isDecimal)
    }

    private static let bridgeStarts = [
        "root ", "address ", "cost ", "port ", "hello time ", "bridge ", "aging time", "this bridge is the root", "regional root",
        "operational ", "configured ", "internal cost", "* portfast", "sys-id-ext", "multicast router",
    ]

    private static func isAboutBridges(_ folded: String) -> Bool { bridgeStarts.contains { folded.hasPrefix($0) } }
}

extension String {
    /// What stands behind the first occurrence of a text; nil when it does not occur.
    func range(after text: String) -> Substring? { InterfaceStateGrammar.after(text, in: Substring(self)) }
}
