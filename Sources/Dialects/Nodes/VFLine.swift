internal import Facts

/// One `vf N …` line of `ip link show`, in all its forms since iproute2 2.6.34.
///
/// - Source: iproute2 `ip/ipaddress.c`, `print_vfinfo`: the order is fixed, zero VLANs, priorities and rates are not printed,
///   `vf 0: MAC` in 2.6.34-rc, `vf 0 MAC aa:…` before 5.3, `vf 0     link/ether aa:… brd ff:…` since; 4.9 prints
///   `query_rss` twice.
struct VFLine {
    var vf: VirtualFunction
    /// Which of the attributes that a driver prints on every line or on none are on this one.
    var constantParts: Set<ConstantPart> = []
    /// `link/…`, as printed since 5.3.
    var isNewForm = false

    /// All VFs of one PF print the same of these; a line that lacks one that its neighbours have is cut.
    enum ConstantPart: Hashable { case spoofCheck, linkState, trust, queryRSS }

    /// Nil when the line is not whole: an attribute cut short or unknown.
    init?(_ text: Substring, pf: InterfaceName) {
        let parts = text.utf8.split(separator: 0x2c, omittingEmptySubsequences: false).map { Substring($0).words }
        guard let head = parts.first, head.count >= 4, head[0] == "vf" else { return nil }
        let number = head[1].hasSuffix(":") ? head[1].dropLast() : head[1]
        guard let index = number.decimal else { return nil }
        vf = VirtualFunction(pf: pf, index: index)
        guard readAddress(head[2...]) else { return nil }
        for part in parts.dropFirst() {
            guard readAttribute(part) else { return nil }
        }
    }

    private mutating func readAddress(_ words: ArraySlice<Substring>) -> Bool {
        let words = Array(words)
        if words[0] == "MAC" {
            guard words.count == 2, let mac = MACAddress(linux: words[1]) else { return false }
            vf.mac = mac
            return true
        }
        guard words[0].hasPrefix("link/"), words.count == 4, words[2] == "brd" || words[2] == "peer",
            words[1].utf8.count == words[3].utf8.count
        else { return false }
        isNewForm = true
        vf.mac = MACAddress(linux: words[1])
        return vf.mac != nil || words[0] != "link/ether"
    }

    private mutating func readAttribute(_ words: [Substring]) -> Bool {
        guard let key = words.first else { return false }
        switch (key, words.count) {
        case ("vlan", 2): return readVLAN(words[1])
        case ("vlan", 3) where words[1] == "protocol":
            vf.vlanProtocol = vf.vlanProtocol ?? String(words[2])
            return words[2].hasPrefix("802.1") && words[2].utf8.count > 5 || words[2].hasPrefix("[")
        case ("qos", 2):
            guard let qos = words[1].decimal, qos <= 7 else { return false }
            vf.qos = vf.qos ?? qos
        case ("tx", 4) where words[1] == "rate" && words[3] == "(Mbps)":
            guard let rate = words[2].decimal else { return false }
            vf.maxTxRate = vf.maxTxRate ?? rate
        case ("max_tx_rate", 2):
            guard let rate = Self.rate(words[1]) else { return false }
            vf.maxTxRate = rate
        case ("min_tx_rate", 2):
            guard let rate = Self.rate(words[1]) else { return false }
            vf.minTxRate = rate
        case ("NODE_GUID", 2):
            vf.nodeGUID = String(words[1])
            return Self.isGUID(words[1])
        case ("PORT_GUID", 2):
            vf.portGUID = String(words[1])
            return Self.isGUID(words[1])
        default: return readConstant(words)
        }
        return true
    }

    private mutating func readConstant(_ words: [Substring]) -> Bool {
        switch (words[0], words.count) {
        case ("spoof", 3) where words[1] == "checking":
            vf.spoofCheck = Self.isOn(words[2])
            constantParts.insert(.spoofCheck)
            return vf.spoofCheck != nil
        case ("link-state", 2):
            vf.linkState = String(words[1])
            constantParts.insert(.linkState)
            return ["auto", "enable", "disable"].contains(words[1])
        case ("trust", 2):
            vf.trust = Self.isOn(words[1])
            constantParts.insert(.trust)
            return vf.trust != nil
        case ("query_rss", 2):
            vf.queryRSS = Self.isOn(words[1])
            constantParts.insert(.queryRSS)
            return vf.queryRSS != nil
        default: return false
        }
    }

    /// Of several VLANs (a list in the kernel's interface, one in every driver so far) the first counts.
    private mutating func readVLAN(_ word: Substring) -> Bool {
        guard let number = word.decimal, (0...4095).contains(number) else { return false }
        vf.vlan = vf.vlan ?? VLANID(number)
        return true
    }

    private static func isOn(_ word: Substring) -> Bool? { word == "on" ? true : word == "off" ? false : nil }

    private static func rate(_ word: Substring) -> Int? { word.hasSuffix("Mbps") ? word.dropLast(4).decimal : nil }

    /// Eight bytes with colons.
    private static func isGUID(_ word: Substring) -> Bool {
        word.utf8.count == 23 && word.utf8.enumerated().allSatisfy { $0.offset % 3 != 2 || $0.element == 0x3a }
    }
}
