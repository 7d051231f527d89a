package import Facts
package import Verdicts

/// Faults 61, 62 and 75: the node's port is down, does not carry the VLAN, or spanning tree keeps it blocked.
///
/// A MAC that the switch learned there in the VLAN proves that all is well, so nothing more is asked then.
package struct SwitchVLANCheck: Check {
    package static let id: CheckID = "switch.vlan"
    package static let title = "the node's switch port carries the pod's VLAN and lets frames through"
    package static let moment = Moment.plumbed
    package static let blockedBy: [CheckID] = [
        "pod.deploy", "pod.netstatus", "pod.net1", "pod.vf", "pf.present", "nad.valid", "switch.lldp",
    ]

    let target: PodTarget
    package init(target: PodTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { target.related }
    package var location: String? { target.location }

    package func needs(known facts: FactBook) -> [Need] {
        var needs = [Need(target.state, at: .plumbed)]
        guard target.isRunning(facts), let uplinks = target.nodeTarget(facts)?.uplinks, !uplinks.isEmpty else { return needs }
        needs.append(Need(target.addresses, at: .plumbed))
        guard let mac = target.podMAC(facts), target.mayHaveTaught(facts) else { return needs }
        if let traffic = target.traffic(facts) { needs.append(traffic) }
        for uplink in uplinks {
            let fdb = Need(target.network.fdb(on: uplink.device), at: .plumbed)
            needs.append(fdb)
            let view = SwitchView(uplink: uplink, network: target.network, facts: facts)
            let sighting = MACSighting(of: mac, target, on: uplink, facts)
            if facts.contains(fdb), Self.proof(sighting, view.aliases, isOfPair: uplinks.count > 1) == nil { needs += view.needs }
        }
        return needs
    }

    /// The port on which frames of the pod came in. Of two switches that share the node's port each is held for its own half: what comes
    /// over the link between the two proves nothing of it.
    private static func proof(_ sighting: MACSighting?, _ aliases: PortAliases, isOfPair: Bool) -> InterfaceName? {
        guard let port = sighting?.certainPort(aliases), !isOfPair || aliases.matches(port) else { return nil }
        return port
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let name = target.pod.name
        guard let uplinks = target.nodeTarget(facts)?.uplinks, !uplinks.isEmpty else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked, sentence: "\(name): on no node whose switch port the scenario says")
        }
        guard let mac = target.podMAC(facts) else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked,
                sentence: "\(name): it shows no MAC on \(target.interface) by which its port could be told")
        }
        var unknown: Judgement?
        var right: [Judgement] = []
        for uplink in uplinks {
            let judgement = self.judgement(of: uplink, isOfPair: uplinks.count > 1, mac, facts)
            switch judgement.verdict {
            case .fail: return judgement
            case .pass: right.append(judgement)
            default: unknown = unknown ?? judgement
            }
        }
        if let unknown { return unknown }
        var all = right[0]
        all.sentence = right.map(\.sentence).joined(separator: "; ")
        return all
    }

    private func judgement(of uplink: UplinkPort, isOfPair: Bool, _ mac: MACAddress, _ facts: FactBook) -> Judgement {
        let view = SwitchView(uplink: uplink, network: target.network, facts: facts)
        if let port = Self.proof(MACSighting(of: mac, target, on: uplink, facts), view.aliases, isOfPair: isOfPair) {
            return Judgement(
                .pass, code: "VLANCarried",
                sentence: "\(uplink.device): frames of \(target.pod.name) come in on \(port) in \(view.vlanName)",
                expected: "\(view.vlanName) on \(uplink.interface)", seen: "\(view.vlanName) on \(port)")
        }
        if let down = view.portDown(for: target.pod.name) { return down }
        var unknown: Judgement?
        for ask in [view.carrying, view.forwarding] {
            let saying: SwitchView.Saying
            do throws(Judgement) { saying = try ask(target.pod.name) } catch { saying = .unknown(error) }
            switch saying {
            case .wrong(let judgement): return judgement
            case .unknown(let judgement): unknown = unknown ?? judgement
            case .right: break
            }
        }
        return unknown
            ?? Judgement(
                .pass, code: "VLANCarried",
                sentence:
                    "\(uplink.device): \(uplink.interface) of \(target.pod.name) carries \(view.vlanName) and is forwarding",
                expected: "\(view.vlanName) on \(uplink.interface)", seen: "carried")
    }
}
