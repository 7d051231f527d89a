package import Facts

/// The bonds and teams of a Linux host with their ports, from `ip -d link show`, text and JSON.
package enum LinkAggregates {
    /// One entry an aggregate, in the order in which their ports come. Empty is stated: the list of links is the whole list.
    ///
    /// - Source: iproute2 `ip/ipaddress.c` (`master`, `info_slave_kind`) and `ip/iplink_bond_slave.c`.
    package static func read(_ text: String) throws(DialectError) -> Reading<Aggregate> {
        let links = try IPLink.read(text, platform: .any)
        let lines = TextLines(text)
        let ports = JSONDocuments.isJSON(lines) ? try jsonPorts(lines) : textPorts(lines)
        var found: [Aggregate] = []
        for (bond, member) in ports {
            let place = found.firstIndex { $0.interface == bond } ?? found.count
            if place == found.count {
                let flags = links.rows.first { $0.interface == bond }?.flags
                found.append(Aggregate(interface: bond, up: flags.map { $0.contains("LOWER_UP") }))
            }
            found[place].members.append(member)
        }
        return Reading(
            rows: found, unread: links.unread, statedEmpty: found.isEmpty && links.canShowAbsence, form: links.form)
    }

    private static let kinds: Set<String> = ["bond", "team"]

    private static func jsonPorts(_ lines: TextLines) throws(DialectError) -> [(InterfaceName, Aggregate.Member)] {
        try JSONDocuments(lines).documents.flatMap { $0.value.listed }.compactMap { link in
            guard let kind = link["linkinfo"]?["info_slave_kind"]?.text, kinds.contains(kind), let name = link["ifname"]?.text,
                let bond = link["master"]?.text
            else { return nil }
            let active = link["linkinfo"]?["info_slave_data"]?["state"]?.text.map { $0 == "ACTIVE" }
            return (InterfaceName(bond), .init(interface: InterfaceName(name), active: active))
        }
    }

    /// The header says the master, the line of details below it of what kind that is.
    private static func textPorts(_ lines: TextLines) -> [(InterfaceName, Aggregate.Member)] {
        var found: [(InterfaceName, Aggregate.Member)] = []
        var header: [Substring] = []
        for line in lines {
            let words = line.words
            if IPHeader.starts(words) {
                header = words
            } else if let kind = words.first, kind == "bond_slave" || kind == "team_slave",
                let place = header.firstIndex(of: "master"), place + 1 < header.count, header.count > 1
            {
                let active = kind == "bond_slave" && words.count > 2 ? words[2] == "ACTIVE" : nil
                let title = header[0].dropLast().isDecimal ? header[1] : header[0]
                let name = title.prefix { $0 != "@" && $0 != ":" }
                found.append((InterfaceName(header[place + 1]), .init(interface: InterfaceName(name), active: active)))
                header = []
            }
        }
        return found
    }
}
