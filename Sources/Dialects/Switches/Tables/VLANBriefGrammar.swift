internal import Facts

/// `VLAN  Name  Status  Ports` of EOS, NX-OS and IOS. The ports go on over indented lines; further tables (VLAN types, remote
/// SPAN, private VLANs) follow and are passed over. IOS does not list trunk ports here.
struct VLANBriefGrammar: TableGrammar {
    private static let states: Set<Substring> = [
        "active", "suspended", "suspend", "inactive", "act/unsup", "act/lshut", "act/ishut", "sus/lshut", "sus/ishut", "shutdown",
        "act/un", "deleted",
    ]
    private var isElsewhere = false
    private var sawHeader = false

    var form: String { "text" }
    var statesEmpty: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("vlan") }
    static func mayTell(_ line: Substring) -> Bool { false }

    mutating func meaning(of line: Substring, after last: VLANEntry?) -> LineMeaning<VLANEntry> {
        let words = line.words
        guard let first = words.first else { return .furniture }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("vlan name status") || folded.hasPrefix("vlan name status ports") {
            isElsewhere = false
            sawHeader = true
            return .heading
        }
        if folded.hasPrefix("vlan type") || folded.hasPrefix("remote span vlan") || folded.hasPrefix("primary secondary type") {
            isElsewhere = true
            return .heading
        }
        if isElsewhere { return .furniture }
        if line.utf8.first == 0x20, var entry = last, let ports = ports(words[...]), !ports.isEmpty {
            entry.members += ports
            return .amends(entry)
        }
        let number = first.hasSuffix("*") ? first.dropLast() : first
        if folded.hasPrefix("* indicates a dynamic vlan") { return .furniture }
        guard let id = VLANID(number), number.utf8.first != 0x30 else { return .unknown }
        for place in words.indices.dropFirst(2).reversed() where Self.states.contains(words[place]) {
            // A name of several words is one only below the header: other tables have numbers and states too.
            guard sawHeader || place == 2, let ports = ports(words[(place + 1)...]) else { continue }
            return .row(VLANEntry(vlanID: id, name: words[1..<place].joined(separator: " "), members: ports))
        }
        return .unknown
    }

    private func ports(_ words: ArraySlice<Substring>) -> [VLANEntry.Member]? {
        var found: [VLANEntry.Member] = []
        for word in words.flatMap({ $0.split(separator: ",") }) {
            let bare = word.hasSuffix("*") ? word.dropLast() : word.prefix { $0 != "(" }
            guard PortWord.isDestination(bare) else { return nil }
            found.append(.init(interface: InterfaceName(bare)))
        }
        return found
    }
}
