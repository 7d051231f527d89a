internal import Facts

/// `show interfaces trunk` of IOS and EOS, `show interface trunk` of NX-OS: a head with the ports' modes, then one list of VLANs
/// after the other, each with all ports.
struct TrunkGrammar: TableGrammar {
    /// What one line says of one port.
    struct Part: Equatable, Sendable {
        enum Section: Sendable { case head, allowed, active, forwarding, other }
        let interface: InterfaceName
        let section: Section
        var status: String?
        var native: VLANID?
        var vlans: VLANSet?
    }

    private var section: Part.Section?
    /// The columns of the head: where the native VLAN stands, `-1` for the last.
    private var nativeIsSecond = false

    var form: String { "text" }
    var statesEmpty: Bool { section != nil }
    var emptyIsSilent: Bool { true }
    static var hasOneAddressARow: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("trunk") }
    static func mayTell(_ line: Substring) -> Bool {
        guard let first = line.words.first, line.words.count == 2 else { return false }
        return PortWord.isPort(first) && VLANSet(line.words[1]) != nil
    }

    mutating func meaning(of line: Substring, after last: Part?) -> LineMeaning<Part> {
        let words = line.words
        guard let first = words.first else { return .furniture }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("port ") { return heading(folded) }
        if folded == "vlan channel" || folded == "feature vtp is not enabled" { return .furniture }
        guard let section else { return .unknown }
        if PortWord.isPort(first) { return row(words, section) }
        // A long list goes on on the next line, below the first.
        if var part = last, words.count == 1, line.utf8.first == 0x20, let more = VLANSet(first), part.vlans != nil {
            part.vlans?.append(more)
            return .amends(part)
        }
        return .unknown
    }

    private mutating func heading(_ folded: String) -> LineMeaning<Part> {
        let title = folded.dropFirst(5)
        if title.hasPrefix("mode ") || title.hasPrefix("native status") {
            section = .head
            nativeIsSecond = title.hasPrefix("native")
        } else if title.hasPrefix("vlans allowed and active") {
            section = .active
        } else if title.hasPrefix("vlans allowed") {
            section = .allowed
        } else if title.hasPrefix("vlans in spanning tree forwarding") || title.hasPrefix("stp forwarding") {
            section = .forwarding
        } else if title.hasPrefix("vlans ") {
            section = .other
        } else {
            return .unknown
        }
        return .heading
    }

    private func row(_ words: [Substring], _ section: Part.Section) -> LineMeaning<Part> {
        var part = Part(interface: InterfaceName(words[0]), section: section)
        guard section == .head else {
            // A blank may follow a comma (`200-211, 300-302`).
            guard words.count >= 2, words[1..<(words.count - 1)].allSatisfy({ $0.hasSuffix(",") }),
                let vlans = VLANSet(Substring(words[1...].joined()))
            else { return .unknown }
            part.vlans = vlans
            return .row(part)
        }
        guard words.count >= 4 else { return .unknown }
        let native = nativeIsSecond ? words[1] : words[words.count - 1]
        part.status = String(nativeIsSecond ? words[2] : words[words.count - 2])
        guard native.isDecimal || native.lowercased() == "none" else { return .unknown }
        part.native = VLANID(native)
        return .row(part)
    }

    /// The parts put together, one entry a port, in the order in which the ports come first.
    static func ports(_ parts: [Part]) -> [TrunkPort] {
        var ports: [TrunkPort] = []
        var places: [InterfaceName: Int] = [:]
        for part in parts {
            let place = places[part.interface] ?? ports.count
            if place == ports.count {
                places[part.interface] = place
                ports.append(TrunkPort(interface: part.interface))
            }
            switch part.section {
            case .head:
                ports[place].status = part.status
                ports[place].nativeVLAN = part.native
            case .allowed: ports[place].allowed = part.vlans
            case .active: ports[place].active = part.vlans
            case .forwarding: ports[place].forwarding = part.vlans
            case .other: break
            }
        }
        return ports
    }
}
