internal import Facts

/// `show interface port-channel summary` of OS10 and `… brief` of OS9: a port-channel's number, and its ports one a line.
///
///     LAG     Mode      Status    Uptime              Ports
///     7       L2        up        00:00:56            Eth 1/1/3 (Up)
///                                                     Eth 1/1/4 (Up)
struct OS10LAGGrammar: TableGrammar {
    private var sawHeader = false

    var form: String { "text/lag" }
    var statesEmpty: Bool { sawHeader }
    var emptyIsSilent: Bool { true }
    static var hasOneAddressARow: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("port-ch") }
    static func mayTell(_ line: Substring) -> Bool { member(line.words[...]) != nil }
    static func isHeader(_ line: Substring) -> Bool { PlatformMark.fold(line).hasPrefix("lag mode status uptime ports") }

    mutating func meaning(of line: Substring, after last: Aggregate?) -> LineMeaning<Aggregate> {
        if Self.isHeader(line) {
            sawHeader = true
            return .heading
        }
        let words = line.words
        guard sawHeader, let first = words.first else { return line.utf8.contains(0x2d) ? .furniture : .unknown }
        if line.utf8.first == 0x20, let member = Self.member(words[...]), var row = last {
            row.members.append(member)
            return .amends(row)
        }
        // OS9 sets a letter in front of one that LACP formed.
        let start = first == "L" || first == "O" ? 1 : 0
        let rest = words.dropFirst(start + 1)
        guard words.count > start, words[start].isDecimal, rest.count >= 2, ["L2", "L3", "L2L3"].contains(rest.first ?? "") else {
            return .unknown
        }
        let status = rest.dropFirst()
        let isAdminDown = status.first?.lowercased() == "admin"
        guard let word = (isAdminDown ? status.dropFirst() : status).first?.lowercased(), word == "up" || word == "down" else {
            return .unknown
        }
        var row = Aggregate(
            interface: InterfaceName("port-channel" + words[start]), protocolName: start == 1 && first == "L" ? "LACP" : nil,
            up: word == "up")
        let behind = status.dropFirst(isAdminDown ? 3 : 2)
        if behind.isEmpty { return .row(row) }
        guard let member = Self.member(behind) else { return .unknown }
        row.members = [member]
        return .row(row)
    }

    /// `Eth 1/1/3 (Up)`, `Te 0/0 (Down)`, and OS9's star behind the port that leads.
    private static func member(_ words: ArraySlice<Substring>) -> Aggregate.Member? {
        var parts = Array(words)
        if parts.last == "*" { parts.removeLast() }
        guard let state = parts.last?.lowercased(), state == "(up)" || state == "(down)", parts.count <= 3, parts.count > 1,
            PortWord.isPort(Substring(parts.dropLast().joined()))
        else { return nil }
        return .init(interface: InterfaceName(parts.dropLast().joined(separator: " ")), active: state == "(up)")
    }
}
