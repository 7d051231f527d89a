internal import Facts

/// The MAC table of IOS and IOS-XE: `show mac address-table`, `show mac-address-table`; text, in the layouts of Catalyst
/// 2960 to 9500, 4500, 6500/6800 and of routers with switch modules.
enum IOSMACTable {
    static let expectation = TableExpectation(platform: .ios, table: "MAC table")

    static func read(_ text: String) throws(DialectError) -> Reading<FDBEntry> {
        switch try Payload.find(in: text) {
        case .json(let tree): try ForeignPayload.refuse(tree, expecting: expectation)
        case .xml(let tree): try ForeignPayload.refuse(tree, expecting: expectation)
        case .text(let lines): try TableWalk.read(lines, IOSMACGrammar(), expecting: expectation)
        }
    }
}

/// The lines of `show mac address-table` on IOS.
struct IOSMACGrammar: TableGrammar {
    private enum Layout: String {
        case unknown = "text"
        /// `Vlan  Mac Address  Type  Ports`
        case plain = "text/catalyst"
        /// `vlan  mac address  type  learn  age  ports`, a section for each line card
        case cards = "text/6500"
        /// `vlan  mac address  type  protocols  port`
        case protocols = "text/4500"
        /// `Destination Address  Address Type  VLAN  Destination Port`
        case destination = "text/router"
        /// `AED  MAC address  Policy  Tag  Age  Pseudoport`, a section for each bridge domain
        case domain = "text/bridge-domain"
    }

    private var layout = Layout.unknown
    private var total: Int?
    /// The bridge domain of the section, a number that is no VLAN.
    private var domain: String?
    /// Between the title of a bridge domain and the header of its addresses, where its state and its members are listed.
    private var isInMembers = false

    var form: String { layout.rawValue }
    var statesEmpty: Bool { total == 0 }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("mac") }

    mutating func meaning(of line: Substring, after last: FDBEntry?) -> LineMeaning<FDBEntry> {
        let words = line.words
        for position in 0..<min(5, words.count) {
            if let mac = MACWord.read(words[position], .threeQuads) {
                if domain != nil { return domainRow(words, at: position, mac: mac) }
                return position == 0 ? destinationRow(words, mac: mac) : row(line, words, at: position, mac: mac)
            }
        }
        if let last, line.utf8.first == 0x20, let amended = morePorts(line, after: last) { return .amends(amended) }
        return furniture(line, words)
    }

    // MARK: Rows

    private func row(_ line: Substring, _ words: [Substring], at position: Int, mac: MACAddress) -> LineMeaning<FDBEntry> {
        let vlan = words[position - 1]
        guard isVLAN(vlan), words[..<(position - 1)].allSatisfy(isFlag), position + 1 < words.count,
            words[position + 1].utf8.allSatisfy({
                (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || $0 == 0x2d || $0 == 0x5f
            })
        else { return .unknown }
        let type = words[position + 1]
        var rest = words[(position + 2)...]
        var age: Int?
        if let learn = rest.first, learn == "Yes" || learn == "No" {
            guard rest.count >= 2, let word = rest.dropFirst().first, word == "-" || word == "n/a" || word.isDecimal
            else { return .unknown }
            age = word.decimal
            rest = rest.dropFirst(2)
        } else if layout == .cards {
            return .unknown
        } else if let word = rest.first, isProtocols(word) {
            rest = rest.dropFirst()
        }
        var ports = rest.flatMap { $0.split(separator: ",") }
        if ports == ["vPC", "Peer-Link"] { ports = ["vPC Peer-Link"] }
        guard ports.allSatisfy(isDestination) else { return .unknown }
        // Some rows have no port at all; a dynamic one always has, so without it the row is cut.
        if ports.isEmpty {
            let isPadded = line.utf8.last == 0x20
            guard type.lowercased() != "dynamic", layout == .cards || type == "system" || isPadded else { return .unknown }
        }
        let isNumber = vlan.isDecimal
        return .row(
            FDBEntry(
                vlan: vlan == "---" ? nil : String(vlan), vlanID: isNumber ? VLANID(vlan) : nil, mac: mac, type: Self.type(type),
                interface: ports.first.map { InterfaceName($0) },
                interfaces: ports.count > 1 ? ports.map { InterfaceName($0) } : [],
                ageSeconds: age))
    }

    /// `c402.43ab.0000  Self  1  Vlan1`
    private func destinationRow(_ words: [Substring], mac: MACAddress) -> LineMeaning<FDBEntry> {
        guard words.count == 4, words[2].isDecimal || words[2] == "All", isDestination(words[3]),
            words[1].utf8.allSatisfy({ (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) })
        else { return .unknown }
        return .row(
            FDBEntry(
                vlan: String(words[2]), vlanID: VLANID(words[2]), mac: mac, type: Self.type(words[1]),
                interface: InterfaceName(words[3])))
    }

    /// `0   567F.F15E.AC52  forward  dynamic  300  GigabitEthernet2.EFP201`
    private func domainRow(_ words: [Substring], at position: Int, mac: MACAddress) -> LineMeaning<FDBEntry> {
        let rest = words[(position + 1)...]
        guard position <= 1, rest.count == 4 || rest.count == 5, let port = rest.last, rest.dropFirst(2).first?.isDecimal == true,
            port.first?.isLetter == true,
            port.utf8.last.map({ (0x30...0x39).contains($0) }) == true || port.hasPrefix("OCE_PTR:0x")
        else { return .unknown }
        return .row(
            FDBEntry(
                vlan: domain, mac: mac, type: Self.type(rest[rest.startIndex + 1]), interface: InterfaceName(port),
                ageSeconds: rest[rest.startIndex + 2].decimal))
    }

    static func type(_ printed: Substring) -> String {
        switch printed.lowercased() {
        case "dynamic", "dynamic_c": "dynamic"
        case "static", "static_r": "static"
        case "self": "self"
        default: String(printed)
        }
    }

    /// A number, `All`, `N/A`, `---`, or the routed port to which an internal VLAN belongs (`Te5/1`).
    private func isVLAN(_ word: Substring) -> Bool {
        VLANID(word) != nil && word.utf8.first != 0x30 || word == "All" || word == "N/A" || word == "---" || PortWord.isPort(word)
    }

    /// `*` primary, `R` gateway, `S` secure, `D` duplicate, `#` fabric.
    private func isFlag(_ word: Substring) -> Bool { ["*", "R", "S", "D", "#", "*R", "*S", "*D", "+", "C"].contains(word) }

    private static let protocols: Set<Substring> = ["ip", "ipx", "assigned", "other", "arp", "all"]

    /// `ip,ipx,assigned,other`
    private func isProtocols(_ word: Substring) -> Bool {
        word.split(separator: ",").allSatisfy { Self.protocols.contains($0) }
    }

    private func isDestination(_ word: Substring) -> Bool {
        PortWord.isDestination(word) || word == "Stby-Switch" || word == "SVI" || word == "vPC Peer-Link"
            || word.hasPrefix("nve") && word.contains(".VNI")
    }

    /// The ports of a row go on over indented lines.
    private func morePorts(_ line: Substring, after last: FDBEntry) -> FDBEntry? {
        let words = line.split { $0 == " " || $0 == "," || $0 == "\t" }
        guard !words.isEmpty, words.allSatisfy(isDestination), last.type != "dynamic" || last.interfaces.count > 1 else {
            return nil
        }
        var amended = last
        if amended.interfaces.isEmpty, let first = last.interface { amended.interfaces = [first] }
        amended.interfaces += words.map { InterfaceName($0) }
        if amended.interface == nil { amended.interface = amended.interfaces.first }
        if amended.interfaces.count < 2 { amended.interfaces = [] }
        return amended
    }

    // MARK: Everything else

    private mutating func furniture(_ line: Substring, _ words: [Substring]) -> LineMeaning<FDBEntry> {
        let folded = PlatformMark.fold(line)
        if let layout = Self.headers[folded] {
            self.layout = layout
            return .heading
        }
        // `Bridge-domain 201 (2 ports in all)`
        if folded.hasPrefix("bridge-domain "), words.count >= 2, words[1].isDecimal {
            domain = String(words[1])
            layout = .domain
            isInMembers = true
            return .heading
        }
        if folded.hasPrefix("aed mac address") {
            isInMembers = false
            return .heading
        }
        if isInMembers { return .furniture }
        if folded.hasPrefix("total mac addresses") || folded.hasPrefix("total mac addresses for this criterion") {
            total = (total ?? 0) + (words.last?.decimal ?? 1)
            return .heading
        }
        if folded.hasPrefix("no entries present") {
            total = total ?? 0
            return .heading
        }
        if Self.titles.contains(where: { folded.hasPrefix($0) }) { return .heading }
        return Self.known.contains { folded.hasPrefix($0) } ? .furniture : .unknown
    }

    private static let headers: [String: Layout] = [
        "vlan mac address type ports": .plain, "vlan mac address type port": .plain,
        "vlan mac address type learn age ports": .cards, "vlan mac address type learn qos ports": .cards,
        "vlan mac address type protocols port": .protocols,
        "destination address address type vlan destination port": .destination,
    ]
    private static let titles = [
        "mac address table", "unicast entries", "multicast entries", "displaying entries from", "legend: * - primary entry",
        "non-static address table", "static address table", "ehwic:", "slot:", "dynamic and secure address table",
    ]
    private static let known = [
        "age - seconds", "n/a - not", "s - secure", "r - router", "d - duplicate", "# - fabric", "dynamic address count",
        "secure address count", "static address (user", "system self address", "maximum mac addresses", "legend:",
        "total mac addresses installed",
    ]
}
