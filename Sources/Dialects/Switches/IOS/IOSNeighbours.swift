internal import Facts

/// IOS' and IOS-XE's ARP table and IPv6 neighbours: `show ip arp`, `show arp`, `show ipv6 neighbors`; text.
enum IOSNeighbours {
    static let expectation = TableExpectation(platform: .ios, table: "ARP or IPv6 neighbour table")

    static func read(_ text: String) throws(DialectError) -> Reading<NeighbourEntry> {
        switch try Payload.find(in: text) {
        case .json(let tree): try ForeignPayload.refuse(tree, expecting: expectation)
        case .xml(let tree): try ForeignPayload.refuse(tree, expecting: expectation)
        case .text(let lines): try TableWalk.read(lines, IOSNeighbourGrammar(), expecting: expectation)
        }
    }
}

/// `Protocol  Address  Age (min)  Hardware Addr  Type  Interface`; the interface may be missing on a good row, and a private
/// VLAN may follow it (`pv 202`).
struct IOSNeighbourGrammar: TableGrammar {
    private var sawHeader = false

    var form: String { "text" }
    /// IOS prints the header and nothing below it.
    var statesEmpty: Bool { sawHeader }
    var emptyIsSilent: Bool { true }

    static func isAsked(by command: Substring) -> Bool {
        let lower = command.lowercased()
        return lower.contains("arp") || lower.contains("neighbor") && lower.contains("ipv6")
    }

    mutating func meaning(of line: Substring, after last: NeighbourEntry?) -> LineMeaning<NeighbourEntry> {
        let words = line.words
        if words.count >= 5, words[0] == "Internet", let ip = IPAddress(words[1]) { return row(words, ip: ip) }
        if words.count >= 4, words[0].utf8.contains(0x3a), let ip = IPAddress(words[0]) { return ipv6Row(words, ip: ip) }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("protocol address age"), folded.contains("hardware addr") {
            sawHeader = true
            return .heading
        }
        if folded.hasPrefix("ipv6 address age link-layer addr") {
            sawHeader = true
            return .heading
        }
        return .unknown
    }

    private func row(_ words: [Substring], ip: IPAddress) -> LineMeaning<NeighbourEntry> {
        let mac = MACWord.read(words[3], .threeQuads)
        guard mac != nil || words[3].lowercased() == "incomplete", words[2] == "-" || words[2].isDecimal,
            words[4].utf8.allSatisfy({ (0x41...0x5a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d || $0 == 0x2e })
        else { return .unknown }
        var rest = words[5...]
        var interface: InterfaceName?
        if let name = rest.first {
            guard PortWord.isPort(name) else { return .unknown }
            interface = InterfaceName(name)
            rest = rest.dropFirst()
        }
        if rest.count == 2, rest.first == "pv" { rest = [] }
        guard rest.isEmpty else { return .unknown }
        let minutes = words[2].decimal
        return .row(
            NeighbourEntry(
                ip: ip, mac: mac, interface: interface, state: mac == nil ? "incomplete" : nil,
                ageSeconds: minutes.flatMap { $0 < 100_000_000 ? $0 * 60 : nil }))
    }

    /// `IPv6 Address  Age  Link-layer Addr  State  Interface`
    private func ipv6Row(_ words: [Substring], ip: IPAddress) -> LineMeaning<NeighbourEntry> {
        let mac = MACWord.read(words[2], .threeQuads)
        guard words.count == 5, mac != nil || words[2] == "-", words[1] == "-" || words[1].isDecimal, PortWord.isPort(words[4])
        else { return .unknown }
        return .row(
            NeighbourEntry(
                ip: ip, mac: mac, interface: InterfaceName(words[4]), state: NeighbourState.normal(words[3]),
                ageSeconds: words[1].decimal.flatMap { $0 < 100_000_000 ? $0 * 60 : nil }))
    }
}
