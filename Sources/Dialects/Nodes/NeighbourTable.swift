package import Facts

/// The neighbours of a Linux host or container: `/proc/net/arp`, `ip neigh` (iproute2 text and JSON, busybox), `arp -n`.
package enum NeighbourTable {
    /// All entries, in the order of the output.
    ///
    /// `/proc/net/arp` shows only IPv4; `ip neigh` prints nothing at all where there is none, which is
    /// `DialectError.nothingPrinted` in text and stated empty in JSON.
    /// - Source: kernel `net/ipv4/arp.c`, iproute2 `ip/ipneigh.c`, net-tools and busybox `arp.c`; `fixtures/nodes/igb-*.txt`.
    package static func read(_ text: String) throws(DialectError) -> Reading<NeighbourEntry> {
        let lines = TextLines(text)
        var draft = TableDraft<NeighbourEntry>(
            expected: "a neighbour table of Linux (/proc/net/arp, `ip neigh` or `arp -n`)", own: [.ipNeighbour, .procARP])
        if JSONDocuments.isJSON(lines) {
            draft.takeElements(try JSONDocuments(lines), read: NeighbourJSON.entry)
            return try draft.finish(lines, form: "json")
        }
        var form = "text"
        var device: InterfaceName?
        if let command = lines.lazy.compactMap({ SessionNoise.command(in: $0.text) }).first { device = namedDevice(command) }
        var scan = RowScan<NeighbourEntry>(lines, isFurniture: { isHeader($0, &form) }, startsRow: startsRow) { line in
            NeighbourLine.read(line, device: device, form: &form)
        }
        if form != "text" {
            // The interface comes last: a name that another row has too is whole.
            scan.dropCutRow(lines) { row, _, others in others.contains { $0.interface == row.interface } }
        }
        draft.take(scan)
        // The kernel prints the header alone where it has no entry.
        draft.statedEmpty = scan.sawFurniture && form == "text/proc-net-arp" && lines.endsWithNewline
        return try draft.finish(lines, form: form)
    }

    private static func startsRow(_ line: TextLine) -> Bool {
        let words = line.words
        return words.first.flatMap { IPAddress($0) } != nil || words.count > 1 && words[1].hasPrefix("(")
    }

    private static func isHeader(_ line: TextLine, _ form: inout String) -> Bool {
        let words = line.words
        if words.starts(with: ["IP", "address", "HW", "type", "Flags", "HW", "address", "Mask", "Device"]) {
            form = "text/proc-net-arp"
            return true
        }
        if words.starts(with: ["Address", "HWtype", "HWaddress"]) {
            form = "text/arp"
            return true
        }
        return words.first == "Entries:"
    }

    /// `ip neigh show dev vlan.201` leaves the device out of its rows. Nil where the command names none.
    private static func namedDevice(_ command: Substring) -> InterfaceName? {
        var cursor = WordCursor(command)
        guard command.words.contains(where: { $0.hasPrefix("neigh") || $0 == "n" }) else { return nil }
        while let word = cursor.take() {
            if word == "dev" { return cursor.take().map { InterfaceName($0) } }
        }
        return nil
    }
}

/// One row in any of the text forms.
enum NeighbourLine {
    static let states: Set<Substring> = [
        "INCOMPLETE", "REACHABLE", "STALE", "DELAY", "PROBE", "FAILED", "NOARP", "PERMANENT", "NONE",
    ]

    /// A row in any of the forms below, each of which is nil for a line that is not its row whole.
    static func read(_ line: Substring, device: InterfaceName?, form: inout String) -> NeighbourEntry? {
        let words = line.words
        guard let first = words.first else { return nil }
        if words.count >= 6, words[1].hasPrefix("0x"), words[2].hasPrefix("0x") {
            form = "text/proc-net-arp"
            return procRow(words)
        }
        if words.count >= 4, words[2] == "at", words[1].hasPrefix("("), words[1].hasSuffix(")") {
            form = "text/arp-a"
            return arpARow(words)
        }
        guard let address = IPAddress(first) else { return nil }
        if words.count > 2, words[1] != "dev", arpTypes.contains(words[1]) || words[1] == "(incomplete)" {
            form = "text/arp"
            return arpRow(words, address)
        }
        return neighbourRow(words, address, device)
    }

    /// `192.168.201.4    0x1         0x2         82:75:b3:9f:db:18     *        vlan.201`
    private static func procRow(_ words: [Substring]) -> NeighbourEntry? {
        guard words.count == 6, let ip = IPAddress(words[0]), let flags = Int(words[2].dropFirst(2), radix: 16) else {
            return nil
        }
        let mac = MACAddress(linux: words[3])
        // ATF_COM 0x02, ATF_PERM 0x04. Hardware types other than Ethernet print another address.
        guard mac != nil || words[1] != "0x1" else { return nil }
        let state = flags & 0x4 != 0 ? "permanent" : flags & 0x2 != 0 ? "complete" : "incomplete"
        // ATF_PUBL 0x08: an address that the host answers for; the zeros are no neighbour's.
        let isNobody = flags & 0x6 == 0 || flags & 0x8 != 0 && mac?.isZero == true
        return NeighbourEntry(ip: ip, mac: isNobody ? nil : mac, interface: InterfaceName(words[5]), state: state)
    }

    /// `? (192.168.201.4) at 82:75:b3:9f:db:18 [ether]  on vlan.201`
    private static func arpARow(_ words: [Substring]) -> NeighbourEntry? {
        guard let ip = IPAddress(words[1].dropFirst().dropLast()), words[words.count - 2] == "on",
            words[0] == "?" || !words[0].contains("?"), words.count(where: { $0 == "at" }) == 1,
            words.count(where: { $0 == "on" }) == 1
        else { return nil }
        let interface = InterfaceName(words[words.count - 1])
        if words[3] == "<incomplete>" {
            return NeighbourEntry(ip: ip, mac: nil, interface: interface, state: "incomplete")
        }
        let mac = MACAddress(linux: words[3])
        guard mac != nil || isNoMAC(words[3]) else { return nil }
        return NeighbourEntry(ip: ip, mac: mac, interface: interface, state: words.contains("PERM") ? "permanent" : nil)
    }

    /// What `arp` prints where a MAC stands else: `<from_interface>` and `*` (busybox) for an address that the host answers for, and
    /// the twenty bytes of InfiniBand.
    private static func isNoMAC(_ word: Substring) -> Bool {
        word == "<from_interface>" || word == "*" || word.utf8.count == 59
    }

    private static let arpTypes: Set<Substring> = ["ether", "infiniband", "*"]

    /// `192.168.201.4  ether  82:75:b3:9f:db:18  C  vlan.201` and `192.168.201.9  (incomplete)  vlan.201`
    private static func arpRow(_ words: [Substring], _ ip: IPAddress) -> NeighbourEntry? {
        if words[1] == "(incomplete)" {
            guard words.count == 3 else { return nil }
            return NeighbourEntry(ip: ip, mac: nil, interface: InterfaceName(words[2]), state: "incomplete")
        }
        let mac = words.count >= 5 ? MACAddress(linux: words[2]) : nil
        guard (5...6).contains(words.count), words[1] == "ether" ? mac != nil : isNoMAC(words[2]),
            words[3].utf8.allSatisfy({ [0x43, 0x4d, 0x50, 0x41].contains($0) })
        else { return nil }
        return NeighbourEntry(
            ip: ip, mac: mac, interface: InterfaceName(words[words.count - 1]),
            state: words[3].contains("M") ? "permanent" : "complete")
    }

    /// `192.168.201.4 dev vlan.201 lladdr 82:75:b3:9f:db:18 router REACHABLE`
    private static func neighbourRow(
        _ words: [Substring], _ ip: IPAddress, _ device: InterfaceName?
    ) -> NeighbourEntry? {
        var entry = NeighbourEntry(ip: ip, mac: nil, interface: device)
        var cursor = WordCursor(words)
        var isKnown = false
        var seen: Set<Substring> = []
        cursor.index = 1
        while let word = cursor.take() {
            // A word that comes again belongs to the rest of another row.
            if word == "dev" || word == "lladdr" {
                guard seen.insert(word).inserted else { return nil }
            }
            switch word {
            case "dev":
                guard let name = cursor.take() else { return nil }
                entry.interface = InterfaceName(name)
                isKnown = true
            case "lladdr":
                guard let address = cursor.take() else { return nil }
                entry.mac = MACAddress(linux: address)
                // InfiniBand's twenty bytes and a tunnel's IP address are no MACs, and are not cut either.
                guard entry.mac != nil || address.utf8.count == 59 || IPAddress(address) != nil else { return nil }
                isKnown = true
            case "ref", "used", "probes", "proto", "protocol", "nhid": _ = cursor.take()
            case "router", "proxy", "extern_learn", "offload", "managed", "extern_valid": break
            default:
                // iproute2 prints `used 12/12/12probes 1` without a blank; several states are joined by commas.
                let parts = word.split(separator: ",")
                guard !parts.isEmpty, parts.allSatisfy({ states.contains($0) }) else {
                    if word.hasSuffix("probes") || word.isDecimal { continue }
                    return nil
                }
                guard entry.state == nil else { return nil }
                entry.state = word.lowercased()
            }
        }
        guard isKnown || entry.state != nil, entry.state != nil || words.contains("proxy") else { return nil }
        if entry.state == "incomplete" { entry.mac = nil }
        return entry
    }
}
