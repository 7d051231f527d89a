internal import Facts

/// LLDP neighbours of EOS, NX-OS and IOS: the table (`show lldp neighbors`) and the paragraphs (`… detail`).
struct LLDPGrammar: TableGrammar {
    private enum Layout: String { case unknown = "text", eos = "text/eos", cisco = "text/table", detail = "text/detail" }
    private var layout = Layout.unknown
    private var total: Int?
    /// The start columns of the table's rule (`---- -----`), for names with blanks.
    private var columns: [Int] = []
    /// Where the local ports begin (NX-OS, IOS); nil before the header.
    private var localColumn: Int?
    /// The port of the paragraphs that follow (EOS).
    private var local: InterfaceName?

    var form: String { layout.rawValue }
    var statesEmpty: Bool { total == 0 }
    static var hasOneAddressARow: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("lldp") }
    static func mayTell(_ line: Substring) -> Bool { false }

    mutating func meaning(of line: Substring, after last: LLDPNeighbour?) -> LineMeaning<LLDPNeighbour> {
        let folded = PlatformMark.fold(line)
        if folded.isEmpty { return .furniture }
        if let heading = heading(folded, line) { return heading }
        switch layout {
        case .eos:
            if SessionNoise.isRule(line) {
                columns = Self.starts(of: line)
                return .furniture
            }
            return eosRow(line)
        case .cisco where !folded.hasPrefix("chassis id:") && !folded.hasPrefix("local intf:"): return ciscoRow(line)
        default: return detail(line, folded, after: last)
        }
    }

    private mutating func heading(_ folded: String, _ line: Substring) -> LineMeaning<LLDPNeighbour>? {
        if folded.hasPrefix("port neighbor device id") {
            layout = .eos
        } else if folded.hasPrefix("device id local intf") {
            layout = .cisco
            localColumn = InterfaceStateGrammar.offset(of: "Local Intf", in: line)
        } else if folded.hasPrefix("total entries displayed:") || folded.hasPrefix("number of lldp neighbors") {
            total = line.words.last?.decimal ?? total
        } else if folded.hasPrefix("capability codes:") {
            return .heading
        } else if folded.hasPrefix("last table change time") || folded.hasPrefix("number of table")
            || folded.hasPrefix("(") && folded.contains(") ")
        {
            return .furniture
        } else {
            return nil
        }
        return .heading
    }

    private static func starts(of rule: Substring) -> [Int] {
        var starts: [Int] = []
        var before: UInt8 = 0x20
        for (offset, byte) in rule.utf8.enumerated() {
            if byte == 0x2d, before != 0x2d { starts.append(offset) }
            before = byte
        }
        return starts
    }

    /// `Et1  leaf2.example.net  Ethernet1  120`
    private func eosRow(_ line: Substring) -> LineMeaning<LLDPNeighbour> {
        let words = line.words
        guard words.count >= 4, PortWord.isPort(words[0]), let ttl = words.last, ttl.isDecimal else { return .unknown }
        var device = words[1]
        var port = words[2..<(words.count - 1)].joined(separator: " ")
        if words.count > 4, columns.count >= 4, line.utf8.count > columns[3] {
            device = cut(line, columns[1], columns[2])
            port = String(cut(line, columns[2], columns[3]))
        }
        return .row(
            LLDPNeighbour(
                localInterface: InterfaceName(words[0]), neighbour: String(device), neighbourInterface: port))
    }

    private func cut(_ line: Substring, _ start: Int, _ end: Int) -> Substring {
        let bytes = line.utf8
        let from = bytes.index(bytes.startIndex, offsetBy: start)
        let to = bytes.index(bytes.startIndex, offsetBy: end)
        return line[from..<to].trimmedBlanks
    }

    /// NX-OS writes a name that is too long for its column on a line of its own; the next begins with the port.
    func begins(on line: Substring, before next: Substring?) -> Bool {
        guard layout == .cisco, let localColumn, let next, line.utf8.first != 0x20 else { return false }
        let indent = next.utf8.prefix { $0 == 0x20 }.count
        return indent + 2 >= localColumn && next.words.first.map { PortWord.isPort($0) } == true
    }

    /// `switch2.example.net  Gi1/0/1  120  B,R  Gi1/0/24`. IOS cuts the name at 20 characters and sets the port against it.
    private func ciscoRow(_ line: Substring) -> LineMeaning<LLDPNeighbour> {
        let words = line.words
        // A name may hold a number (`Polycom VVX 500`), so the first that stands behind a port counts.
        for hold in words.indices.dropFirst() where words[hold].isDecimal && hold + 1 < words.count {
            if let row = ciscoRow(words, hold: hold) { return .row(row) }
        }
        return .unknown
    }

    private func ciscoRow(_ words: [Substring], hold: Int) -> LLDPNeighbour? {
        var name = words[..<hold].joined(separator: " ")
        var local = words[hold - 1]
        if hold >= 2, PortWord.isPort(local) {
            name = words[..<(hold - 1)].joined(separator: " ")
        } else if let split = Self.splitName(words[..<hold].joined(separator: " ")) {
            (name, local) = split
        } else {
            return nil
        }
        var rest = words[(hold + 1)...]
        // The capabilities may be blank.
        if rest.count > 1, let first = rest.first, first.utf8.allSatisfy({ Self.capabilities.contains($0) }) {
            rest = rest.dropFirst()
        } else if rest.count == 1, rest.first?.utf8.allSatisfy({ Self.capabilities.contains($0) }) == true {
            // The line ends before the port.
            return nil
        }
        return LLDPNeighbour(
            localInterface: InterfaceName(local), neighbour: name.isEmpty ? nil : name,
            neighbourInterface: rest.joined(separator: " "))
    }

    /// `B,R` and `BR`
    private static let capabilities = Set("RBTCWPSO,()".utf8)

    /// The 20 characters of a name and the port behind them.
    private static func splitName(_ text: String) -> (String, Substring)? {
        guard text.utf8.count > 20 else { return nil }
        let place = text.utf8.index(text.utf8.startIndex, offsetBy: 20)
        let local = text[place...].trimmedBlanks
        return PortWord.isPort(local) ? (String(Substring(text[..<place]).trimmedBlanks), local) : nil
    }

    // MARK: Paragraphs

    private mutating func detail(_ line: Substring, _ folded: String, after last: LLDPNeighbour?) -> LineMeaning<LLDPNeighbour> {
        // EOS: `Interface Ethernet1 detected 1 LLDP neighbors:`
        let words = line.words
        if folded.hasPrefix("interface "), folded.contains(" detected "), words.count > 2 {
            layout = .detail
            local = InterfaceName(words[1])
            return .heading
        }
        if folded.hasPrefix("neighbor "), folded.contains(", age"), let local {
            return .row(LLDPNeighbour(localInterface: local))
        }
        guard let colon = line.utf8.firstIndex(of: 0x3a) else {
            return layout == .detail && !Self.begunLocal.contains(folded) ? .furniture : .unknown
        }
        var key = PlatformMark.fold(line[..<colon])
        if key.hasPrefix("- ") { key.removeFirst(2) }
        let value = Self.unquoted(line[line.utf8.index(after: colon)...].trimmedBlanks)
        // A paragraph's first line that was cut before its value.
        if value.isEmpty, key == "local intf" || key == "chassis id" { return .unknown }
        if key == "local intf" {
            layout = .detail
            return .row(LLDPNeighbour(localInterface: InterfaceName(value)))
        }
        if key == "chassis id", last == nil || last?.chassisID != nil, local == nil {
            layout = .detail
            return .row(LLDPNeighbour(localInterface: "", chassisID: String(value)))
        }
        guard layout == .detail, var entry = last else { return layout == .detail ? .furniture : .unknown }
        guard !value.isEmpty, value != "null", value != "not advertised" else { return .furniture }
        // The first of a name counts: the neighbour's description of itself is free text of many lines.
        switch key {
        case "chassis id" where entry.chassisID == nil: entry.chassisID = String(value)
        case "port id" where entry.neighbourInterface == nil: entry.neighbourInterface = String(value)
        case "local port id" where entry.localInterface.printed.isEmpty: entry.localInterface = InterfaceName(value)
        case "system name" where entry.neighbour == nil: entry.neighbour = String(value)
        case "port description" where entry.neighbourInterface == nil: entry.neighbourInterface = String(value)
        default: return .furniture
        }
        return .amends(entry)
    }

    /// The first words of the field that names the local port, where a terminal broke it.
    private static let begunLocal: Set<String> = ["local", "local port", "local port id", "local intf"]

    private static func unquoted(_ text: Substring) -> Substring {
        text.utf8.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"") ? text.dropFirst().dropLast() : text
    }
}
