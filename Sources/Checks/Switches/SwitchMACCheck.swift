package import Facts
package import Verdicts

/// Faults 60 to 64: the switch does not learn the pod's MAC, or not in this VLAN on the node's port.
package struct SwitchMACCheck: Check {
    package static let id: CheckID = "switch.mac"
    package static let title = "the switch learned the pod's MAC in its VLAN on the node's port and on no other"
    package static let moment = Moment.plumbed
    package static let blockedBy: [CheckID] = [
        "pod.deploy", "pod.netstatus", "pod.net1", "pod.vf", "vf.vlan", "vf.mac", "pf.present", "nad.valid",
    ]

    let target: PodTarget
    package init(target: PodTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { target.related }
    package var location: String? { target.location }

    package func needs(known facts: FactBook) -> [Need] {
        var needs = [Need(target.state, at: .plumbed)]
        guard target.isRunning(facts), let uplink = target.nodeTarget(facts)?.uplink else { return needs }
        needs.append(Need(target.addresses, at: .plumbed))
        needs.append(Need(VLANTableRequest(device: uplink.device), at: .plumbed))
        guard target.podMAC(facts) != nil, target.mayHaveTaught(facts) else { return needs }
        if let traffic = target.traffic(facts) { needs.append(traffic) }
        return needs + [
            Need(target.network.fdb(on: uplink.device), at: .plumbed),
            Need(InterfaceStatesRequest(device: uplink.device), at: .plumbed),
        ]
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let name = target.pod.name
        guard let uplink = target.nodeTarget(facts)?.uplink else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked, sentence: "\(name): on no node whose switch port the scenario says")
        }
        guard let mac = target.podMAC(facts) else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked, sentence: "\(name): it shows no MAC on \(target.interface) to look for")
        }
        let request = target.network.fdb(on: uplink.device)
        let table = try facts.read(request, .plumbed, mayChange: true)
        let view = SwitchView(uplink: uplink, network: target.network, facts: facts)
        let rows = table.rows.filter { $0.mac == mac }
        let ports = rows.compactMap(\.interface)
        let before = facts.answer(request, at: .baseline)?.rows.filter { $0.mac == mac }.compactMap(\.interface)
        let isFresh = target.pingAnswered(facts) || before?.isEmpty == true
        if isFresh, let other = ports.first(where: { !$0.matches(uplink.interface) }) {
            return wrongPort(other, ports, mac, view)
        }
        if let down = view.portDown(for: name) { return down }
        guard !rows.isEmpty else { return absent(mac, table: table, view: view, facts) }
        guard isFresh else {
            let age = before == nil ? "may be older than the pod" : "was there before the pod"
            return Judgement(
                .inconclusive, code: "NotFresh",
                sentence:
                    "\(uplink.device): \(mac) of \(name) is on \(Self.list(ports)), but that row \(age) and no ping was answered since",
                expected: uplink.interface.printed, seen: Self.list(ports), mayChange: true)
        }
        guard !ports.isEmpty else {
            return Judgement(
                .inconclusive, code: "PortNotShown",
                sentence: "\(uplink.device): \(mac) of \(name) is in the table without a port", mayChange: true)
        }
        return Judgement(
            .pass, code: "MACLearned",
            sentence: "\(uplink.device): \(mac) of \(name) was learned on \(ports[0]) in \(view.vlanName)",
            expected: uplink.interface.printed, seen: ports[0].printed)
    }

    private func wrongPort(_ other: InterfaceName, _ ports: [InterfaceName], _ mac: MACAddress, _ view: SwitchView) -> Judgement {
        let uplink = view.uplink
        let several = ports.contains { $0.matches(uplink.interface) }
        let node = target.nodeTarget(view.facts)?.node.text ?? "its node"
        let down = view.portDown(for: target.pod.name) == nil ? "" : ", and which is down"
        return Judgement(
            .fail, code: several ? "MACOnSeveralPorts" : "MACOnWrongPort",
            sentence: "\(uplink.device): \(mac) of \(target.pod.name) was learned on \(other)\(several ? " too" : ""), expected "
                + "\(uplink.interface) (where \(node) is said to be cabled\(down))", expected: uplink.interface.printed,
            seen: Self.list(ports),
            next: "compare the cabling of \(node) with the scenario; show lldp neighbors on \(uplink.device)",
            mayChange: several)
    }

    private static func list(_ ports: [InterfaceName]) -> String {
        ports.isEmpty ? "no port" : ports.map(\.printed).joined(separator: ", ")
    }

    private func absent(_ mac: MACAddress, table: Reading<FDBEntry>, view: SwitchView, _ facts: FactBook) -> Judgement {
        let lead = "\(view.uplink.device): \(mac) of \(target.pod.name)"
        guard table.canShowAbsence else {
            return Judgement(
                .inconclusive, code: "UnreadLines",
                sentence: "\(lead) is not among the rows read, but \(table.unread.count) lines could not be read "
                    + "(\(table.unread.first?.description ?? "and emptiness was not stated"))", mayChange: true)
        }
        if let missing = view.vlanMissingOnPort(for: lead) { return missing }
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
