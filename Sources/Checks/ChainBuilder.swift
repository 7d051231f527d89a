package import Facts
package import Verdicts

/// Assembles each attachment's chain of witnesses: one row of identities, and what each system said.
package enum ChainBuilder {
    /// - Parameter findings: final ones; a link's verdict is the weakest of the checks it rests on.
    package static func chains(_ suite: CheckSuite, _ facts: FactBook, findings: [Finding]) -> [PodChain] {
        suite.attachments.map { chain($0, facts, findings: findings) }
    }

    static func chain(_ target: PodTarget, _ facts: FactBook, findings: [Finding]) -> PodChain {
        let identity: PodVF?
        do {
            identity = try PodVF.resolve(target, facts)
        } catch {
            identity = nil
        }
        let node = target.nodeTarget(facts)
        let mac = target.podMAC(facts) ?? target.networkStatus(facts)?.mac
        // Of two switches that share the port, the one that learned it.
        let learned = (node?.uplinks ?? []).compactMap { uplink -> (DeviceName, InterfaceName)? in
            let rows = facts.answer(target.network.fdb(on: uplink.device), at: .plumbed)?.rows
            return mac.flatMap { mac in rows?.first { $0.mac == mac }?.interface }.map { (uplink.device, $0) }
        }.first
        let row = identity.flatMap { identity in
            facts.answer(VFTableRequest(node: identity.node, pf: identity.pf), at: .plumbed)?.rows.first {
                $0.index == identity.index
            }
        }
        var chain = PodChain(
            pod: target.pod, node: node?.node, interface: target.interface, address: target.effectiveAddress(facts), mac: mac,
            pf: identity?.pf, vfIndex: identity?.index, pciAddress: identity?.pciAddress, vlan: row?.vlan,
            device: learned?.0 ?? node?.uplinks.first?.device,
            port: learned?.1)
        chain.links = links(target, facts, chain: chain, row: row, findings: findings)
        return chain
    }

    private static func links(
        _ target: PodTarget, _ facts: FactBook, chain: PodChain, row: VirtualFunction?, findings: [Finding]
    ) -> [PodChain.Link] {
        let nobody = "nobody said"
        let status = target.networkStatus(facts)
        let claim = status.map { status in
            [
                target.pod.name, status.interface?.printed, status.ips.first?.description, status.mac?.description,
                status.pciAddress?.description,
            ].compactMap { $0 }.joined(separator: " ")
        }
        let truth = facts.answer(target.addresses, at: .plumbed)?.rows.first { $0.interface == target.interface }
        let pod = truth.map { truth in
            [
                truth.interface.printed, truth.lowerUp == true ? "UP" : "no carrier", truth.mac?.description,
                (truth.ipv4.first ?? truth.ipv6.first)?.description,
            ].compactMap { $0 }.joined(separator: " ")
        }
        let vf = chain.vfIndex.map { index in
            [
                chain.node?.text, chain.pf?.printed, "vf \(index)", row?.mac?.description,
                row.map { $0.vlan.map { "vlan \($0)" } ?? "no vlan" },
            ].compactMap { $0 }.joined(separator: " ")
        }
        let learned = chain.port.map { port in
            [
                chain.device?.text, chain.device.flatMap { target.network.switchVLANNames[$0] }, chain.mac?.description,
                "on \(port)",
            ]
            .compactMap { $0 }.joined(separator: " ")
        }
        var links = [
            link("pod claim", claim ?? nobody, ["pod.deploy", "pod.netstatus"], target, findings),
            link("pod truth", pod ?? nobody, ["pod.net1"], target, findings),
            link("node truth", vf ?? nobody, ["pod.vf", "vf.vlan", "vf.mac"], target, findings),
            link(
                "switch L2 truth", learned ?? unlearned(target, facts, device: chain.device), ["switch.vlan", "switch.mac"],
                target, findings),
        ]
        if let gateway = target.network.gateway {
            links.append(
                link("switch L3 truth", arp(target, facts, gateway: gateway), ["switch.arp"], target, findings))
            links.append(link("path truth", path(target, facts, gateway: gateway), ["gw.ping"], target, findings))
        }
        return links
    }

    /// Why no port is told: that nobody was asked and that nothing could be read are not "not learned".
    private static func unlearned(_ target: PodTarget, _ facts: FactBook, device: DeviceName?) -> String {
        guard let device else { return "not asked: the scenario names no port" }
        return facts.answer(target.network.fdb(on: device), at: .plumbed) == nil ? "\(device) was not read" : "not learned"
    }

    private static func arp(_ target: PodTarget, _ facts: FactBook, gateway: NetworkTarget.Gateway) -> String {
        guard let device = gateway.device else { return "not asked: the scenario names no device" }
        guard let address = target.effectiveAddress(facts) else { return "not resolved: the pod's address is not known" }
        guard let table = target.neighbourTable(of: device, for: address, facts, at: .plumbed) else {
            return "\(device) was not read"
        }
        guard let row = table.rows.first(where: { $0.ip == address }) else { return "not resolved" }
        return "\(device) \(address) is \(row.mac?.description ?? "not resolved")\(row.interface.map { " on \($0)" } ?? "")"
    }

    private static func path(_ target: PodTarget, _ facts: FactBook, gateway: NetworkTarget.Gateway) -> String {
        guard let ping = target.ping, let result = facts.answer(ping, at: .plumbed) else {
            return "\(gateway.address) was not asked"
        }
        return result.received > 0
            ? "\(gateway.address) answers out of \(target.interface), \(result.received) of \(result.sent)"
            : "\(gateway.address) does not answer, \(result.sent) sent"
    }

    private static func link(
        _ witness: String, _ text: String, _ checks: Set<CheckID>, _ target: PodTarget, _ findings: [Finding]
    ) -> PodChain.Link {
        let verdicts = findings.filter { $0.key.subject == target.subject && checks.contains($0.key.check) }.map(\.verdict)
        let weakest: Verdict =
            [.fail, .inconclusive, .skipped].first { verdicts.contains($0) } ?? (verdicts.isEmpty ? .skipped : .pass)
        return PodChain.Link(witness: witness, text: text, verdict: weakest)
    }
}
