internal import Facts

/// The states of interfaces on EOS, NX-OS and IOS: `show interfaces` (a paragraph each), `show interfaces status`, and `show ip
/// interface brief`.
struct InterfaceStateGrammar: TableGrammar {
    private enum Layout: String {
        case unknown = "text", paragraphs = "text/interfaces", status = "text/status", brief = "text/ip-brief"
        case description = "text/description", nexusBrief = "text/brief", ipParagraphs = "text/ip-interface", ipv6Brief =
            "text/ipv6-brief"
    }
    private var layout = Layout.unknown
    /// Where the header has `Status` and `Vlan`, for states that are not known; nil where it has none.
    private var statusColumn: Int?
    private var vlanColumn: Int?

    var form: String { layout.rawValue }
    var statesEmpty: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("int") }
    static func mayTell(_ line: Substring) -> Bool { line.words.count > 2 && PortWord.isPort(line.words[0]) }

    mutating func meaning(of line: Substring, after last: InterfaceState?) -> LineMeaning<InterfaceState> {
        let words = line.words
        guard let first = words.first else { return .furniture }
        // A Nexus with Fibre Channel prints a line of its own for each such port into the table of states.
        let isFibreChannel = layout == .status && first.hasPrefix("fc")
        if words.count >= 3, words[1] == "is", Self.isNamed(first, before: words[2]),
            line.utf8.first != 0x20 || isFibreChannel, let row = paragraph(line.trimmedBlanks, first)
        {
            if !isFibreChannel { layout = .paragraphs }
            return .row(row)
        }
        let folded = PlatformMark.fold(line)
        if let heading = heading(folded, line) { return heading }
        if let row = ipRow(line, words) { return row }
        switch layout {
        case .paragraphs:
            // A paragraph's first line that was broken (`Ethernet1/1` and then `is up`) is no detail of the one before.
            let isBroken = line.utf8.first != 0x20 && (words.count == 1 || first == "is" || PortWord.isPort(first))
            return isBroken ? .unknown : detail(folded, words, after: last)
        case .ipParagraphs: return subnet(words, after: last)
        case .ipv6Brief where line.utf8.first == 0x20: return Self.isIPv6Detail(first) ? .furniture : .unknown
        case .ipv6Brief: return nexusIPv6(words)
        case .description: return PortWord.isPort(first) ? described(words) : .unknown
        case .nexusBrief: return PortWord.isPort(first) ? nexusBrief(line, words) : .unknown
        case .brief where line.utf8.first == 0x20 && last?.operUp == nil: return unnumbered(words, after: last)
        case .status: return PortWord.isPort(first) ? status(line, words) : .unknown
        case .brief: return PortWord.isPort(first) || Self.isUnnumberedName(first) ? brief(words) : .unknown
        case .unknown: return .unknown
        }
    }

    private mutating func heading(_ folded: String, _ line: Substring) -> LineMeaning<InterfaceState>? {
        if folded.hasPrefix("port name status") || folded.hasPrefix("interface name status reason") {
            layout = .status
            statusColumn = Self.offset(of: "Status", in: line)
            // Without the blanks of its columns the header does not say where they are.
            let isSpaced = Self.offset(of: "Name", in: line).map { (statusColumn ?? 0) - $0 > 8 } == true
            vlanColumn = isSpaced ? Self.offset(of: "Vlan", in: line) : nil
        } else if folded.hasPrefix("interface ipv6 address/link-local address") {
            layout = .ipv6Brief
        } else if folded.hasPrefix("interface ip-address ok?") || folded.hasPrefix("interface ip address") {
            layout = .brief
        } else if folded.hasPrefix("interface status protocol") {
            layout = .description
        } else if Self.nexusHeaders.contains(where: { folded.hasPrefix($0) }) {
            layout = .nexusBrief
        } else if folded.hasPrefix("ip interface status for vrf") || folded.hasPrefix("ipv6 interface status for vrf")
            || folded == "address" || layout == .nexusBrief && Self.nexusHeaderRest.contains(where: { folded.hasPrefix($0) })
        {
            return .heading
        } else {
            return nil
        }
        return .heading
    }

    /// `Vlan156, Interface status: protocol-down/link-down/admin-up, iod: 2,` of NX-OS, and `Vlan201  [up/up]` of IOS.
    private mutating func ipRow(_ line: Substring, _ words: [Substring]) -> LineMeaning<InterfaceState>? {
        if words.count >= 4, words[0].hasSuffix(","), words[1] == "Interface", words[2] == "status:" {
            layout = .ipParagraphs
            let name = words[0].dropLast()
            let states = words[3].hasSuffix(",") ? words[3].dropLast() : words[3]
            guard PortWord.isPort(name), let states = Self.nexusStates(states) else { return .unknown }
            return .row(InterfaceState(interface: InterfaceName(name), adminUp: states.admin, operUp: states.oper))
        }
        guard line.utf8.first != 0x20 || layout == .ipv6Brief, words.count >= 2, PortWord.isPort(words[0]),
            words[1].hasPrefix("["),
            words.last?.hasSuffix("]") == true
        else { return nil }
        layout = .ipv6Brief
        let states = words[1...].joined(separator: " ").dropFirst().dropLast().split(separator: "/")
        guard states.count == 2 else { return .unknown }
        return .row(
            InterfaceState(
                interface: InterfaceName(words[0]),
                adminUp: states[0].hasPrefix("admin") ? false : states[0] == "up" ? true : nil,
                operUp: states[1] == "up"))
    }

    func begins(on line: Substring, before next: Substring?) -> Bool {
        layout != .paragraphs && line.utf8.first != 0x20 && line.words.first.map { PortWord.isPort($0) } == true
    }

    // MARK: Paragraphs

    private static let paragraphStates = [
        "up", "down", "administratively", "trunking", "deleted", "reset", "standby", "disabled",
    ]

    /// A name whose kind is not known (`VirtualPortGroup0`, `NVI0`) ends with a number and stands before a state, so that it
    /// is not taken for a detail of the interface before.
    private static func isNamed(_ name: Substring, before state: Substring) -> Bool {
        if PortWord.isPort(name) { return true }
        guard let first = name.utf8.first, let last = name.utf8.last, (0x30...0x39).contains(last), first > 0x39 else {
            return false
        }
        return paragraphStates.contains { state == $0 || state.dropLast() == $0 && state.hasSuffix(",") }
    }

    /// `Vlan10 is up, line protocol is up (connected)`, `Ethernet1/2 is down (Link not connected)`; nil when the line breaks
    /// off before the protocol's state, or says no state (`VLAN0201 is executing …`).
    private func paragraph(_ line: Substring, _ name: Substring) -> InterfaceState? {
        let lower = line.lowercased()
        guard let range = lower.utf8.firstIndex(of: 0x20).map({ lower[$0...] }) else { return nil }
        let text = Substring(range).trimmedBlanks
        if Self.breaksOff(text) { return nil }
        let isAdminDown = text.contains("administratively down") || text.contains("admin down")
        var row = InterfaceState(interface: InterfaceName(name))
        if let place = Self.after("line protocol is ", in: text) {
            row.operUp = place.hasPrefix("up")
            row.adminUp = !isAdminDown && !text.hasPrefix("is disabled")
        } else {
            guard Self.paragraphStates.contains(where: { text.dropFirst(3).hasPrefix($0) }) else { return nil }
            row.operUp = text.hasPrefix("is up") || text.hasPrefix("is trunking")
            row.adminUp = isAdminDown ? false : nil
        }
        if text.contains("err-disabled") || text.contains("errdisabled") || text.contains("errordisabled") {
            row.blocking = "err-disabled"
        }
        return row
    }

    static func after(_ start: String, in text: Substring) -> Substring? {
        let bytes = Array(start.utf8)
        let all = text.utf8
        var index = all.startIndex
        while index < all.endIndex {
            if all[index...].starts(with: bytes) { return text[all.index(index, offsetBy: bytes.count)...] }
            index = all.index(after: index)
        }
        return nil
    }

    private func detail(_ folded: String, _ words: [Substring], after last: InterfaceState?) -> LineMeaning<InterfaceState> {
        guard var row = last else { return .furniture }
        if folded.hasPrefix("internet address is ") || folded.hasPrefix("secondary address ") {
            guard let word = words.first(where: { $0.utf8.contains(0x2f) }) else { return .furniture }
            let text = word.hasSuffix(",") ? word.dropLast() : word
            guard let prefix = IPPrefix(text) else { return .unknown }
            row.addresses.append(prefix)
            return .amends(row)
        }
        if folded.hasPrefix("admin state is ") {
            let state = words.count > 3 ? words[3].prefix { $0 != "," } : ""
            guard state == "up" || state == "down" else { return .unknown }
            row.adminUp = state == "up"
            return .amends(row)
        }
        return .furniture
    }

    // MARK: Tables

    private static let up: Set<String> = ["connected", "up"]
    private static let down: Set<String> = [
        "notconnect", "notconnec", "disabled", "err-disabled", "errdisabled", "errdisable", "errdisabl", "inactive", "monitoring",
        "sfpabsent", "xcvrabsen",
        "down",
        "nooperm", "noopermem", "channeldo", "suspended", "suspnd", "linkflape", "faulty", "sfpinvali", "not", "adminshut",
        "channelad",
        "xcvrinval",
    ]

    /// `Port  Name  Status  Vlan …`: the name is free text, so the status is the first of its words from the left that
    /// stands before a VLAN.
    private func status(_ line: Substring, _ words: [Substring]) -> LineMeaning<InterfaceState> {
        let place = words.indices.dropFirst().first { index in
            let word = words[index].lowercased()
            guard Self.up.contains(word) || Self.down.contains(word), index + 1 < words.count else { return false }
            let next = words[index + 1].lowercased()
            return next.utf8.first.map { (0x30...0x39).contains($0) } == true
                || Self.besideStatus.contains(next)
        }
        // The name is free text, so a line that ends within it says nothing.
        if let vlanColumn, line.utf8.count <= vlanColumn { return .unknown }
        guard let word = stateByColumns(of: line) ?? place.map({ words[$0].lowercased() }) ?? stateInColumn(of: line) else {
            return .unknown
        }
        return .row(
            InterfaceState(
                interface: InterfaceName(words[0]), adminUp: isAdminUp(word, line),
                operUp: Self.up.contains(word),
                blocking: word.hasPrefix("err") ? "err-disabled" : nil))
    }

    /// The words that stand in the VLAN's column instead of a number.
    private static let besideStatus: Set<String> = [
        "trunk", "routed", "unassigned", "in", "tap", "--", "dot1q-tun", "f-path", "fabric", "monitor", "access", "pvlan",
    ]

    /// A tunnel's `down` does not tell; the reason behind it may.
    private func isAdminUp(_ word: String, _ line: Substring) -> Bool? {
        if word != "down" { return word != "disabled" && word != "adminshut" }
        return PlatformMark.fold(line).contains("admin down") ? false : nil
    }

    /// The one word between the beginnings of `Status` and `Vlan`, when both columns are where the header has them: any word
    /// there is a state (`suspndByV`), and none in the free text before is.
    private func stateByColumns(of line: Substring) -> String? {
        guard let statusColumn, let vlanColumn, Self.begins(line, at: statusColumn), Self.begins(line, at: vlanColumn) else {
            return nil
        }
        let start = line.utf8.index(line.utf8.startIndex, offsetBy: statusColumn)
        let cell = line[start..<line.utf8.index(line.utf8.startIndex, offsetBy: vlanColumn)].words
        guard cell.count == 1, let word = cell.first, word.utf8.count > 1 else { return nil }
        return word.utf8.allSatisfy { $0 == 0x2d || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) }
            ? word.lowercased() : nil
    }

    /// True when a word begins at this offset.
    private static func begins(_ line: Substring, at column: Int) -> Bool {
        let bytes = line.utf8
        guard column > 0, bytes.count > column else { return false }
        let start = bytes.index(bytes.startIndex, offsetBy: column)
        return bytes[start] != 0x20 && bytes[bytes.index(before: start)] == 0x20
    }

    /// The word that begins where the header says `Status`: of a tunnel, whose next column is no VLAN. Only a state that is known.
    private func stateInColumn(of line: Substring) -> String? {
        guard let statusColumn, Self.begins(line, at: statusColumn) else { return nil }
        let start = line.utf8.index(line.utf8.startIndex, offsetBy: statusColumn)
        let word = line[start...].prefix { $0 != " " }.lowercased()
        return Self.up.contains(word) || Self.down.contains(word) ? word : nil
    }

    /// Where a title begins in a header, in bytes; nil when it is not there.
    static func offset(of title: String, in header: Substring) -> Int? {
        let wanted = Array(title.utf8)
        let bytes = Array(header.utf8)
        return bytes.indices.first { bytes[$0...].starts(with: wanted) }
    }

    /// The one interface of IOS-XE whose name has no number.
    private static func isUnnumberedName(_ word: Substring) -> Bool { word == "Sdwan-system-intf" }

    private static let briefStates: Set<Substring> = ["up", "down", "deleted", "reset", "initializing", "standby"]

    /// IOS `Vlan1  10.0.0.1  YES NVRAM  administratively down  down`; EOS `Vlan201  10.0.0.1/24  up  up  1500`; NX-OS
    /// `Vlan10  10.0.0.1  protocol-up/link-up/admin-up`.
    private func brief(_ words: [Substring]) -> LineMeaning<InterfaceState> {
        var row = InterfaceState(interface: InterfaceName(words[0]))
        // NX-OS puts the state of an unnumbered interface on the next line.
        if words.count == 2, words[1] == "unnumbered" { return .row(row) }
        guard words.count >= 3 else { return .unknown }
        if let prefix = IPPrefix(words[1]) {
            row.addresses = [prefix]
        } else if IPAddress(words[1]) == nil, words[1] != "unassigned",
            words[1] != "forward-enabled", words[1] != "--"
        {
            return .unknown
        }
        if words[2].hasPrefix("protocol-") {
            guard let states = Self.nexusStates(words[2]) else { return .unknown }
            row.operUp = states.oper
            row.adminUp = states.admin
            return .row(row)
        }
        var rest = words[2...]
        let isIOS = rest.first == "YES" || rest.first == "NO"
        if isIOS { rest = rest.dropFirst(2) }
        let isAdminDown = rest.first == "administratively" || rest.first == "admin"
        guard let state = isAdminDown ? rest.dropFirst().first : rest.first,
            let proto = rest.dropFirst(isAdminDown ? 2 : 1).first,
            Self.briefStates.contains(state),
            ["up", "down", "notpresent", "lowerlayerdown", "dormant", "testing"].contains(proto)
        else { return .unknown }
        // Behind the states EOS has the MTU and whose the address is; IOS has nothing, so more is the next row.
        let behind = rest.dropFirst(isAdminDown ? 3 : 2)
        guard behind.isEmpty || !isIOS && behind.first?.isDecimal == true && !behind.contains(where: { IPPrefix($0) != nil })
        else {
            return .unknown
        }
        row.adminUp = isAdminDown ? false : state == "up" || state == "down" ? true : nil
        row.operUp = proto == "up"
        return .row(row)
    }
}
