package import Facts
package import Verdicts

/// A NAD that the SR-IOV operator writes, held against the SriovNetwork that it writes it from.
package struct OperatorNetworkCheck: Check {
    package static let id: CheckID = "nad.operator"
    package static let title = "the NAD says what its SriovNetwork says"
    package static let moment = Moment.plumbed
    package static let blockedBy: [CheckID] = ["nad.valid"]

    let target: NetworkTarget
    let operatorNamespace: String
    package init(target: NetworkTarget, operatorNamespace: String) {
        self.target = target
        self.operatorNamespace = operatorNamespace
    }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { [target.subject, .cluster] }
    package var location: String? { target.location }

    private var name: String { "NAD \(target.qualifiedName)" }

    package func needs(known facts: FactBook) -> [Need] {
        let nad = Need(target.nad, at: .plumbed)
        guard let found = facts.answer(target.nad, at: .plumbed) else { return [nad] }
        return [nad, Need(network(found.found), at: .plumbed)]
    }

    /// Where the NAD itself says what it was made from, that; else what the operator would make it from.
    private func network(_ nad: NetworkAttachmentDefinition?) -> OperatorNetworkRequest {
        let parts = owner(nad)
        return parts.count == 3 && parts[0].hasPrefix("SriovNetwork.")
            ? OperatorNetworkRequest(namespace: parts[1], name: parts[2])
            : OperatorNetworkRequest(namespace: operatorNamespace, name: target.name)
    }

    /// `SriovNetwork.sriovnetwork.openshift.io`, namespace and name; empty where the NAD names no owner.
    private func owner(_ nad: NetworkAttachmentDefinition?) -> [String] {
        nad?.owner?.split(separator: "/").map(String.init) ?? []
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let nad = try facts.read(target.nad, .plumbed).found
        let kind = owner(nad).first?.split(separator: ".").first.map(String.init)
        if let kind, kind != "SriovNetwork" {
            return Judgement(
                .inconclusive, code: "OtherNetworkKind", sentence: "\(name): made from a \(kind), which is not read here")
        }
        let request = network(nad)
        let label = "SriovNetwork \(request.namespace)/\(request.name)"
        let next = "kubectl get sriovnetwork -n \(request.namespace) \(request.name) -o yaml"
        guard let network = try facts.read(request, .plumbed).found else {
            guard nad?.owner == nil else {
                return Judgement(
                    .fail, code: "OperatorNetworkGone", sentence: "\(name): made from \(label), which is not there any more",
                    expected: label, seen: "none", next: next)
            }
            return Judgement(
                .pass, code: "NADMadeByHand", sentence: "\(name): no \(label), and no owner is named: it is made by hand")
        }
        guard network.networkNamespace == target.namespace else {
            return Judgement(
                .fail, code: "NADOtherNamespace",
                sentence: "\(name): \(label) writes its NAD into namespace \(network.networkNamespace), not \(target.namespace)",
                expected: target.namespace, seen: network.networkNamespace, next: next)
        }
        guard let nad, let configuration = nad.configuration else {
            return Judgement(
                .fail, code: "NADNotWritten", sentence: "\(name): \(label) is there, and the operator has not written its NAD",
                expected: "a NAD", seen: nad == nil ? "none" : "no configuration that can be read", next: next, mayChange: true)
        }
        let differences = differences(network, nad, configuration)
        guard differences.isEmpty else {
            return Judgement(
                .fail, code: "NADDiffersFromOperator",
                sentence: "\(name): it and \(label) disagree: \(differences.joined(separator: "; "))", expected: "the same",
                seen: differences.joined(separator: "; "), next: next, mayChange: true)
        }
        return Judgement(
            .pass, code: "NADAsOperatorSays",
            sentence: "\(name): as \(label) says: vlan \(network.vlan), resource \(network.resource)", expected: "the same",
            seen: "the same")
    }

    private func differences(
        _ network: OperatorNetwork, _ nad: NetworkAttachmentDefinition, _ configuration: CNIConfiguration
    ) -> [String] {
        let resource = nad.resource.map { String($0.text.split(separator: "/").last ?? "") }
        // The operator always writes vlan and, but in old releases, vlanQoS; of the others only what is set.
        let rows: [(String, String?, String?)] = [
            ("resource", resource, network.resource),
            ("vlan", configuration.vlan.map(String.init), String(network.vlan)),
            ("vlanQoS", String(configuration.vlanQoS ?? 0), String(network.qos)),
            ("vlanProto", configuration.vlanProto, network.vlanProtocol),
            ("spoofchk", configuration.spoofchk, network.spoofCheck), ("trust", configuration.trust, network.trust),
            ("link_state", configuration.linkState, network.linkState),
            ("min_tx_rate", configuration.minTxRate.map(String.init), network.minTxRate.map(String.init)),
            ("max_tx_rate", configuration.maxTxRate.map(String.init), network.maxTxRate.map(String.init)),
        ]
        return rows.filter { $0.1 != $0.2 }.map { key, here, there in
            "\(key) is \(here ?? "left out"), the SriovNetwork says \(there ?? "nothing")"
        }
    }
}
