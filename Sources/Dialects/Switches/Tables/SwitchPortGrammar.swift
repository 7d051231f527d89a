internal import Facts

/// `show interfaces switchport` of IOS, EOS and NX-OS: a paragraph of `key: value` for each port.
struct SwitchPortGrammar: TableGrammar {
    /// The list of VLANs ended with a comma, so it goes on on the next line.
    private var isListOpen = false
    private var sawPort = false

    var form: String { "text" }
    var statesEmpty: Bool { false }
    static var hasOneAddressARow: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("switchport") }
    static func mayTell(_ line: Substring) -> Bool { PlatformMark.fold(line).hasPrefix("name:") }

    mutating func meaning(of line: Substring, after last: PortVLANs?) -> LineMeaning<PortVLANs> {
        guard let colon = line.utf8.firstIndex(of: 0x3a) else { return withoutKey(line, after: last) }
        let value = line[line.utf8.index(after: colon)...].trimmedBlanks
        let key = PlatformMark.fold(line[..<colon])
        isListOpen = false
        if key == "name" {
            guard PortWord.isPort(value) else { return .unknown }
            sawPort = true
            return .row(PortVLANs(interface: InterfaceName(value)))
        }
        if key == "default switchport mode" { return .heading }
        guard sawPort else { return .unknown }
        guard let last else { return .furniture }
        return amended(last, key, value)
    }

    private mutating func amended(_ port: PortVLANs, _ key: String, _ value: Substring) -> LineMeaning<PortVLANs> {
        var port = port
        switch key {
        case "switchport":
            guard let state = ["enabled": true, "disabled": false][value.lowercased()] else { return .unknown }
            port.isSwitched = state
        case "administrative mode": port.configuredMode = Self.mode(value)
        case "operational mode":
            port.mode = Self.mode(value)
            port.aggregate = Self.bundle(value)
        case "access mode vlan", "trunking native mode vlan", "voice vlan":
            guard let number = value.words.first else { return .unknown }
            let isNone = VLANID(number) == nil
            // `0 ((Inactive))`: the VLAN was taken away. A voice VLAN may be `none`, `dot1p` or `untagged`.
            guard !isNone || number == "0" || number == "none" || key == "voice vlan" else { return .unknown }
            if key == "access mode vlan" { port.accessVLAN = VLANID(number) }
            if key == "trunking native mode vlan" { port.nativeVLAN = VLANID(number) }
            if key == "voice vlan" { port.voiceVLAN = VLANID(number) }
        case "trunking vlans enabled", "trunking vlans allowed":
            guard let vlans = VLANSet(value) else { return .unknown }
            port.allowed = vlans
            isListOpen = value.hasSuffix(",")
        default: return .furniture
        }
        return .amends(port)
    }

    /// The rest of a list of VLANs, or a line like `Capture Mode Disabled`.
    private mutating func withoutKey(_ line: Substring, after last: PortVLANs?) -> LineMeaning<PortVLANs> {
        let words = line.words
        guard let first = words.first else { return .furniture }
        guard sawPort, var port = last else { return .unknown }
        if isListOpen, words.count == 1, let more = VLANSet(first) {
            port.allowed?.append(more)
            isListOpen = first.hasSuffix(",")
            return .amends(port)
        }
        isListOpen = false
        let isDetail = Self.details.contains { PlatformMark.fold(line).hasPrefix($0) }
        // What private VLANs are mapped to stands on a line of its own: `10 (VLAN0010) 100 (VLAN0100)`.
        return isDetail || words.count > 1 && words[1].hasPrefix("(") && first.isDecimal ? .furniture : .unknown
    }

    private static let details = ["capture mode", "vepa", "app interface"]

    /// `trunk` of `trunk (member of bundle Po12)`
    private static func mode(_ value: Substring) -> String? {
        let text = value.prefix { $0 != "(" }.trimmedBlanks
        return text.isEmpty ? nil : String(text)
    }

    private static func bundle(_ value: Substring) -> InterfaceName? {
        let words = value.words
        guard let place = words.firstIndex(of: "bundle"), place + 1 < words.count else { return nil }
        let name = words[place + 1].prefix { $0 != ")" }
        return PortWord.isPort(name) ? InterfaceName(name) : nil
    }
}
