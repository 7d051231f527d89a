/// Recognises the ports of EOS, NX-OS, IOS, SONiC and OS10 among the words of a line: a kind and numbers (`Et11/3`, `Po2`,
/// `Gi1/0/1`, `Eth142/1/1`, `ethernet1/1/11`), or a word that stands for the device itself (`CPU`, `Router`).
enum PortWord {
    private static let kinds: Set<String> = [
        "et", "eth", "ethernet", "po", "port-channel", "portchannel", "vx", "vxlan", "vl", "vlan", "ma", "mgmt", "management",
        "lo",
        "loopback", "tu", "tunnel", "fa", "fas", "fastethernet", "gi", "gig", "gigabitethernet", "te", "ten",
        "tengigabitethernet",
        "tengige", "tw", "twogigabitethernet", "fi", "fivegigabitethernet", "twe", "tf", "twentyfivegige",
        "twentyfivegigabitethernet", "fo",
        "fortygigabitethernet", "hu", "hundredgige", "hundredgigabitethernet", "fou", "fourhundredgige", "two", "twohundredgige",
        "pet",
        "peerethernet", "nve", "sup-eth", "ap", "app", "appgigabitethernet", "bdi", "bd", "pw", "pseudowire", "vfc", "veth",
        "vethernet",
        "stackport", "st", "stacksub-st", "cpu", "ca", "cab", "vsl", "tengigabit", "e", "sl", "wl", "wlan", "capwap", "mu",
        "fabric",
        "rl", "recirc-channel", "un", "unconnected", "fex", "san-po", "fc", "l2-psi", "bundle-ether", "be", "gigabit", "range",
        "rep",
        "efp", "service", "nu", "null", "in", "internal", "switch", "ac", "ot", "overlay", "oob", "vti", "vg", "di", "evpn",
        "bvi", "bv", "dot11radio", "do", "se", "serial", "lisp", "twogige", "fivegige", "tokenring", "atm", "async", "cellular",
        "dialer",
        "multilink", "virtual-access", "vi", "fiftygige", "fif", "bt", "mpls", "mti",
        "managementethernet",
        "ethernet-", "nvi", "virtual-template", "virtualportgroup", "embedded-service-engine", "service-engine", "group-async",
        "integrated-service-engine", "ucse", "wlan-gigabitethernet", "l2li", "virtual-network", "vif", "bluetooth",
    ]
    private static let named: Set<String> = [
        "cpu", "router", "switch", "drop", "peer-link", "igmp", "static", "flood", "self",
    ]

    /// True for a kind that is known, followed by numbers, and nothing else.
    static func isPort(_ word: Substring) -> Bool {
        var digits = word.utf8.startIndex
        let bytes = word.utf8
        while digits < bytes.endIndex, !(0x30...0x39).contains(bytes[digits]) { digits = bytes.index(after: digits) }
        guard digits < bytes.endIndex, digits > bytes.startIndex, isNumbers(bytes[digits...]) else { return false }
        return kinds.contains(word[..<digits].lowercased())
    }

    /// True for a port or for one of the words that stand in the port column instead.
    static func isDestination(_ word: Substring) -> Bool { isPort(word) || named.contains(word.lowercased()) }

    /// `1`, `1/0/1`, `142/1/1`, `5.201`, `49/1:2`, with a digit at the end.
    private static func isNumbers(_ bytes: Substring.UTF8View) -> Bool {
        var lastIsDigit = false
        for byte in bytes {
            switch byte {
            case 0x30...0x39: lastIsDigit = true
            case 0x2f, 0x2e, 0x3a:
                guard lastIsDigit else { return false }
                lastIsDigit = false
            default: return false
            }
        }
        return lastIsDigit
    }
}
