internal import Facts

/// The lines of `show vlans` in all its styles.
///
/// A VLAN's name and tag stand on one line and its ports on the following ones: several a line with commas (without ELS),
/// one a line (with ELS), or with `,tagged,trunk` behind each (`detail`, `extensive`).
struct JunosVLANGrammar: TableGrammar {
    private enum Layout: String {
        case unknown = "text"
        case nonELS = "text/non-els"
        case els = "text/els"
        case brief = "text/brief"
        case detail = "text/detail"
    }

    private var layout = Layout.unknown
    /// What a list of ports in `detail` is about: `Untagged interfaces:` goes on over several lines.
    private var listIsTagged: Bool?

    var form: String { layout.rawValue }
    /// Junos always has at least its default VLAN, and prints no total.
    var statesEmpty: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("vlans") }
    static func mayTell(_ line: Substring) -> Bool { false }

    mutating func meaning(of line: Substring, after last: VLANEntry?) -> LineMeaning<VLANEntry> {
        let folded = PlatformMark.fold(line)
        if folded.isEmpty { return .furniture }
        if let heading = heading(folded) { return heading }
        if let amended = members(line, after: last) { return .amends(amended) }
        if layout == .detail || folded.hasPrefix("vlan: ") || folded.hasPrefix("vlan name: ") {
            if let meaning = detail(line, folded: folded, after: last) { return meaning }
        }
        return layout == .unknown || layout == .detail ? .unknown : row(line)
    }

    private mutating func heading(_ folded: String) -> LineMeaning<VLANEntry>? {
        if folded.hasPrefix("name tag interfaces") {
            layout = .nonELS
        } else if folded.hasPrefix("routing instance vlan name") {
            layout = .els
        } else if folded.hasPrefix("name tag address") {
            layout = .brief
        } else if folded.hasPrefix("routing instance: ") {
            layout = .detail
        } else if folded == "ports" {
            return .furniture
        } else {
            return nil
        }
        return .heading
    }

    // MARK: Tables

    private func row(_ line: Substring) -> LineMeaning<VLANEntry> {
        var words = line.words
        if layout == .els { words.removeFirst() }
        // A number is a tag that lost its name, a comma the rest of a list.
        guard let name = words.first, line.utf8.first != 0x20 || layout == .els, JunosVLANs.member(name) == nil, !name.isDecimal,
            name.utf8.contains(where: { $0 >= 0x30 && $0 != 0x3a }),
            !SessionNoise.matches(line)
        else { return .unknown }
        var rest = words.dropFirst()
        var entry = VLANEntry(vlanID: nil, name: String(name))
        if let tag = rest.first, tag.isDecimal || tag == "None" || tag == "NA" || tag == "none" {
            entry.vlanID = VLANID(tag)
            rest = rest.dropFirst()
        } else if layout == .els {
            return .unknown
        }
        if layout == .brief { return .row(entry) }
        for word in rest where word != "None" {
            let bare = word.hasSuffix(",") ? word.dropLast() : word
            guard let member = JunosVLANs.member(bare) else { return .unknown }
            entry.members.append(member)
        }
        return .row(entry)
    }

    /// A line of nothing but ports: `ge-0/0/1.0*, ge-0/0/9.0*` or `ge-0/0/9.0*,tagged,trunk`.
    private func members(_ line: Substring, after last: VLANEntry?) -> VLANEntry? {
        guard var entry = last else { return nil }
        let words = line.split { $0 == " " || $0 == "," || $0 == "\t" }
        if words == ["None"], layout == .nonELS { return entry }
        var found: [VLANEntry.Member] = []
        for word in words {
            if let member = JunosVLANs.member(word, tagged: listIsTagged) {
                found.append(member)
            } else if !found.isEmpty, let tagged = JunosVLANs.tagged(word) {
                found[found.count - 1].tagged = tagged
            } else if found.isEmpty || !["trunk", "access", "tagged-access", "inactive", "tap", "none"].contains(word) {
                return nil
            }
        }
        guard !found.isEmpty else { return nil }
        entry.members += found
        return entry
    }

    // MARK: `detail` and `extensive`

    private mutating func detail(_ line: Substring, folded: String, after last: VLANEntry?) -> LineMeaning<VLANEntry>? {
        let values = JunosDetailLine.values(of: line)
        if let name = values["vlan name"] ?? values["vlan"] {
            // An entry of the MAC table names its VLAN too.
            guard name.words.count == 1, values["mac"] == nil else { return .unknown }
            layout = .detail
            listIsTagged = nil
            var entry = VLANEntry(vlanID: nil, name: String(name))
            if let tag = values["802.1q tag"] ?? values["tag"] { entry.vlanID = VLANID(tag) }
            return .row(entry)
        }
        guard var entry = last else { return nil }
        if let tag = values["802.1q tag"] ?? values["tag"], let id = VLANID(tag) {
            entry.vlanID = id
            return .amends(entry)
        }
        if let name = values["layer 3 interface"] {
            entry.l3Interface = name.words.first.map { InterfaceName($0) }
            return .amends(entry)
        }
        for (start, tagged) in [("untagged interfaces:", false), ("tagged interfaces:", true)] where folded.hasPrefix(start) {
            listIsTagged = tagged
            let rest = line.trimmedBlanks.dropFirst(start.count)
            if rest.trimmedBlanks.isEmpty || rest.trimmedBlanks.hasPrefix("None") { return .furniture }
            return members(rest, after: entry).map { .amends($0) } ?? .unknown
        }
        return isKnownDetail(folded) ? .furniture : nil
    }

    private func isKnownDetail(_ folded: String) -> Bool {
        [
            "description:", "primary ip:", "number of interfaces:", "stp:", "internal index:", "mac aging time:", "vxlan enabled",
            "interfaces:", "total mac count:", "protocol:", "number of mac entries:", "mac learned:", "mac limit", "state:",
            "mac learning", "vlan id", "origin:", "vn segment", "vni", "encapsulation type", "isid", "secondary ip",
            "private vlan mode:", "mac statistics", "l2 domain",
        ].contains { folded.hasPrefix($0) }
    }
}
