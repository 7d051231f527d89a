internal import Facts

/// The lines of `show ethernet-switching interfaces` (without ELS) and `show ethernet-switching interface` (with ELS): a port,
/// and the VLANs that it carries. A row is one VLAN of one port.
struct JunosSwitchingInterfaceGrammar: TableGrammar {
    private enum Layout: String { case unknown = "text", nonELS = "text/interfaces", els = "text/interfaces-els" }
    private var layout = Layout.unknown
    private var port: InterfaceName?
    private var isInLegend = false

    var form: String { layout.rawValue }
    var statesEmpty: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("switching int") }
    static func mayTell(_ line: Substring) -> Bool { false }

    static func isHeader(_ line: Substring) -> Bool {
        let folded = PlatformMark.fold(line)
        return folded.hasPrefix("interface state vlan members tag")
            || folded.hasPrefix("logical vlan tag mac stp logical tagging")
    }

    mutating func meaning(of line: Substring, after last: VLANEntry?) -> LineMeaning<VLANEntry> {
        // A header or a port ends a legend whose last line is lost.
        if isInLegend, !Self.isHeader(line), line.words.first.map({ JunosInterface.isLogical($0) }) != true {
            isInLegend = !line.utf8.contains(0x29)
            return .furniture
        }
        isInLegend = false
        let folded = PlatformMark.fold(line)
        if Self.isHeader(line) {
            layout = folded.hasPrefix("interface state") ? .nonELS : .els
            return .heading
        }
        if folded.hasPrefix("interface members limit state") || folded.hasPrefix("routing instance name") { return .heading }
        if folded.hasPrefix("logical interface flags (") {
            isInLegend = !line.utf8.contains(0x29)
            return .furniture
        }
        switch layout {
        case .nonELS: return row(line.words)
        case .els: return elsRow(line.words)
        case .unknown: return .unknown
        }
    }

    /// `ae0.0  up  SRIOV_201  201  tagged  unblocked`; further VLANs of the port without the first two. The tag may be blank, and
    /// the words after the tagging are free (`blocked by STP`).
    private mutating func row(_ words: [Substring]) -> LineMeaning<VLANEntry> {
        var rest = words[...]
        if let first = rest.first, JunosInterface.isLogical(first), rest.count > 1, ["up", "down"].contains(rest[1]) {
            port = InterfaceName(first)
            rest = rest.dropFirst(2)
        }
        guard let port, let place = rest.indices.dropFirst().first(where: { Self.endsNames(rest[$0...]) }) else {
            return .unknown
        }
        let names = rest[..<place]
        guard let name = names.first, names.count == 1 || names.count == 2 && names.last?.isDecimal == true else {
            return .unknown
        }
        return .row(
            VLANEntry(
                vlanID: names.count == 2 ? names.last.flatMap { VLANID($0) } : nil, name: String(name),
                members: [.init(interface: port, tagged: JunosVLANs.tagged(rest[place]))]))
    }

    /// The tagging with what blocks the port behind it; or the latter alone, as the tagging of a port that is down is blank.
    private static func endsNames(_ words: ArraySlice<Substring>) -> Bool {
        if let first = words.first, JunosVLANs.tagged(first) != nil { return words.count > 1 }
        let text = words.joined(separator: " ").lowercased()
        return blockings.contains { text.hasPrefix($0) }
    }

    /// - Source: the words of `Blocking` in recordings of EX switches without ELS.
    private static let blockings = [
        "unblocked", "blocked by ", "blocked -", "mac limit exceeded", "mac move limit exceeded", "storm control in effect",
        "disabled by ",
    ]

    /// `ae0.0  294912  tagged`, and below it `SRIOV_201  201  294912  Forwarding  tagged`.
    private mutating func elsRow(_ words: [Substring]) -> LineMeaning<VLANEntry> {
        guard let first = words.first, let tagged = words.last.flatMap({ JunosVLANs.tagged($0) }) else { return .unknown }
        if JunosInterface.isLogical(first), words.count >= 3, words[1].isDecimal {
            port = InterfaceName(first)
            return .furniture
        }
        guard let port, words.count >= 4, let id = VLANID(words[1]), words[2].isDecimal else { return .unknown }
        return .row(VLANEntry(vlanID: id, name: String(first), members: [.init(interface: port, tagged: tagged)]))
    }
}
