internal import Facts

/// The lines of `show ethernet-switching table` and `show bridge mac-table`.
///
/// - Source: `fixtures/switches/junos` (non-ELS proven, the others restated).
struct JunosMACGrammar: TableGrammar {
    private enum Layout: String {
        case unknown = "text"
        case nonELS = "text/non-els"
        case els = "text/els"
        case bridge = "text/bridge"
        case detail = "text/detail"
    }

    private var layout = Layout.unknown
    private var isInLegend = false
    /// The bridge domain of the section (MX), which the rows do not repeat.
    private var domain: (name: String, vlan: VLANID?)?
    private var floods = 0
    /// Sum of the counts in the titles; nil before the first.
    private var counted: Int?
    /// The titles count only unicast entries.
    private var countsUnicast = false
    /// The header has an Age column; EVPN's has none, and a GBP tag may stand there.
    private var hasAge: Bool?
    /// The header has a column for the source (EVPN): an address learned from the control plane has it and no interface.
    private var hasSource = false
    /// A title or a header of the table was there.
    private var isTitled = false
    /// Inside the paragraph of a flood entry, which is no row.
    private var isInFlood = false

    var form: String { layout.rawValue }

    /// The title said 0, or it counted no more than the flood rows that were there.
    var statesEmpty: Bool {
        guard let counted else { return false }
        return counted == 0 || !countsUnicast && counted == floods
    }

    static func isAsked(by command: Substring) -> Bool {
        let lower = command.lowercased()
        return lower.contains("mac-table") || lower.contains("switching table") || lower.contains("switching mac")
            || lower.contains("mac-database") || lower.contains("eth") && lower.contains("tab")
    }

    mutating func meaning(of line: Substring, after last: FDBEntry?) -> LineMeaning<FDBEntry> {
        let words = line.words
        for position in 0..<min(2, words.count) {
            if words[position] == "*" || MACWord.read(words[position], .sixPairs) != nil {
                return row(words, addressAt: position)
            }
        }
        return furniture(words, line: line, after: last)
    }

    // MARK: Rows

    private mutating func row(_ words: [Substring], addressAt position: Int) -> LineMeaning<FDBEntry> {
        // A bridge domain's rows begin with the address; a word before it is the rest of a wrapped row.
        guard position + 2 < words.count, position == (layout == .bridge ? 0 : 1), isType(words[position + 1]) else {
            return .unknown
        }
        let rest = words[(position + 2)...]
        let type = words[position + 1]
        if layout == .bridge, hasSource, rest.count == 2, rest.first?.isDecimal == true, let source = rest.last,
            IPAddress(source) != nil, let mac = MACWord.read(words[position], .sixPairs)
        {
            return .row(FDBEntry(vlan: domain?.name, vlanID: domain?.vlan, mac: mac, type: JunosMACTable.type(type)))
        }
        // A control MAC is bound to next hops only: `DC  -  59147  59147`.
        if layout == .els, type.contains("C"), rest.count == 3, rest.first == "-", rest.dropFirst().allSatisfy(\.isDecimal),
            position == 1, let mac = MACWord.read(words[position], .sixPairs)
        {
            return .row(
                FDBEntry(
                    vlan: String(words[0]), vlanID: words[0].decimal.flatMap { VLANID($0) }, mac: mac,
                    type: JunosMACTable.type(type)))
        }
        guard let place = rest.firstIndex(where: isInterface) else { return .unknown }
        let before = rest[..<place]
        let after = rest[(place + 1)...]
        guard before.count <= 2, before.allSatisfy(isAgeOrTag), after.count <= 3, after.allSatisfy(isIndexOrSource) else {
            return .unknown
        }
        guard let mac = MACWord.read(words[position], .sixPairs) else {
            floods += 1
            return .furniture
        }
        if layout == .unknown { layout = type.utf8.count > 3 ? .nonELS : .els }
        let name = position == 1 ? String(words[0]) : domain?.name
        return .row(
            FDBEntry(
                vlan: name, vlanID: position == 1 ? words[0].decimal.flatMap { VLANID($0) } : domain?.vlan, mac: mac,
                type: JunosMACTable.type(type), interface: InterfaceName(rest[place]), interfaces: [],
                ageSeconds: hasAge ?? (layout == .nonELS) ? before.first.flatMap { JunosMACTable.age($0) } : nil))
    }

    private func isType(_ word: Substring) -> Bool {
        word.utf8.allSatisfy { byte in
            (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte == 0x2c || byte == 0x28 || byte == 0x29
        }
    }

    private func isInterface(_ word: Substring) -> Bool {
        word == "Router" || word == "All-members" || JunosInterface.isLogical(word)
    }

    /// An age (`-`, `54`, `4:05`) or a GBP tag.
    private func isAgeOrTag(_ word: Substring) -> Bool { word == "-" || JunosMACTable.age(word) != nil }

    /// A next-hop index, a router id, a VTEP's address or an ESI.
    private func isIndexOrSource(_ word: Substring) -> Bool {
        word.isDecimal || word == "-" || word.utf8.reduce(0) { $0 + ($1 == 0x3a ? 1 : 0) } == 9 || IPAddress(word) != nil
    }

    // MARK: Everything else

    private mutating func furniture(_ words: [Substring], line: Substring, after last: FDBEntry?) -> LineMeaning<FDBEntry> {
        if isInLegend {
            if line.utf8.contains(0x29) { isInLegend = false }
            return .furniture
        }
        guard let first = words.first else { return .furniture }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("mac flags (") {
            isInLegend = !line.utf8.contains(0x29)
            return .heading
        }
        if let meaning = title(words, folded: folded) {
            if case .heading = meaning { isTitled = true }
            return meaning
        }
        if isHeader(folded) {
            if folded.hasPrefix("mac mac") { layout = .bridge }
            if folded.hasPrefix("vlan mac address type age interfaces") { layout = .nonELS }
            if folded.hasPrefix("vlan mac mac") { layout = .els }
            if folded.contains("mac") { hasAge = folded.contains(" age") }
            hasSource = hasSource || folded.hasSuffix("active") || folded.hasSuffix("source")
            return .heading
        }
        if let entry = detailRow(folded: folded, line: line, after: last) {
            layout = .detail
            return entry
        }
        return first == "se" && folded.contains("statistics") ? .furniture : .unknown
    }

    private mutating func title(_ words: [Substring], folded: String) -> LineMeaning<FDBEntry>? {
        if folded.hasPrefix("ethernet-switching table:") || folded.hasPrefix("ethernet switching table :") {
            guard folded.contains("entr") else { return .unknown }
            counted = (counted ?? 0) + (words.lazy.compactMap(\.decimal).first ?? 1)
            countsUnicast = countsUnicast || folded.contains("unicast")
            return .heading
        }
        if folded.hasPrefix("routing instance :") || folded.hasPrefix("logical system :") { return .heading }
        if folded.hasPrefix("mac database for interface") { return .heading }
        guard folded.hasPrefix("bridging domain :") || folded.hasPrefix("bridge domain :") else { return nil }
        // `Bridging domain : bd-7, VLAN : 7`; `VLAN : none` and `NA` say no number.
        let parts = folded.split(separator: ",")
        let values = parts.map { part in part.split(separator: ":").dropFirst().first.map { Substring($0).trimmedBlanks } ?? "" }
        guard let name = values.first, !name.isEmpty, !values.contains(""), name.words.count == 1, !folded.hasSuffix(",") else {
            return .unknown
        }
        // The name as printed, not folded.
        let printed = words.first { $0.lowercased().hasPrefix(name) } ?? name
        domain = (String(printed.hasSuffix(",") ? printed.dropLast() : printed), values.count > 1 ? VLANID(values[1]) : nil)
        layout = .bridge
        return .heading
    }

    private func isHeader(_ folded: String) -> Bool {
        [
            "vlan mac address type age interfaces", "vlan mac mac", "name address flags", "mac mac ", "address flags ",
            "addr flags ",
            "vlan/bd mac",
        ].contains {
            folded.hasPrefix($0)
        }
    }

    // MARK: `detail` and `extensive`

    /// One entry over several lines. The line with the address makes the row, those that follow add to it.
    private mutating func detailRow(folded: String, line: Substring, after last: FDBEntry?) -> LineMeaning<FDBEntry>? {
        let values = JunosDetailLine.values(of: line)
        if let text = values["mac address"] ?? values["mac"], let mac = MACAddress(text) {
            // Interfaces of other makes have a `MAC Address:` of their own, with a capital A.
            guard isTitled || !line.contains("MAC Address") else { return nil }
            // Without ELS all of `VLAN: default, Tag: 0, MAC: …, Interface: ge-0/0/18.0` stands on one line.
            var entry = FDBEntry(mac: mac, type: "dynamic")
            JunosDetailLine.add(values, to: &entry)
            isInFlood = false
            return .row(entry)
        }
        if folded.hasPrefix("mac: *") || values["mac"] == "*" {
            isInFlood = true
            floods += 1
            return .furniture
        }
        if isInFlood, !values.isEmpty, values.keys.allSatisfy({ JunosDetailLine.known.contains($0) }) { return .furniture }
        guard layout == .detail, var entry = last, !values.isEmpty,
            values.keys.allSatisfy({ JunosDetailLine.known.contains($0) })
        else { return nil }
        JunosDetailLine.add(values, to: &entry)
        return .amends(entry)
    }
}
