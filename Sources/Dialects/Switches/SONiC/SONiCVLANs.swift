internal import Facts

/// SONiC's VLANs: `bridge vlan show` of its kernel, `show vlan brief` (a drawn box) and `show vlan config`.
enum SONiCVLANs {
    static let expectation = TableExpectation(platform: .sonic, table: "VLAN table")

    static func read(_ text: String) throws(DialectError) -> Reading<VLANEntry> {
        if case .text(let lines) = try Payload.find(in: text), lines.contains(where: { SONiCVLANGrammar.isHeader($0.text) }) {
            return try TableWalk.read(lines, SONiCVLANGrammar(), expecting: expectation)
        }
        // Enterprise SONiC's `show Vlan` is that of OS10.
        if case .text(let lines) = try Payload.find(in: text),
            lines.contains(where: { PlatformMark.fold($0.text).hasPrefix("num status q ports") })
        {
            return try TableWalk.read(lines, OS10VLANGrammar(), expecting: expectation)
        }
        return try BridgeVLAN.read(text)
    }
}

struct SONiCVLANGrammar: TableGrammar {
    private var isBox = false
    private var portsColumn = 2

    var form: String { isBox ? "text/brief" : "text/config" }
    var statesEmpty: Bool { true }
    var emptyIsSilent: Bool { true }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("vlan") }
    static func mayTell(_ line: Substring) -> Bool { false }

    static func isHeader(_ line: Substring) -> Bool {
        let folded = PlatformMark.fold(line)
        return folded.hasPrefix("| vlan id") || folded.hasPrefix("name vid member")
    }

    mutating func meaning(of line: Substring, after last: VLANEntry?) -> LineMeaning<VLANEntry> {
        if Self.isHeader(line) {
            isBox = BoxLine.cells(line) != nil
            portsColumn = BoxLine.cells(line)?.firstIndex { $0.lowercased() == "ports" } ?? 2
            return .heading
        }
        if BoxLine.isRule(line) { return .furniture }
        if isBox { return boxRow(line, after: last) }
        let words = line.words
        guard words.count == 4 || words.count == 2, let id = VLANID(words[1]) else { return .unknown }
        // The name holds the number, which shows where that was cut.
        if words[0].hasPrefix("Vlan"), let named = words[0].dropFirst(4).decimal, named != id.number { return .unknown }
        var entry = last?.vlanID == id ? last ?? VLANEntry(vlanID: id, name: nil) : VLANEntry(vlanID: id, name: String(words[0]))
        if words.count == 4 {
            guard let tagged = JunosVLANs.tagged(words[3]) else { return .unknown }
            entry.members.append(.init(interface: InterfaceName(words[2]), tagged: tagged))
        }
        return last?.vlanID == id ? .amends(entry) : .row(entry)
    }

    private func boxRow(_ line: Substring, after last: VLANEntry?) -> LineMeaning<VLANEntry> {
        guard let cells = BoxLine.cells(line), cells.count > portsColumn + 1 else { return .unknown }
        let port = cells[portsColumn]
        var members: [VLANEntry.Member] = []
        if !port.isEmpty {
            // A site may have its ports shown by their aliases, whose names are free (`etp4`).
            guard port.words.count == 1, let tagged = JunosVLANs.tagged(cells[portsColumn + 1]) else { return .unknown }
            members = [.init(interface: InterfaceName(port), tagged: tagged)]
        }
        if let id = VLANID(cells[0]) { return .row(VLANEntry(vlanID: id, name: nil, members: members)) }
        guard cells[0].isEmpty, var entry = last else { return .unknown }
        entry.members += members
        return .amends(entry)
    }
}
