internal import Facts

/// The lines of `show mac address-table` on Nexus switches, the FabricPath and the Nexus 1000V layouts included.
///
/// A row may begin with a flag (`*`, `+`, `G`, `O`, `C`, `~`; of EVPN `A`, `S`, `E`) or with none; the port is the rest of the line.
struct NXOSMACGrammar: TableGrammar {
    private var sawHeader = false
    private var sawRule = false
    private var total: Int?
    /// Between `Legend:` and the header, whose lines differ by release and are wrapped.
    private var isInLegend = false

    var form: String { "text" }
    /// NX-OS prints its header, the rule below it, and nothing else.
    var statesEmpty: Bool { total == 0 || total == nil && sawHeader && sawRule }
    var emptyIsSilent: Bool { true }

    static func isAsked(by command: Substring) -> Bool {
        let lower = command.lowercased()
        return lower.contains("mac") || lower.contains("l2route")
    }

    mutating func meaning(of line: Substring, after last: FDBEntry?) -> LineMeaning<FDBEntry> {
        let words = line.words
        for position in 1..<max(1, min(5, words.count)) {
            if let mac = MACWord.read(words[position], .threeQuads) {
                return row(words[...position] + Self.withWholeBrackets(words[(position + 1)...]), at: position, mac: mac)
            }
        }
        if let last, line.utf8.first == 0x20, let amended = morePorts(line, after: last) { return .amends(amended) }
        return furniture(PlatformMark.fold(line))
    }

    private mutating func furniture(_ folded: String) -> LineMeaning<FDBEntry> {
        if folded.hasPrefix("---------+") || folded.hasPrefix("------------+") {
            sawRule = true
            return .furniture
        }
        let isHeader =
            folded.hasPrefix("vlan mac address type age") && (folded.contains("secure") || folded.hasSuffix("age port"))
            || folded.hasPrefix("vlan/bd mac address type age")
        if isHeader {
            sawHeader = true
            isInLegend = false
            return .heading
        }
        if folded.hasPrefix("total mac addresses:") {
            total = folded.split(separator: " ").last.flatMap { Substring($0).decimal }
            return .heading
        }
        if folded.hasPrefix("* - primary entry, g - gateway") || folded.hasPrefix("legend:") && !folded.contains("primary") {
            isInLegend = !sawHeader
            return .heading
        }
        if isInLegend, !MACWord.occurs(in: Substring(folded)), folded.utf8.count < 90 { return .furniture }
        let known = ["age - seconds", "(t) - true", "unknown key id", "note: mac table entries", "use the 'hardware-age'"]
        return known.contains { folded.hasPrefix($0) } ? .furniture : .unknown
    }

    /// `nve1(10.1.1.1 10.1.1.2)` is one word.
    private static func withWholeBrackets(_ words: ArraySlice<Substring>) -> ArraySlice<Substring> {
        guard let open = words.firstIndex(where: { $0.contains("(") && !$0.contains(")") }),
            let close = words[open...].firstIndex(where: { $0.hasSuffix(")") })
        else { return words }
        return words[..<open] + [Substring(words[open...close].joined(separator: " "))] + words[(close + 1)...]
    }

    // MARK: Rows

    private func row(_ words: ArraySlice<Substring>, at position: Int, mac: MACAddress) -> LineMeaning<FDBEntry> {
        let vlan = words[position - 1]
        guard vlan == "-" || VLANID(vlan) != nil && vlan.utf8.first != 0x30 || vlan == "0",
            words[..<(position - 1)].allSatisfy(isFlag), position + 3 <= words.count - 1,
            words[position + 1].utf8.allSatisfy({ (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || $0 == 0x2d }),
            let age = age(words[position + 2])
        else { return .unknown }
        var place = position + 3
        while place < words.count, place < position + 5, ["T", "F", "~~~"].contains(words[place]) { place += 1 }
        guard place < words.count, words[place...].allSatisfy(isPortText), isWhole(words[place...]) else { return .unknown }
        let ports = NXOSMACTable.ports(words[place...].joined(separator: " "))
        return .row(
            FDBEntry(
                vlan: vlan == "-" ? nil : String(vlan), vlanID: VLANID(vlan), mac: mac,
                type: EOSMACTable.type(words[position + 1]),
                interface: ports.first, interfaces: ports.count > 1 ? ports : [], ageSeconds: age < 0 ? nil : age))
    }

    private func isFlag(_ word: Substring) -> Bool {
        word.utf8.count <= 2 && word.utf8.allSatisfy { Array("*+GOCRASE~(M)".utf8).contains($0) }
    }

    /// Seconds; -1 where there is none (`-`, `NA`, `~~~`); nil when the word is no age.
    private func age(_ word: Substring) -> Int? {
        if word == "-" || word == "NA" || word == "~~~" || word == "N/A" { return -1 }
        return word.decimal ?? Ages.clock(word)
    }

    /// `Po1`, `Eth1/11`, `sup-eth1(R)`, `(R)`, `(Lo0)`, `Drop`, `vPC`, `Peer-Link(R)`, `nve1(10.0.0.112)`, `SVI_DOWN_FLOOD(R)`,
    /// and FabricPath's `1.0.42`.
    private func isPortText(_ word: Substring) -> Bool {
        if PortWord.isPort(word) { return true }
        var base = word
        if base.hasSuffix(")"), let open = base.firstIndex(of: "(") {
            base = base[..<open]
        } else if word.contains("(") {
            return false
        }
        if base.isEmpty || PortWord.isDestination(base) || base.lowercased() == "vpc" { return true }
        let isUpperName =
            base.utf8.count > 3 && base.utf8.last != 0x5f && base.utf8.allSatisfy { (0x41...0x5a).contains($0) || $0 == 0x5f }
        let numbers = base.split(separator: ".", omittingEmptySubsequences: false)
        return isUpperName || numbers.count == 3 && numbers.allSatisfy(\.isDecimal)
    }

    /// `vPC` alone is the first half of `vPC Peer-Link`.
    private func isWhole(_ words: ArraySlice<Substring>) -> Bool {
        words.last?.lowercased() != "vpc"
    }

    /// The ports of a multicast row go on over indented lines.
    private func morePorts(_ line: Substring, after last: FDBEntry) -> FDBEntry? {
        let words = line.split { $0 == " " || $0 == "," || $0 == "\t" }
        guard !words.isEmpty, words.allSatisfy({ PortWord.isPort($0) }), let first = last.interface,
            last.type != "dynamic" || last.interfaces.count > 1
        else { return nil }
        var amended = last
        if amended.interfaces.isEmpty { amended.interfaces = [first] }
        amended.interfaces += words.map { InterfaceName($0) }
        return amended
    }
}
