internal import Facts

extension InterfaceStateGrammar {
    /// `show interface brief` of NX-OS is a table for each kind of port, each with its own header.
    static let nexusHeaders = [
        "ethernet vlan type mode status reason", "port-channel vlan type mode status reason", "port vrf status ip address",
        "interface status description", "interface secondary vlan(type) status reason", "interface vlan type mode status reason",
        "loopback status", "interface status ip address", "port status reason mtu", "interface vsan admin admin status",
    ]

    /// The further lines of these headers; those of Fibre Channel ports have three.
    static let nexusHeaderRest = ["interface ch #", "interface", "mode trunk", "mode (gbps)"]

    /// `Gi0/8  up  up  MERAKI TEST AP`, `Vl1  admin down  down`; a subinterface may be `deleted`.
    func described(_ words: [Substring]) -> LineMeaning<InterfaceState> {
        let rest = words.dropFirst()
        let isAdminDown = rest.first == "admin" || rest.first == "administratively"
        let states = isAdminDown ? rest.dropFirst() : rest
        guard states.count >= 2, let state = states.first, let proto = states.dropFirst().first,
            ["up", "down", "deleted", "reset", "standby"].contains(state),
            ["up", "down", "notpresent", "lowerlayerdown", "dormant", "testing", "unknown"].contains(proto)
        else { return .unknown }
        return .row(
            InterfaceState(
                interface: InterfaceName(words[0]), adminUp: isAdminDown ? false : state == "up" ? true : nil,
                operUp: proto == "unknown" ? nil : proto == "up"))
    }

    /// `Vlan44  2001:db8:44::2  up/up/up` of NX-OS' `show ipv6 interface brief`: protocol, link, and what is configured. The
    /// address has no length, so it is left out.
    func nexusIPv6(_ words: [Substring]) -> LineMeaning<InterfaceState> {
        guard words.count == 3, PortWord.isPort(words[0]), IPAddress(words[1]) != nil else { return .unknown }
        let states = words[2].split(separator: "/", omittingEmptySubsequences: false)
        guard states.count == 3, states.allSatisfy({ $0 == "up" || $0 == "down" }) else { return .unknown }
        return .row(
            InterfaceState(interface: InterfaceName(words[0]), adminUp: states[2] == "up", operUp: states[0] == "up"))
    }

    /// What stands below an interface of `show ipv6 interface brief`: its addresses, or that it has none; or the header's end.
    static func isIPv6Detail(_ first: Substring) -> Bool {
        let word = first.lowercased()
        return IPAddress(first) != nil || IPPrefix(first) != nil
            || ["unassigned", "unnumbered", "prot/link/admin"].contains(word)
    }

    /// `Eth1/5  1  eth  trunk  up  none  25G(D)  10`: the state is the first word that is one.
    func nexusBrief(_ line: Substring, _ words: [Substring]) -> LineMeaning<InterfaceState> {
        guard let place = words.indices.dropFirst().first(where: { words[$0] == "up" || words[$0] == "down" }), place <= 4 else {
            return .unknown
        }
        let isAdminDown = PlatformMark.fold(line).contains("administratively")
        return .row(
            InterfaceState(interface: InterfaceName(words[0]), adminUp: isAdminDown ? false : nil, operUp: words[place] == "up"))
    }

    /// `(loopback0)  protocol-down/link-down/admin-down` below an unnumbered interface.
    func unnumbered(_ words: [Substring], after last: InterfaceState?) -> LineMeaning<InterfaceState> {
        guard var row = last, words.count == 2, words[0].hasPrefix("("), let states = Self.nexusStates(words[1]) else {
            return .unknown
        }
        row.operUp = states.oper
        row.adminUp = states.admin
        return .amends(row)
    }

    /// `protocol-up/link-up/admin-up`; nil when it is cut.
    static func nexusStates(_ word: Substring) -> (admin: Bool, oper: Bool)? {
        let parts = word.split(separator: "/", omittingEmptySubsequences: false)
        let states = zip(parts, ["protocol-", "link-", "admin-"]).map { part, start in
            part == start + "up" ? true : part == start + "down" ? false : nil
        }
        guard parts.count == 3, let oper = states[0], states[1] != nil, let admin = states[2] else { return nil }
        return (admin, oper)
    }

    /// True when a paragraph's first line, in small letters from its `is` on, ends within a state or before that of the
    /// protocol: `is u`, `is up, line pro`, `is up, line protocol is d`.
    static func breaksOff(_ text: Substring) -> Bool {
        func isCut(_ state: Substring?) -> Bool {
            guard let state, !state.isEmpty else { return true }
            return ["up", "down", "administratively", "trunking"].contains { $0 != state && Substring($0).hasPrefix(state) }
        }
        let words = text.words
        guard words.count > 1 else { return true }
        let state = words[1].prefix { $0 != "," }
        if state == "administratively", words.count < 3 || !words[2].hasPrefix("down") { return true }
        if let place = after("line protocol is", in: text) { return isCut(place.words.first.map { $0.prefix { $0 != "," } }) }
        return isCut(state) || text.hasSuffix(",") || text.contains(", l")
    }

    /// An address in a paragraph of NX-OS' `show ip interface`.
    func subnet(_ words: [Substring], after last: InterfaceState?) -> LineMeaning<InterfaceState> {
        func value(after key: Substring) -> Substring? {
            guard let place = words.firstIndex(of: key), place + 1 < words.endIndex else { return nil }
            return words[place + 1].hasSuffix(",") ? words[place + 1].dropLast() : words[place + 1]
        }
        guard var row = last, words.count >= 6, words[0] == "IP", words[1] == "address:",
            let address = value(after: "address:").flatMap({ IPAddress($0) }),
            let length = value(after: "subnet:")?.split(separator: "/").last?.decimal,
            let prefix = IPPrefix(address, length: length)
        else { return .furniture }
        row.addresses.append(prefix)
        return .amends(row)
    }
}
