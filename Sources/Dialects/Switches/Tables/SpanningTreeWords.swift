internal import Facts

/// The words that devices use for states and roles of spanning tree, each with the one that records use.
enum SpanningTreeWords {
    /// The state that a word means; nil when it is none. `BKN*` may have the cost behind it without a blank.
    static func state(_ word: some StringProtocol) -> SpanningTreePort.State? { states[word.lowercased()] }

    /// - Source: IOS and NX-OS `FWD BLK LIS LRN DIS BKN`, EOS whole words, Junos `FWD BLK LRN LST DIS`, SONiC capitals,
    ///   Linux' `br_port_state_names`.
    private static let states: [String: SpanningTreePort.State] = [
        "fwd": .forwarding, "forwarding": .forwarding, "blk": .blocking, "blocking": .blocking, "dsc": .discarding,
        "disc": .discarding, "discarding": .discarding, "lrn": .learning, "learning": .learning, "lis": .listening,
        "lst": .listening, "listening": .listening, "dis": .disabled, "dwn": .disabled, "disabled": .disabled, "bkn": .broken,
        "broken": .broken,
    ]

    static func role(_ word: some StringProtocol) -> String {
        let lower = word.lowercased()
        return roles[lower] ?? lower
    }

    private static let roles: [String: String] = [
        "desg": "designated", "altn": "alternate", "alt": "alternate", "altr": "alternate", "back": "backup", "bkup": "backup",
        "mstr": "master",
        "dis": "disabled", "disb": "disabled",
    ]

    /// The VLAN of an instance that is for one: `VLAN0201`, `VL201`; nil for `MST1` and all others.
    static func vlan(of instance: some StringProtocol) -> VLANID? {
        let lower = instance.lowercased()
        for start in ["vlan", "vl"] where lower.hasPrefix(start) {
            let digits = Substring(lower.dropFirst(start.count)).trimmedBlanks
            return digits.isDecimal ? VLANID(digits) : nil
        }
        return nil
    }

    /// True for the name of an instance as IOS, NX-OS, EOS and SONiC write it: `VLAN0201`, `VL201`, `MST1`.
    static func isInstance(_ word: Substring) -> Bool {
        vlan(of: word) != nil || word.hasPrefix("MST") && word.dropFirst(3).isDecimal
    }

    /// True for a line that may be a port of some spanning tree table: it begins with a word that holds a number, and a
    /// state follows.
    static func mayTell(_ line: Substring) -> Bool {
        let words = line.words
        return words.first?.utf8.contains { (0x30...0x39).contains($0) } == true
            && words.dropFirst().contains { state($0) != nil }
    }

    /// True for the sentences by which devices say that no tree is running.
    static func saysNone(_ folded: String) -> Bool {
        guard folded.contains("spanning") else { return false }
        return folded.hasPrefix("no spanning tree instance") || folded.contains("not enabled")
            || folded.contains("does not exist")
            || folded.contains("do not exist") || folded.contains("not configured") || folded.contains("not running")
            || folded.contains("has been disabled") || folded.contains("is disabled")
    }
}
