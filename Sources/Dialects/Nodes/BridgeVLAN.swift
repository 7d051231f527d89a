package import Facts

/// `bridge vlan show`, text and JSON: which VLANs each port of a Linux bridge carries.
package enum BridgeVLAN {
    /// One entry a VLAN in rising order, its ports in the order of the output.
    ///
    /// - Source: iproute2 `bridge/vlan.c`: `port  vlan-id` since 5.5, `port  vlan ids` before; ranges as `2-4094`; `None`
    ///   where a port has none; JSON is a list of ports since 4.18, an object by port before; `fixtures/nodes/bridge/bridge-vlan*`.
    package static func read(_ text: String) throws(DialectError) -> Reading<VLANEntry> {
        let lines = TextLines(text)
        var draft = TableDraft<VLANEntry>(expected: "`bridge vlan show` of iproute2", own: [.bridgeVLAN])
        var table = VLANPorts()
        let isJSON = JSONDocuments.isJSON(lines)
        if isJSON {
            let found = try JSONDocuments(lines)
            draft.unread = found.stray
            for document in found.documents {
                draft.statedEmpty = draft.statedEmpty || document.value.listed.isEmpty
                table.add(document.value, line: document.line, unread: &draft.unread)
            }
        } else {
            var reader = BridgeVLANText(table: table)
            for line in lines { reader.read(line) }
            // Names beside numbers are what many tables have; without the header this is none of ours.
            if reader.sawHeader { table = reader.table }
            draft.unread = reader.unread
            draft.sawOwnFurniture = reader.sawHeader
            draft.statedEmpty = reader.sawNone && lines.endsWithNewline
        }
        draft.rows = table.entries
        return try draft.finish(lines, form: isJSON ? "json" : "text")
    }
}

/// Ports by VLAN, collected from rows by port.
private struct VLANPorts {
    private var members: [Int: [VLANEntry.Member]] = [:]

    var entries: [VLANEntry] {
        members.sorted { $0.key < $1.key }.map { VLANEntry(vlanID: VLANID($0.key), name: nil, members: $0.value) }
    }

    mutating func add(_ range: ClosedRange<Int>, port: InterfaceName, isUntagged: Bool) {
        for number in range {
            let member = VLANEntry.Member(interface: port, tagged: !isUntagged)
            if members[number]?.contains(member) != true { members[number, default: []].append(member) }
        }
    }

    mutating func add(_ value: JSONValue, line: Int, unread: inout [UnreadLine]) {
        // Up to 4.15: {"swp1": [{"vlan": 1}]}.
        let ports: [(name: String?, vlans: JSONValue?)] =
            value.members?.map { ($0.key, $0.value) } ?? value.listed.map { ($0["ifname"]?.text, $0["vlans"]) }
        for port in ports {
            guard let name = port.name, let vlans = port.vlans?.elements else {
                unread.append(UnreadLine(number: line, text: "a port without name or VLANs"))
                continue
            }
            for vlan in vlans {
                let first = vlan["vlan"]?.int ?? 0
                let last = vlan["vlanEnd"]?.int ?? first
                guard (1...4094).contains(first), (first...4094).contains(last) else {
                    unread.append(UnreadLine(number: line, text: "\(name): \(vlan.compactText)"))
                    continue
                }
                let flags = vlan["flags"]?.listed.compactMap(\.text) ?? []
                add(first...last, port: InterfaceName(name), isUntagged: flags.contains("Egress Untagged"))
            }
        }
    }
}

private struct BridgeVLANText {
    var table: VLANPorts
    private(set) var unread: [UnreadLine] = []
    private(set) var sawHeader = false
    private(set) var sawNone = false
    /// The port that lines without one belong to.
    private var port: InterfaceName?

    init(table: VLANPorts) { self.table = table }

    mutating func read(_ line: TextLine) {
        let words = line.words
        guard let first = words.first else { return }
        if first == "port", words.count > 1, words[1].hasPrefix("vlan") {
            sawHeader = true
        } else if line.indent > 0, let range = Self.range(first) {
            take(range, words.dropFirst(), line)
        } else if words.count == 2, words[1] == "None", sawHeader {
            sawNone = true
        } else if words.count >= 2, let range = Self.range(words[1]) {
            port = InterfaceName(first)
            take(range, words.dropFirst(2), line)
        } else if words.count == 1, line.indent == 0, Self.range(first) == nil, sawHeader, !SessionNoise.matches(line.text) {
            // A name alone: its VLANs follow on lines of their own.
            port = InterfaceName(first)
        } else if !Self.isDetail(words), !SessionNoise.matches(line.text) {
            unread.append(line.unread)
            port = nil
        }
    }

    private mutating func take(_ range: ClosedRange<Int>, _ flags: ArraySlice<Substring>, _ line: TextLine) {
        let text = flags.joined(separator: " ")
        guard let port, ["", "PVID", "Egress Untagged", "PVID Egress Untagged"].contains(text) else {
            return unread.append(line.unread)
        }
        table.add(range, port: port, isUntagged: text.hasSuffix("Untagged"))
    }

    /// What `-d` and `-s` put below a VLAN.
    private static func isDetail(_ words: [Substring]) -> Bool {
        ["state", "mcast_router", "RX:", "TX:", "neigh_suppress"].contains(words[0])
    }

    /// `201` or `2-4094`
    private static func range(_ word: Substring) -> ClosedRange<Int>? {
        let ends = word.split(separator: "-", omittingEmptySubsequences: false).map(\.decimal)
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], (1...4094).contains(first),
            (first...4094).contains(last)
        else { return nil }
        return first...last
    }
}
