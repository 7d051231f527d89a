internal import Facts

/// OS10's VLANs with their ports: `show vlan`.
enum OS10VLANs {
    static let expectation = TableExpectation(platform: .os10, table: "VLAN table")

    static func read(_ text: String) throws(DialectError) -> Reading<VLANEntry> {
        switch try Payload.find(in: text) {
        case .xml(let tree), .json(let tree): try ForeignPayload.refuse(tree, expecting: expectation)
        case .text(let lines): try TableWalk.read(lines, OS10VLANGrammar(), expecting: expectation)
        }
    }
}

/// `NUM  Status  Description  Q  Ports` of OS10 and OS9: a letter says how the ports behind it carry the VLAN, and further
/// letters with their ports follow on lines of their own.
struct OS10VLANGrammar: TableGrammar {
    private var sawHeader = false

    var form: String { "text" }
    var statesEmpty: Bool { sawHeader }
    var emptyIsSilent: Bool { true }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("vlan") }
    static func mayTell(_ line: Substring) -> Bool { false }

    mutating func meaning(of line: Substring, after last: VLANEntry?) -> LineMeaning<VLANEntry> {
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("num status description") || folded.hasPrefix("* num status description")
            || folded.hasPrefix("num status q ports")
        {
            sawHeader = true
            return .heading
        }
        if Self.isLegend(folded) { return .furniture }
        guard sawHeader else { return .unknown }
        let words = line.words
        if let members = Self.members(words[...]), !members.isEmpty, var entry = last {
            entry.members += members
            return .amends(entry)
        }
        return row(words)
    }

    private static func isLegend(_ folded: String) -> Bool {
        ["codes:", "@ - ", "q: ", "x - ", "g - ", "s - ", "o - ", "i - "].contains { folded.hasPrefix($0) }
    }

    private func row(_ words: [Substring]) -> LineMeaning<VLANEntry> {
        var start = words.startIndex
        // Marks: `*` default, `@` attached to a virtual network, `M` management, `R`, `P`, `C`, `I`, `G`.
        while start < words.endIndex, words[start].utf8.count <= 2, !words[start].isDecimal { start += 1 }
        guard start + 1 < words.endIndex, let id = VLANID(words[start]),
            ["active", "inactive"].contains(words[start + 1].lowercased())
        else { return .unknown }
        let rest = words[(start + 2)...]
        for place in rest.indices {
            guard let members = Self.members(rest[place...]), !members.isEmpty else { continue }
            return .row(VLANEntry(vlanID: id, name: Self.name(rest[..<place]), members: members))
        }
        // A letter without ports behind it, or with a piece of one, is what a cut leaves.
        if let last = rest.last, Self.tagged(last) != nil, last.utf8.count == 1, rest.count == 1 { return .unknown }
        let pieces = zip(rest, rest.dropFirst()).contains { letter, next in Self.tagged(letter) != nil && Self.isPieceOfPort(next)
        }
        if pieces { return .unknown }
        return .row(VLANEntry(vlanID: id, name: Self.name(rest)))
    }

    private static func name(_ words: ArraySlice<Substring>) -> String? {
        words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// The ports behind one or more letters; nil when the words are something else.
    private static func members(_ all: ArraySlice<Substring>) -> [VLANEntry.Member]? {
        // Enterprise SONiC says behind the ports whether the VLAN starts by itself and whether it is dynamic.
        let words =
            all.suffix(2).allSatisfy { $0 == "Enable" || $0 == "Disable" || $0 == "Yes" || $0 == "No" } ? all.dropLast(2) : all
        guard let letter = words.first, let tagged = tagged(letter), words.count > 1 else { return nil }
        // OS9 writes a blank into names (`Te 0/42-43`), and behind a port-channel its ports: `Po1(Te 0/0-1)`.
        guard let list = withoutBrackets(words.dropFirst().joined(separator: "")) else { return nil }
        let names = PortRanges.expand(list)
        guard names.allSatisfy({ isPort(Substring($0)) }) else { return nil }
        return names.map { .init(interface: InterfaceName($0), tagged: tagged.value) }
    }

    /// Nil where a bracket is open at the end, as where a line was cut.
    private static func withoutBrackets(_ list: String) -> String? {
        var kept = ""
        var isInside = false
        for character in list {
            switch character {
            case "(" where !isInside: isInside = true
            case ")" where isInside: isInside = false
            case "(", ")": return nil
            default: if !isInside { kept.append(character) }
            }
        }
        return isInside ? nil : kept
    }

    /// `E`, `Te`, `Eth1/1/`, `Po10(Te`, `port-ch`
    private static func isPieceOfPort(_ word: Substring) -> Bool {
        let letters = word.lowercased().prefix { $0.isLetter || $0 == "-" }
        return ["ethernet", "eth", "port-channel", "te", "gi", "fo", "tw", "hu", "po", "twentyfive"].contains { kind in
            Substring(kind).hasPrefix(letters) && !letters.isEmpty
        }
    }

    private static func isPort(_ name: Substring) -> Bool {
        PortWord.isPort(name.prefix { $0 != "-" }) && !name.hasSuffix("-")
    }

    /// `A`, `U`, `x` and `v` carry it untagged; `T`, `X`, `G`, `H` and `V` tagged; `M` (stacked) does not say. OS9's legend has
    /// `v` and `V` for the links between two VLT peers.
    private static func tagged(_ letter: Substring) -> (value: Bool?, Void)? {
        switch letter {
        case "A", "U", "x", "v": (false, ())
        case "T", "X", "G", "H", "V": (true, ())
        case "M": (nil, ())
        default: nil
        }
    }
}
