internal import Facts

/// The MAC table of Junos: EX, QFX and SRX with and without ELS (`show ethernet-switching table`), MX (`show bridge
/// mac-table`), MAC-VRFs; text, XML and JSON.
enum JunosMACTable {
    static let expectation = TableExpectation(platform: .junos, table: "MAC table")

    /// MAC addresses that the device has learned or holds, in table order; `Flood` rows (`*`) are left out.
    ///
    /// - Throws: `DialectError` for another platform's output and for the device's error text.
    static func read(_ text: String) throws(DialectError) -> Reading<FDBEntry> {
        switch try Payload.find(in: text) {
        case .xml(let tree): try JunosMACFields.read(tree, form: "xml")
        case .json(let tree): try JunosMACFields.read(tree, form: "json")
        case .text(let lines): try TableWalk.read(lines, JunosMACGrammar(), expecting: expectation)
        }
    }

    /// What Junos prints as type (`Learn`, `Static`) or as flags (`D`, `DLR`, `S,NM`), in the words all platforms share.
    static func type(_ printed: some StringProtocol) -> String {
        if printed.hasPrefix("Learn") { return "dynamic" }
        if printed == "Static" { return "static" }
        guard let first = printed.utf8.first, printed.utf8.allSatisfy({ (0x41...0x5a).contains($0) || $0 == 0x2c }) else {
            return String(printed)
        }
        // Joined letters; SE (statistics) and SD may stand first only after a comma.
        if first == 0x44 { return "dynamic" }
        return first == 0x53 && !printed.hasPrefix("SE") ? "static" : String(printed)
    }

    /// `54`, `4:05` and `1:02:03` in seconds; nil for `-` and everything else.
    static func age(_ word: Substring) -> Int? {
        var total = 0
        for part in word.split(separator: ":", omittingEmptySubsequences: false) {
            guard let value = part.decimal, value < 1_000_000 else { return nil }
            total = total * 60 + value
        }
        return total
    }
}
