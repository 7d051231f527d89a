internal import Facts

/// `show vlans` of IOS routers: a paragraph a VLAN, with the subinterfaces that carry it.
struct IOSRouterVLANGrammar: TableGrammar {
    private enum Section { case none, native, trunk }
    private var section = Section.none
    private var sawVLAN = false
    private var natives: [InterfaceName] = []

    var form: String { "text/router" }
    var statesEmpty: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("vlan") }
    static func mayTell(_ line: Substring) -> Bool { false }

    /// True for the first line of a VLAN's paragraph.
    static func isTitle(_ line: Substring) -> Bool {
        let folded = PlatformMark.fold(line)
        return folded.hasPrefix("vlan id: ") || folded.hasPrefix("virtual lan id: ")
    }

    mutating func meaning(of line: Substring, after last: VLANEntry?) -> LineMeaning<VLANEntry> {
        let words = line.words
        guard let first = words.first else { return .furniture }
        let folded = PlatformMark.fold(line)
        if Self.isTitle(line) {
            guard let number = folded.split(separator: ":")[1].split(separator: " ").first, let id = VLANID(number) else {
                return .unknown
            }
            sawVLAN = true
            section = .none
            natives = []
            return .row(VLANEntry(vlanID: id, name: nil))
        }
        guard sawVLAN, let last else { return sawVLAN ? .furniture : .unknown }
        if folded.hasPrefix("this is configured as native vlan for") {
            section = .native
        } else if folded.hasPrefix("vlan trunk interfaces for vlan id") {
            section = .trunk
        } else if folded.hasPrefix("vlan trunk interface"), let name = words.last, PortWord.isPort(name) {
            section = .trunk
            return .amends(adding(name, to: last))
        } else if line.utf8.first != 0x20 {
            return port(first, words, after: last)
        } else if section == .native {
            section = .none
        }
        return .furniture
    }

    private mutating func port(_ name: Substring, _ words: [Substring], after last: VLANEntry) -> LineMeaning<VLANEntry> {
        guard PortWord.isPort(name) else { return .unknown }
        switch section {
        case .native:
            natives.append(InterfaceName(name))
            var entry = last
            for place in entry.members.indices where entry.members[place].interface == InterfaceName(name) {
                entry.members[place].tagged = false
            }
            return .amends(entry)
        // The name comes once alone and once more with its number, above its counters.
        case .trunk: return words.count == 1 ? .amends(adding(name, to: last)) : .furniture
        case .none: return .unknown
        }
    }

    private func adding(_ name: Substring, to entry: VLANEntry) -> VLANEntry {
        let name = InterfaceName(name)
        var entry = entry
        if !entry.members.contains(where: { $0.interface == name }) {
            entry.members.append(.init(interface: name, tagged: !natives.contains(name)))
        }
        return entry
    }
}
