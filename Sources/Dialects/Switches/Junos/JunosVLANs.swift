internal import Facts

/// Junos' VLANs with their ports: `show vlans [detail|extensive]`; text, XML and JSON, with and without ELS.
enum JunosVLANs {
    static let expectation = TableExpectation(platform: .junos, table: "VLAN table")

    static func read(_ text: String) throws(DialectError) -> Reading<VLANEntry> {
        switch try Payload.find(in: text) {
        case .xml(let tree): try JunosVLANFields.read(tree, form: "xml")
        case .json(let tree): try JunosVLANFields.read(tree, form: "json")
        case .text(let lines) where lines.contains(where: { JunosSwitchingInterfaceGrammar.isHeader($0.text) }):
            VLANEntry.merged(try TableWalk.read(lines, JunosSwitchingInterfaceGrammar(), expecting: expectation))
        case .text(let lines): try TableWalk.read(lines, JunosVLANGrammar(), expecting: expectation)
        }
    }

    /// `ge-0/0/9.0*` is a port that is up in the VLAN; nil when the word is no port.
    static func member(_ word: Substring, tagged: Bool? = nil) -> VLANEntry.Member? {
        let isUp = word.hasSuffix("*")
        let name = isUp ? word.dropLast() : word
        guard JunosInterface.isLogical(name) else { return nil }
        return VLANEntry.Member(interface: InterfaceName(name), tagged: tagged, up: isUp)
    }

    /// `tagged` and `untagged`; nil for anything else.
    static func tagged(_ word: some StringProtocol) -> Bool? {
        switch word.lowercased() {
        case "tagged": true
        case "untagged": false
        default: nil
        }
    }
}
