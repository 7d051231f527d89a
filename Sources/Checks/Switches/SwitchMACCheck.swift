package import Facts
package import Verdicts

/// Faults 60, 63 and 64: the switch does not learn the pod's MAC, or not on the node's port, or in another VLAN.
///
/// Of two switches that share a port (MLAG, ESI) one may see all of the pod's frames: it is to be learned on one of the two at
/// least, and on no other port of either.
package struct SwitchMACCheck: Check {
    package static let id: CheckID = "switch.mac"
    package static let title = "the switch learned the pod's MAC in its VLAN on the node's port and on no other"
    package static let moment = Moment.plumbed
    package static let blockedBy: [CheckID] = [
        "pod.deploy", "pod.netstatus", "pod.net1", "pod.vf", "vf.vlan", "vf.mac", "pf.present", "nad.valid", "switch.lldp",
        "switch.vlan",
    ]

    let target: PodTarget
    package init(target: PodTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { target.related }
    package var location: String? { target.location }

    package func needs(known facts: FactBook) -> [Need] {
        var needs = [Need(target.state, at: .plumbed)]
        guard target.isRunning(facts), let node = target.nodeTarget(facts), !node.uplinks.isEmpty else { return needs }
        needs.append(Need(target.addresses, at: .plumbed))
        guard let mac = target.podMAC(facts), target.mayHaveTaught(facts) else { return needs }
        if let traffic = target.traffic(facts) { needs.append(traffic) }
        for uplink in node.uplinks {
            needs.append(Need(target.network.fdb(on: uplink.device), at: .plumbed))
            guard let sighting = MACSighting(of: mac, target, on: uplink, facts) else { continue }
            let strange = sighting.ports.filter { !$0.matches(uplink.interface) && !PortAliases.isRemote($0) }
            if wantsAggregates(strange, uplink) { needs.append(Need(AggregatesRequest(device: uplink.device), at: .plumbed)) }
            let aliases = PortAliases(uplink.interface, on: uplink.device, facts)
            guard strange.contains(where: { !aliases.matches($0) }) else { continue }
            needs += [
                Need(InterfaceStatesRequest(device: uplink.device), at: .plumbed),
                Need(LLDPRequest(device: uplink.device), at: .plumbed),
                Need(LinksRequest(node: node.node), at: .baseline),
            ]
        }
        return needs
    }

    /// Two names may be one port when one of them may be an aggregate's.
    private func wantsAggregates(_ ports: [InterfaceName], _ uplink: UplinkPort) -> Bool {
        ports.contains { port in
            [port, uplink.interface].contains { PortAliases.mayBeAggregate($0, on: uplink.platform) }
        }
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let name = target.pod.name
        guard let uplinks = target.nodeTarget(facts)?.uplinks, !uplinks.isEmpty else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked, sentence: "\(name): on no node whose switch port the scenario says")
        }
        guard let mac = target.podMAC(facts) else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked, sentence: "\(name): it shows no MAC on \(target.interface) to look for")
        }
        var found: [Judgement] = []
        for uplink in uplinks {
            do throws(Judgement) { found.append(try judgement(of: uplink, mac, facts)) } catch { found.append(error) }
        }
        return Self.together(found)
    }

    /// What the devices of a pair say together.
    private static func together(_ found: [Judgement]) -> Judgement {
        let absence: Set<String> = ["MACNotLearned", "NoTraffic"]
        if let wrong = found.first(where: { $0.verdict == .fail && !absence.contains($0.code) }) { return wrong }
        let right = found.filter { $0.verdict == .pass }
        let open = found.filter { $0.verdict == .inconclusive && !absence.contains($0.code) }
        if var first = open.first {
            if !right.isEmpty { first.sentence = (right + open).map(\.sentence).joined(separator: "; ") }
            return first
        }
        guard var first = right.first ?? found.first else { return found[0] }
        if right.count > 1 { first.sentence = right.map(\.sentence).joined(separator: "; ") }
        return first
    }

    private func judgement(of uplink: UplinkPort, _ mac: MACAddress, _ facts: FactBook) throws(Judgement) -> Judgement {
        let name = target.pod.name
        _ = try facts.read(target.network.fdb(on: uplink.device), .plumbed, mayChange: true)
        guard let sighting = MACSighting(of: mac, target, on: uplink, facts) else {
            throw Judgement(.inconclusive, code: Judgement.notAsked, sentence: "\(uplink.device): its MAC table was not read")
        }
        let view = SwitchView(uplink: uplink, network: target.network, facts: facts)
        let aliases = view.aliases
        let own = sighting.ports.filter { !PortAliases.isRemote($0) && !leadsToOtherHalf($0, uplink, facts) }
        let strange = own.filter { !aliases.matches($0) }
        if sighting.isFresh, let other = strange.first {
            return try wrongPort(other, strange.count < own.count, sighting, mac, view)
        }
        guard !sighting.rows.isEmpty else { return absent(mac, sighting, view, facts) }
        guard sighting.isFresh else {
            let age = sighting.hadBaseline ? "was there before the pod" : "may be older than the pod"
            return Judgement(
                .inconclusive, code: "NotFresh",
                sentence:
                    "\(uplink.device): \(mac) of \(name) is on \(Self.list(sighting.ports)), but that row \(age) and no ping was "
                    + "answered since",
                expected: uplink.interface.printed, seen: Self.list(sighting.ports), mayChange: true)
        }
        guard let port = own.first else { return onlyRemote(mac, sighting, view) }
        return Judgement(
            .pass, code: "MACLearned",
            sentence: "\(uplink.device): \(mac) of \(name) was learned on \(port) in \(view.vlanName)",
            expected: uplink.interface.printed, seen: port.printed)
    }

    /// True for the link between two switches that share the node's port, where LLDP names the other one there. Pairs that do not tell
    /// each other what they learn have the pod's MAC on it.
    private func leadsToOtherHalf(_ port: InterfaceName, _ uplink: UplinkPort, _ facts: FactBook) -> Bool {
        func short(_ name: String) -> String { String(name.lowercased().prefix { $0 != "." }) }
        let others = Set(
            (target.nodeTarget(facts)?.uplinks ?? []).map(\.device).filter { $0 != uplink.device }.map { short($0.text) })
        guard !others.isEmpty, let heard = facts.answer(LLDPRequest(device: uplink.device), at: .plumbed) else { return false }
        let aliases = PortAliases(port, on: uplink.device, facts)
        return heard.rows.contains { row in
            aliases.matches(row.localInterface) && row.neighbour.map { others.contains(short($0)) } == true
        }
    }

    /// Rows without a port, or with one that leads to another switch.
    private func onlyRemote(_ mac: MACAddress, _ sighting: MACSighting, _ view: SwitchView) -> Judgement {
        let name = target.pod.name
        let isPair = (target.nodes[target.node ?? ""]?.uplinks.count ?? target.nodes.values.map(\.uplinks.count).max() ?? 1) > 1
        guard let remote = sighting.ports.first else {
            return Judgement(
                .inconclusive, code: "PortNotShown",
                sentence: "\(view.uplink.device): \(mac) of \(name) is in the table without a port", mayChange: true)
        }
        // The other half of the pair has it, which that one's own table tells.
        if isPair {
            return Judgement(
                .fail, code: "MACNotLearned",
                sentence:
                    "\(view.uplink.device): \(mac) of \(name) is known by way of \(remote) only, expected on \(view.uplink.interface)",
                expected: view.uplink.interface.printed, seen: remote.printed, mayChange: true)
        }
        return Judgement(
            .fail, code: "MACOnWrongPort",
            sentence: "\(view.uplink.device): \(mac) of \(name) is known by way of \(remote), from another switch, expected on "
                + "\(view.uplink.interface)", expected: view.uplink.interface.printed, seen: remote.printed,
            next: "compare the cabling of the node with the scenario", mayChange: true)
    }

    private func wrongPort(
        _ other: InterfaceName, _ isOnUplinkToo: Bool, _ sighting: MACSighting, _ mac: MACAddress, _ view: SwitchView
    ) throws(Judgement) -> Judgement {
        let uplink = view.uplink
        // Whether the two are one port could not be asked.
        if wantsAggregates([other], uplink) { _ = try view.facts.read(view.aggregates, .plumbed) }
        let node = target.nodeTarget(view.facts)
        let nodeName = node?.node.text ?? "its node"
        let down = view.portDown(for: target.pod.name) == nil ? "" : ", and which is down"
        return Judgement(
            .fail, code: isOnUplinkToo ? "MACOnSeveralPorts" : "MACOnWrongPort",
            sentence:
                "\(uplink.device): \(mac) of \(target.pod.name) was learned on \(other)\(isOnUplinkToo ? " too" : ""), expected "
                + "\(uplink.interface) (where \(nodeName) is said to be cabled\(down))"
                + (node.flatMap { LLDPWitness($0, on: uplink, view.facts)?.remark(on: other) }.map { "; \($0)" } ?? ""),
            expected: uplink.interface.printed, seen: Self.list(sighting.ports),
            next: "compare the cabling of \(nodeName) with the scenario; show lldp neighbors on \(uplink.device)",
            mayChange: isOnUplinkToo)
    }

    private static func list(_ ports: [InterfaceName]) -> String {
        ports.isEmpty ? "no port" : ports.map(\.printed).joined(separator: ", ")
    }

    private func absent(_ mac: MACAddress, _ sighting: MACSighting, _ view: SwitchView, _ facts: FactBook) -> Judgement {
        let lead = "\(view.uplink.device): \(mac) of \(target.pod.name)"
        guard sighting.table.canShowAbsence else {
            return Judgement(
                .inconclusive, code: "UnreadLines",
                sentence: "\(lead) is not among the rows read, but \(sighting.table.unread.count) lines could not be read "
                    + "(\(sighting.table.unread.first?.description ?? "and emptiness was not stated"))", mayChange: true)
        }
        if sighting.isFresh, let row = sighting.elsewhere.first {
            let seen = "VLAN \(row.vlanID?.description ?? "?")"
            return Judgement(
                .fail, code: "MACInOtherVLAN",
                sentence:
                    "\(lead) was learned in \(seen) on \(row.interface?.printed ?? "no port"), expected in \(view.vlanName)",
                expected: view.vlanName, seen: seen, next: "is the port's native VLAN \(seen), and does the VF send untagged?",
                mayChange: true)
        }
        guard let ping = target.ping, let sent = facts.answer(ping, at: .plumbed)?.sent, sent > 0 else {
            return Judgement(
                .inconclusive, code: "NoTraffic",
                sentence: "\(lead) is not in the table, but the pod was not seen to send anything", mayChange: true)
        }
        return Judgement(
            .fail, code: "MACNotLearned",
            sentence:
                "\(lead) is not in the table of \(view.vlanName) after \(sent) echo requests, expected on \(view.uplink.interface)",
            expected: view.uplink.interface.printed, seen: "not learned",
            next:
                "look for the MAC in all VLANs of \(view.uplink.device): in the native VLAN the frames come untagged, in none they are dropped",
            mayChange: true)
    }
}
