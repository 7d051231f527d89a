package import Facts

/// `bridge fdb show`, text and JSON, and `brctl showmacs`: the MAC table of a Linux bridge.
package enum BridgeFDB {
    /// All rows, in the order of the output. A learned row has no state word and is `dynamic`.
    ///
    /// Text says nothing at all where there is no row, which is `DialectError.nothingPrinted`.
    /// - Source: iproute2 `bridge/fdb.c` (4.18 leaves out the words `master` and `dst`; JSON has `dev` up to 4.15, `ifname`
    ///   from 4.18); `fixtures/nodes/bridge/bridge-fdb*`.
    package static func read(_ text: String) throws(DialectError) -> Reading<FDBEntry> {
        let lines = TextLines(text)
        var draft = TableDraft<FDBEntry>(expected: "`bridge fdb show` of iproute2", own: [.bridgeFDB])
        if JSONDocuments.isJSON(lines) {
            let found = try JSONDocuments(lines)
            draft.takeElements(found, read: jsonRow)
            return try draft.finish(lines, form: "json")
        }
        if BrctlLine.isTable(lines) {
            var scan = RowScan<FDBEntry>(
                lines, isFurniture: { BrctlLine.isHeader($0.trimmed) }, startsRow: BrctlLine.startsRow, row: BrctlLine.row)
            scan.dropCutRow(lines) { _, line, _ in line.text.hasSuffix("0") || line.words.count == 5 }
            draft.take(scan)
            draft.statedEmpty = scan.sawFurniture && lines.endsWithNewline
            return try draft.finish(lines, form: "text/brctl")
        }
        let device = lines.lazy.compactMap { SessionNoise.command(in: $0.text) }.first.flatMap(namedDevice)
        var scan = RowScan<FDBEntry>(lines, startsRow: { $0.words.first.flatMap { MACAddress(linux: $0) } != nil }) {
            row($0, device: device)
        }
        // A row without a state ends with a blank where one may follow: at the end of a broken capture it may have been cut
        // off, unless the capture lost the blanks of all rows.
        let isTrimmed = zip(scan.rows, scan.lines).dropLast().contains { isStateless($0) && $1.text.utf8.last != 0x20 }
        scan.dropCutRow(lines) { row, _, _ in !isStateless(row) || isTrimmed }
        draft.take(scan)
        return try draft.finish(lines, form: "text")
    }

    private static func isStateless(_ entry: FDBEntry) -> Bool { entry.type == "dynamic" || entry.type == "self" }

    /// `bridge fdb show dev swp1` leaves the port out of its rows. Nil where the command names none.
    private static func namedDevice(_ command: Substring) -> InterfaceName? {
        var cursor = WordCursor(command)
        guard command.words.contains("fdb") else { return nil }
        while let word = cursor.take() {
            if word == "dev" || word == "brport" { return cursor.take().map { InterfaceName($0) } }
        }
        return nil
    }

    private static let states: Set<Substring> = ["permanent", "static", "stale"]
    private static let flags: Set<Substring> = [
        "self", "router", "extern_learn", "offload", "sticky", "locked", "blackhole", "added_by_ext", "activity_notify",
        "inactive",
    ]
    private static let valued: Set<Substring> = [
        "dst", "master", "via", "vni", "src_vni", "port", "link-netnsid", "nhid", "controller",
    ]

    /// Nil when the line is no row, is cut, or has a word that is not known.
    private static func row(_ line: Substring, device: InterfaceName?) -> FDBEntry? {
        var cursor = WordCursor(line)
        guard let mac = cursor.take().flatMap({ MACAddress(linux: $0) }) else { return nil }
        var entry = FDBEntry(mac: mac, type: "dynamic", interface: device)
        var state: Substring?
        var seen: Set<Substring> = []
        while let word = cursor.take() {
            // A bare bridge stands after all that has a keyword; before one it is the rest of a broken word.
            if seen.contains("bare"), valued.contains(word) || ["dev", "vlan", "used"].contains(word) { return nil }
            switch word {
            // A word that comes again belongs to the rest of another row.
            case "dev":
                guard seen.insert(word).inserted, let name = cursor.take() else { return nil }
                entry.interface = InterfaceName(name)
            case "vlan":
                guard seen.insert(word).inserted, let number = cursor.take(), let id = VLANID(number) else { return nil }
                entry.vlan = String(number)
                entry.vlanID = id
            case "used":
                // `used 21/7`: seconds since it was last looked up, and since it was last seen as a source.
                guard let times = cursor.take()?.split(separator: "/"), times.count == 2, let updated = times[1].decimal else {
                    return nil
                }
                entry.ageSeconds = updated
            case _ where valued.contains(word):
                guard cursor.take() != nil, seen.insert(word).inserted else { return nil }
            case _ where states.contains(word) || word.hasPrefix("state="): state = word
            case _ where flags.contains(word): seen.insert(word)
            default:
                // 4.18 prints bridge and VTEP bare; a keyword cut short is neither.
                guard !isCutKeyword(word), seen.isDisjoint(with: ["master", "self", "bare"]) || IPAddress(word) != nil else {
                    return nil
                }
                seen.insert(IPAddress(word) == nil ? "bare" : "dst")
            }
        }
        // Every row belongs to a bridge or to the device itself; one that says neither is cut.
        guard !seen.isDisjoint(with: ["master", "self", "bare", "controller", "offload", "extern_learn"]) else { return nil }
        entry.type = type(state.map(String.init), isSelf: seen.contains("self") && !seen.contains("master"))
        return entry
    }

    private static func isCutKeyword(_ word: Substring) -> Bool {
        (states.union(flags).union(valued).union(["vlan", "used", "dev"])).contains { $0.hasPrefix(word) }
    }

    /// The state where one is printed; what the device holds for itself without one is `self`; a learned row is dynamic.
    private static func type(_ state: String?, isSelf: Bool) -> String {
        if let state, !state.isEmpty { return state }
        return isSelf ? "self" : "dynamic"
    }

    /// Nil when the element has no MAC address, or a VLAN that is none.
    private static func jsonRow(_ value: JSONValue) -> FDBEntry? {
        guard let mac = value["mac"]?.text.flatMap({ MACAddress(linux: $0) }) else { return nil }
        let flags = value["flags"]?.listed.compactMap(\.text) ?? []
        var entry = FDBEntry(mac: mac, type: "")
        entry.interface = (value["ifname"] ?? value["dev"])?.text.map { InterfaceName($0) }
        if let vlan = value["vlan"]?.looseInt {
            guard let id = VLANID(vlan) else { return nil }
            entry.vlan = String(vlan)
            entry.vlanID = id
        }
        entry.ageSeconds = value["updated"]?.int
        entry.type = type(value["state"]?.text, isSelf: flags.contains("self") && value["master"] == nil)
        return entry
    }
}

extension TableDraft {
    /// The elements of all lists in JSON, each read alone; what cannot be read is named with the line where its list begins.
    mutating func takeElements(_ found: JSONDocuments, read: (JSONValue) -> Record?) {
        unread += found.stray
        for document in found.documents {
            let elements = document.value.listed
            statedEmpty = statedEmpty || elements.isEmpty
            for element in elements where element.members?.isEmpty != true {
                if let record = read(element) {
                    rows.append(record)
                } else {
                    unread.append(UnreadLine(number: document.line, text: String(element.compactText.prefix(200))))
                }
            }
        }
    }
}
