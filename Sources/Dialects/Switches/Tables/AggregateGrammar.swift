internal import Facts

/// Port-channels with their ports and flags: `show port-channel summary` (NX-OS), `show port-channel dense` and `summary`
/// (EOS), `show etherchannel summary` (IOS), `show interfaces portchannel` (SONiC).
struct AggregateGrammar: TableGrammar {
    let platform: Platform
    private var sawHeader = false
    private var total: Int?

    init(platform: Platform) { self.platform = platform }

    var form: String { "text" }
    var statesEmpty: Bool { sawHeader || total == 0 }
    var emptyIsSilent: Bool { true }
    static var hasOneAddressARow: Bool { false }

    static func isAsked(by command: Substring) -> Bool {
        let lower = command.lowercased()
        return lower.contains("port-ch") || lower.contains("portch") || lower.contains("etherch")
    }

    static func mayTell(_ line: Substring) -> Bool { line.words.prefix(2).contains { portChannel($0) != nil } }

    mutating func meaning(of line: Substring, after last: Aggregate?) -> LineMeaning<Aggregate> {
        let words = line.words
        guard !words.isEmpty else { return .furniture }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix(header) {
            sawHeader = true
            return .heading
        }
        if folded.hasPrefix("number of channel") {
            total = words.last?.decimal
            return .heading
        }
        if let row = row(words) { return row }
        if sawHeader, var aggregate = last, let more = members(words[...]), !more.isEmpty, line.utf8.first == 0x20 {
            aggregate.members += more
            return .amends(aggregate)
        }
        return Self.isLegend(folded) && (!sawHeader || Self.isLegendBelow(folded)) || folded == "channel"
            || folded.hasPrefix("number of aggregators")
            ? .furniture : .unknown
    }

    private var header: String {
        switch platform {
        case .nxos: "group port- type protocol member ports"
        case .ios: "group port-channel protocol ports"
        case .sonic: "no. team dev protocol ports"
        case .os10: "group port-channel type protocol member ports"
        default: "port-channel protocol ports"
        }
    }

    /// The legend of flags stands above the table; its words are single letters, dashes and explanations.
    private static func isLegend(_ folded: String) -> Bool {
        folded.hasPrefix("flags") || folded.contains(" - ") || folded.contains(" – ")
    }

    /// IOS-XE explains four of its flags below the table.
    private static func isLegendBelow(_ folded: String) -> Bool {
        ["ru - ", "su - ", "rd - ", "sd - ", "p/bndl - ", "s/susp - "].contains { folded.hasPrefix($0) }
    }

    /// `Po1(SU)` in its name and flags; nil when it is none.
    private static func portChannel(_ word: Substring) -> (name: Substring, flags: Substring)? {
        let name = word.prefix { $0 != "(" }
        let lower = name.lowercased()
        guard ["po", "port-channel", "portchannel"].contains(where: { lower.hasPrefix($0) }), PortWord.isPort(name) else {
            return nil
        }
        return (name, word.dropFirst(name.count))
    }

    private func row(_ words: [Substring]) -> LineMeaning<Aggregate>? {
        let place = words[0].isDecimal && words.count > 1 ? 1 : 0
        guard sawHeader, let (name, glued) = Self.portChannel(words[place]) else { return nil }
        var flags = glued
        // Every row has its group in front, but on EOS.
        if place == 0, platform != .eos { return .unknown }
        var rest = words[(place + 1)...]
        // OS10 sets a blank before the flags.
        if platform == .os10, flags.isEmpty, let word = rest.first, word.hasPrefix("("), word.hasSuffix(")") {
            flags = word
            rest = rest.dropFirst()
        }
        if platform == .nxos || platform == .os10 {
            guard rest.first?.lowercased() == "eth" else { return .unknown }
            rest = rest.dropFirst()
        }
        guard let word = rest.first, isProtocol(word) else { return .unknown }
        guard let members = members(rest.dropFirst()) else { return .unknown }
        let isUp = platform == .sonic ? word.hasSuffix("(Up)") : flags.utf8.contains(0x55)
        let saysNothing = platform == .sonic ? word == "N/A" : flags.isEmpty
        return .row(
            Aggregate(
                interface: InterfaceName(name), protocolName: word.first == "-" ? nil : String(word.prefix { $0 != "(" }),
                up: saysNothing ? nil : isUp, members: members))
    }

    private func isProtocol(_ word: Substring) -> Bool {
        let name = word.prefix { $0 != "(" }.lowercased()
        return ["lacp", "pagp", "none", "static", "dynamic", "-", "n/a"].contains(name)
    }

    /// OS10 leaves out the kind of its members (`1/1/53`), which is ethernet.
    private func memberName(_ word: Substring) -> InterfaceName? {
        if PortWord.isPort(word) { return InterfaceName(word) }
        let whole = "ethernet" + word
        return platform == .os10 && PortWord.isPort(Substring(whole)) ? InterfaceName(whole) : nil
    }

    /// `(P)`, `(Pr)`, IOS-XE's `(bndl)`, SONiC's `(S)`; `(susp)` and `(s)` carry nothing.
    private func isActive(_ flags: Substring) -> Bool {
        if platform == .sonic { return flags == "(S)" }
        return flags == "(bndl)" || flags == "(p)" || flags.utf8.contains(0x50)
    }

    /// `Eth1/1(P)`, with the state of each in its flags. Nil when a word is none; `--` is the sign that there are none.
    private func members(_ words: ArraySlice<Substring>) -> [Aggregate.Member]? {
        var found: [Aggregate.Member] = []
        for word in words {
            if word == "--" || word == "-" || word == "N/A" { continue }
            // The weight of SONiC's port, and its keys behind the ports.
            if platform == .sonic, word.hasPrefix("[w") || word.isDecimal || ["auto", "true", "false"].contains(word) {
                continue
            }
            guard word.hasSuffix(")"), let open = word.utf8.firstIndex(of: 0x28) else { return nil }
            guard let name = memberName(word[..<open]) else { return nil }
            found.append(.init(interface: name, active: isActive(word[open...])))
        }
        return found
    }
}
