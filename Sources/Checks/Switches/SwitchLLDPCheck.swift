package import Facts
package import Verdicts

/// Fault 76: the node is cabled to another port than the scenario says, by what it tells its switch.
///
/// Only where the scenario asks for it (`lldp: true` of the device): many nodes run no LLDP agent.
package struct SwitchLLDPCheck: Check {
    package static let id: CheckID = "switch.lldp"
    package static let title = "the switch sees the node's PF by LLDP on the port that the scenario says"
    package static let moment = Moment.baseline
    package static let blockedBy: [CheckID] = ["pf.present"]

    let target: NodeTarget
    package init(target: NodeTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { [target.subject, .cluster] }
    package var location: String? { target.location }

    private var uplinks: [UplinkPort] { target.uplinks.filter(\.speaksLLDP) }

    package func needs(known facts: FactBook) -> [Need] {
        // Neighbours hang on ports, never on an aggregate of them.
        let bundled = uplinks.filter { PortAliases.mayBeAggregate($0.interface, on: $0.platform) }
        return [Need(LinksRequest(node: target.node), at: .baseline)]
            + uplinks.map { Need(LLDPRequest(device: $0.device), at: .baseline) }
            + bundled.map { Need(AggregatesRequest(device: $0.device), at: .baseline) }
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        var found: [Judgement] = []
        for uplink in uplinks {
            do throws(Judgement) { found.append(try judgement(of: uplink, facts)) } catch { found.append(error) }
        }
        for verdict in [Verdict.fail, .inconclusive] {
            if let judgement = found.first(where: { $0.verdict == verdict }) { return judgement }
        }
        guard var all = found.first else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked, sentence: "\(target.node): no switch of it is asked for LLDP neighbours")
        }
        all.sentence = found.map(\.sentence).joined(separator: "; ")
        return all
    }

    private func judgement(of uplink: UplinkPort, _ facts: FactBook) throws(Judgement) -> Judgement {
        _ = try facts.read(LLDPRequest(device: uplink.device), .baseline, mayChange: true)
        if PortAliases.mayBeAggregate(uplink.interface, on: uplink.platform) {
            _ = try facts.read(AggregatesRequest(device: uplink.device), .baseline)
        }
        guard let witness = LLDPWitness(target, on: uplink, facts, at: .baseline) else {
            throw Judgement(.inconclusive, code: Judgement.notAsked, sentence: "\(uplink.device): its neighbours were not read")
        }
        let what = "\(target.node) \(target.pf)"
        let next = "show lldp neighbors on \(uplink.device)"
        for row in witness.onUplink {
            switch witness.kind(of: row) {
            case .pf, .node:
                return Judgement(
                    .pass, code: "CablingAgrees", sentence: "\(uplink.device): LLDP sees \(what) on \(row.localInterface)",
                    expected: uplink.interface.printed, seen: row.localInterface.printed)
            default: continue
            }
        }
        if let row = witness.elsewhere.first(where: { if case .pf = witness.kind(of: $0) { true } else { false } }) {
            return Judgement(
                .fail, code: "LLDPOnOtherPort",
                sentence: "\(uplink.device): LLDP sees \(what) on \(row.localInterface), expected \(uplink.interface)",
                expected: uplink.interface.printed, seen: row.localInterface.printed,
                next: "compare the cabling of \(target.node) with the scenario; \(next)")
        }
        for row in witness.onUplink {
            let seen: String
            switch witness.kind(of: row) {
            case .otherInterface(let name): seen = "\(target.node) \(name)"
            case .stranger(let name): seen = name
            default: continue
            }
            return Judgement(
                .fail, code: "LLDPOtherNeighbour",
                sentence: "\(uplink.device): LLDP sees \(seen) on \(row.localInterface), expected \(what)", expected: what,
                seen: seen,
                next: "compare the cabling of \(target.node) with the scenario; \(next)")
        }
        if let line = witness.unread.first {
            throw Judgement(
                .inconclusive, code: "UnreadLines",
                sentence:
                    "\(uplink.device): LLDP sees no \(what) among what could be read, and \(witness.unread.count) lines could "
                    + "not be (\(line))", mayChange: true)
        }
        let other = witness.elsewhere.first { if case .node = witness.kind(of: $0) { true } else { false } }
        throw Judgement(
            .inconclusive, code: "LLDPNotSeen",
            sentence: other.map {
                "\(uplink.device): LLDP sees \(target.node) on \($0.localInterface), which may be another interface of it, and nobody on "
                    + "\(uplink.interface)"
            }
                ?? "\(uplink.device): LLDP sees nobody on \(uplink.interface), expected \(what), which may run no LLDP agent",
            expected: what, seen: "nobody", next: "does an LLDP agent run on \(target.node)? (lldpcli show statistics)",
            mayChange: true)
    }
}
