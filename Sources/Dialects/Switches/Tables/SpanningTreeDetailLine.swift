internal import Facts

/// The lines of `show spanning-tree [mst] detail` of IOS, NX-OS and EOS: a paragraph a port, whose first line says all that is
/// read: `Port 390 (port-channel14, vPC Peer-link) of VLAN0201 is broken  (Bridge Assurance Inconsistent)`, with MST also
/// `Ethernet1/0 of MST1 is alternate blocking`.
///
/// - Source: lab notes and operators' captures (`fixtures/switches/README.md`).
struct SpanningTreeDetailLine {
    let instance: String
    let interface: Substring
    /// Nil where only a state stands (`is broken`).
    let role: Substring?
    let state: SpanningTreePort.State
    let printedState: Substring
    let inconsistency: String?

    /// Nil when the line is no port's first, or is not whole.
    init?(_ words: [Substring]) {
        guard let of = words.firstIndex(of: "of"), of > 0, of + 3 < words.count, words[of + 2] == "is",
            SpanningTreeWords.isInstance(words[of + 1]), let name = Self.name(words[..<of])
        else { return nil }
        let said = words[(of + 3)...]
        let reason = said.firstIndex { $0.hasPrefix("(") } ?? said.endIndex
        let states = said[..<reason]
        guard (1...2).contains(states.count), let last = states.last, let state = SpanningTreeWords.state(last) else {
            return nil
        }
        let text = said[reason...].joined(separator: " ")
        guard text.isEmpty || text.hasSuffix(")") else { return nil }
        instance = String(words[of + 1])
        interface = name
        role = states.count == 2 ? states.first : nil
        self.state = state
        printedState = last
        inconsistency = text.isEmpty ? nil : String(text.dropFirst().dropLast())
    }

    /// `VLAN0201 is executing the rstp compatible Spanning Tree protocol`: the instance and its protocol.
    static func title(_ words: [Substring]) -> (instance: String, protocolName: String)? {
        let rest = words.first?.utf8.allSatisfy { $0 == 0x23 } == true ? words.dropFirst() : words[...]
        guard rest.count >= 5, let name = rest.first, SpanningTreeWords.isInstance(name),
            Array(rest.dropFirst().prefix(3)) == ["is", "executing", "the"],
            let kind = rest.dropFirst(4).first
        else { return nil }
        return (String(name), String(kind))
    }

    /// True for what may be a part of a port's first line, or of a title, and is none of a paragraph's other lines.
    static func mayBePiece(_ words: [Substring], folded: String) -> Bool {
        guard let first = words.first else { return false }
        let isNumbered = words.count == 1 || words[1].isDecimal || words[1].hasPrefix("(")
        return first == "Port" && isNumbered || first.hasPrefix("(") || first == "is" || first == "of" || PortWord.isPort(first)
            || SpanningTreeWords.state(first) != nil || folded.contains("of vlan") || folded.contains("of mst")
            || folded.contains(" executing")
    }

    /// `Port 390 (Ethernet1/1)`, `Port 390 (port-channel14, vPC Peer-link)`, or a port alone.
    private static func name(_ words: ArraySlice<Substring>) -> Substring? {
        if words.count == 1, let only = words.first { return PortWord.isPort(only) ? only : nil }
        guard words.count >= 3, words.first == "Port", words.dropFirst().first?.isDecimal == true,
            let name = words.dropFirst(2).first, name.hasPrefix("("), words.last?.hasSuffix(")") == true
        else { return nil }
        let bare = name.dropFirst().prefix { $0 != "," && $0 != ")" }
        return PortWord.isPort(bare) ? bare : nil
    }
}
