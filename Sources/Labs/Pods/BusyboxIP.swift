internal import Facts

/// busybox's `ip addr` and `ip link`: no VF lines, no JSON, no brief form, no `state` and no `group`.
///
/// - Source: the seed's `ip addr`; `recordings/kubernetes-1.36/ws/exec-v5-ipaddr.jsonl`; busybox 1.35 run for the refusals.
struct BusyboxIP {
    let links: [LinkRecord]

    func run(_ arguments: [String]) -> CommandAnswer {
        var words = arguments[...]
        var oneLine = false
        var family: Int?
        while let word = words.first, word.hasPrefix("-") {
            words.removeFirst()
            switch word {
            case "-o", "-oneline": oneLine = true
            case "-4": family = 4
            case "-6": family = 6
            case "-f", "-family": family = words.popFirst() == "inet6" ? 6 : 4
            default: return usage
            }
        }
        guard let object = words.popFirst() else { return usage }
        let addresses: Bool
        if "address".hasPrefix(object) {
            addresses = true
        } else if "link".hasPrefix(object) {
            addresses = false
        } else {
            return usage
        }
        if let verb = words.first, "show".hasPrefix(verb) || "list".hasPrefix(verb) { words.removeFirst() }
        if words.first == "dev" { words.removeFirst() }
        var chosen = links
        if let name = words.first {
            chosen = links.filter { $0.name == name }
            if chosen.isEmpty { return CommandAnswer("", errors: "ip: can't find device '\(name)'\n", status: 1) }
        }
        let text = chosen.map { link in
            let lines = lines(of: link, addresses: addresses, family: family)
            return oneLine ? lines.joined(separator: "\\") + "\n" : lines.map { $0 + "\n" }.joined()
        }
        return CommandAnswer(text.joined())
    }

    private func lines(of link: LinkRecord, addresses: Bool, family: Int?) -> [String] {
        let name = link.name + (link.peer.map { "@" + $0 } ?? "")
        let head = "\(link.index): \(name): <\(link.flags.joined(separator: ","))> mtu \(link.mtuBytes) qdisc \(link.qdisc) "
        var lines = [head + (link.queueLength.map { "qlen \($0)" } ?? "")]
        if family == nil { lines.append("    link/\(link.type) \(link.mac) brd \(link.broadcast)") }
        guard addresses else { return lines }
        let life = "       valid_lft forever preferred_lft forever"
        if family != 6 {
            for prefix in link.addresses {
                let scope = IPLinkText.scope(prefix)
                let broadcast = scope == "host" ? "" : " brd \(prefix.lastAddress)"
                lines += ["    inet \(prefix)\(broadcast) scope \(scope) \(link.name)", life]
            }
        }
        if family != 4 {
            for prefix in link.addresses6 { lines += ["    inet6 \(prefix) scope \(IPLinkText.scope(prefix)) ", life] }
        }
        return lines
    }

    private var usage: CommandAnswer {
        CommandAnswer(
            "",
            errors: """
                BusyBox v1.28.4 (2018-05-22 17:00:17 UTC) multi-call binary.

                Usage: ip [OPTIONS] address|route|link|tunnel|neigh|rule [COMMAND]

                ip addr add|del IFADDR dev IFACE | show|flush [dev IFACE] [to PREFIX]
                ip route list|flush|add|del|change|append|replace|test ROUTE
                ip link set IFACE [up|down] [arp on|off] | show [IFACE]
                ip tunnel add|change|del|show [NAME]
                ip neigh show|flush [to PREFIX] [dev DEV] [nud STATE]
                ip rule [list] | add|del SELECTOR ACTION

                """, status: 1)
    }
}
