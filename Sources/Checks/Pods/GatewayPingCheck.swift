package import Facts
package import Verdicts

/// Faults 60, 64, 70, 75 and 78: no way to the gateway out of the pod's VF.
package struct GatewayPingCheck: Check {
    package static let id: CheckID = "gw.ping"
    package static let title = "the gateway answers to a ping out of the pod's interface"
    package static let moment = Moment.plumbed
    package static let blockedBy: [CheckID] = [
        "pod.deploy", "pod.netstatus", "pod.net1", "pod.vf", "vf.vlan", "vf.mac", "switch.vlan", "switch.mac",
        "gateway.interface", "switch.arp", "pf.present",
        "nad.valid",
    ]

    let target: PodTarget
    package init(target: PodTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { target.related }
    package var location: String? { target.location }

    package func needs(known facts: FactBook) -> [Need] {
        var needs = [Need(target.state, at: .plumbed)]
        guard target.isRunning(facts), target.ping != nil else { return needs }
        needs.append(Need(target.addresses, at: .plumbed))
        guard let traffic = target.traffic(facts) else { return needs }
        return needs + [traffic, Need(target.neighbours, at: .plumbed)]
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        guard let ping = target.ping, let gateway = target.network.gateway else {
            throw Judgement(.inconclusive, code: Judgement.notAsked, sentence: "\(target.pod.name): the scenario says no gateway")
        }
        let subject = "\(target.pod.name) \(target.interface)"
        let result = try facts.read(ping, .plumbed, mayChange: true)
        let next =
            "kubectl exec -n \(target.pod.namespace) \(target.pod.name) -- ping -I \(target.interface) -c 3 \(gateway.address)"
        let seen = "\(result.received) of \(result.sent) answered"
        guard result.received > 0 else { return unanswered(result, gateway: gateway, subject: subject, next: next, facts) }
        guard result.lossPercent <= target.maxLossPercent else {
            return Judgement(
                .fail, code: "PacketLoss",
                sentence: "\(subject): \(seen) by \(gateway.address), \(Self.percent(result.lossPercent)) lost, at most "
                    + "\(Self.percent(target.maxLossPercent)) expected",
                expected: "at most \(Self.percent(target.maxLossPercent)) lost", seen: "\(Self.percent(result.lossPercent)) lost",
                next: next,
                mayChange: true)
        }
        let neighbours = try facts.read(target.neighbours, .plumbed, mayChange: true)
        let rows = neighbours.rows.filter { $0.ip == gateway.address }
        guard let row = rows.first(where: { $0.interface == target.interface && $0.mac != nil }) else {
            return notOnInterface(rows, neighbours, gateway: gateway, subject: subject, next: next)
        }
        return Judgement(
            .pass, code: "GatewayAnswers",
            sentence: "\(subject): \(seen) by \(gateway.address) at \(row.mac?.description ?? "?")"
                + (result.rttAvgMs.map { ", \($0) ms on average" } ?? ""),
            expected: "answered", seen: seen)
    }

    private static func percent(_ value: Double) -> String {
        value == value.rounded() ? "\(Int(value)) %" : "\((value * 10).rounded() / 10) %"
    }

    private func unanswered(
        _ result: PingResult, gateway: NetworkTarget.Gateway, subject: String, next: String, _ facts: FactBook
    ) -> Judgement {
        let rows = facts.answer(target.neighbours, at: .plumbed)?.rows.filter {
            $0.ip == gateway.address && $0.interface == target.interface
        }
        let resolved = rows?.compactMap(\.mac).first
        let arp =
            resolved.map { "the pod resolved it to \($0), so echo may be filtered" }
            ?? (rows == nil ? "the pod's ARP table could not be read" : "the pod could not resolve it")
        return Judgement(
            .fail, code: resolved == nil ? "GatewayUnreachable" : "GatewaySilent",
            sentence: "\(subject): none of \(result.sent) echo requests was answered by \(gateway.address); \(arp)",
            expected: "answered",
            seen: "0 of \(result.sent) answered", next: next, mayChange: true)
    }

    /// Answered, but the gateway is not resolved on this interface: the reply may have come another way.
    private func notOnInterface(
        _ rows: [NeighbourEntry], _ reading: Reading<NeighbourEntry>, gateway: NetworkTarget.Gateway, subject: String,
        next: String
    ) -> Judgement {
        let elsewhere = rows.compactMap(\.interface).map(\.printed).joined(separator: ", ")
        guard reading.canShowAbsence else {
            return Judgement(
                .inconclusive, code: "UnreadLines",
                sentence: "\(subject): \(gateway.address) answered, but the pod's ARP table could not be read whole "
                    + "(\(reading.unread.first?.description ?? "it was empty without saying so"))", mayChange: true)
        }
        return Judgement(
            .fail, code: "GatewayNotOnInterface",
            sentence: "\(subject): \(gateway.address) answered, but the pod's ARP table has it "
                + (elsewhere.isEmpty ? "nowhere" : "on \(elsewhere)")
                + ", expected on \(target.interface): the answer came another way",
            expected: "resolved on \(target.interface)", seen: elsewhere.isEmpty ? "not resolved" : "on \(elsewhere)", next: next,
            mayChange: true)
    }
}
