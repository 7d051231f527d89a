package import Facts
package import Verdicts

/// Faults 22 to 27: the NAD missing, unreadable, without resource, or with another VLAN than the scenario says.
package struct NADCheck: Check {
    package static let id: CheckID = "nad.valid"
    package static let title = "the NAD names the resource and the VLAN that are expected"
    package static let moment = Moment.plumbed
    package static let blockedBy: [CheckID] = ["dp.config", "node.allocatable"]

    let target: NetworkTarget
    /// Nodes whose allocatable must have the resource.
    let nodes: [NodeTarget]
    package init(target: NetworkTarget, nodes: [NodeTarget]) {
        self.target = target
        self.nodes = nodes
    }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { Set(nodes.map(\.subject)).union([target.subject, .cluster]) }
    package var location: String? { target.location }

    private var creation: CreationRequest { CreationRequest(object: target.object) }

    package func needs(known facts: FactBook) -> [Need] {
        [Need(target.nad, at: .plumbed)] + nodes.map { Need(ClusterNodeRequest(node: $0.node), at: .baseline) }
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let subject = "NAD \(target.qualifiedName)"
        switch facts.answer(creation, at: .plumbed) {
        case .refused(let code, let sentence, let next):
            let verdict: Verdict = CreationOutcome.isInconclusive(code) ? .inconclusive : .fail
            throw Judgement(verdict, code: code, sentence: sentence, next: next)
        case .harmful(let sentence, let next): throw Judgement(.fail, code: "AddressInUse", sentence: sentence, next: next)
        case .notAttempted(let reason):
            throw Judgement(.inconclusive, code: Judgement.notAsked, sentence: "\(subject): not created: \(reason)")
        case .created, .existing, nil: break
        }
        let lookup = try facts.read(target.nad, .plumbed)
        guard let nad = lookup.found else {
            guard case .absent(let hint) = lookup else {
                return Judgement(.inconclusive, code: "NotUnderstood", sentence: subject)
            }
            return Judgement(
                .fail, code: "NADMissing", sentence: "\(subject): not there (\(hint))", expected: target.qualifiedName,
                seen: "none",
                next: "kubectl get net-attach-def -A")
        }
        if let problem = nad.configurationProblem {
            return Judgement(
                .fail, code: "NADConfigUnreadable", sentence: "\(subject): spec.config is no CNI configuration: \(problem)",
                expected: "JSON with type and cniVersion", seen: problem, next: next)
        }
        guard let configuration = nad.configuration else {
            return Judgement(
                .inconclusive, code: "NADConfigOnNode",
                sentence: "\(subject): spec.config is empty, so Multus reads a file on each node")
        }
        if let wrong = mismatch(nad, configuration, subject: subject, facts) { return wrong }
        let tag = configuration.vlan.map { "vlan \($0)" } ?? "no vlan key"
        return Judgement(
            .pass, code: "NADRight",
            sentence: "\(subject): type \(configuration.type ?? "none"), \(tag), resource \(nad.resource?.text ?? "none")",
            expected: expectedTag, seen: tag, notes: notes(configuration, subject: subject))
    }

    private var next: String { "kubectl get net-attach-def -n \(target.namespace) \(target.name) -o yaml" }
    private var expectedTag: String { target.vlan.map { "vlan \($0)" } ?? (target.vlanStated ? "untagged" : "no vlan key") }

    private func mismatch(
        _ nad: NetworkAttachmentDefinition, _ configuration: CNIConfiguration, subject: String, _ facts: FactBook
    ) -> Judgement? {
        guard let type = configuration.type, configuration.cniVersion != nil || !configuration.isList else {
            return Judgement(
                .fail, code: "NADIncomplete", sentence: "\(subject): spec.config has no type or cniVersion, which Multus needs",
                next: next)
        }
        if type != "sriov" {
            return Judgement(
                .fail, code: "NADOtherType", sentence: "\(subject): spec.config is of type \(type), expected sriov",
                expected: "sriov",
                seen: type, next: next)
        }
        guard let resource = nad.resource else {
            return Judgement(
                .fail, code: "NADWithoutResource",
                sentence:
                    "\(subject): the annotation k8s.v1.cni.cncf.io/resourceName is missing, so Multus passes no device to the plugin",
                expected: target.resource?.text, seen: "none", next: next)
        }
        let offered = nodes.compactMap { facts.answer(ClusterNodeRequest(node: $0.node), at: .baseline)?.found?.allocatable }
        if let wanted = target.resource, wanted != resource {
            return Judgement(
                .fail, code: "NADOtherResource", sentence: "\(subject): resource \(resource), expected \(wanted)",
                expected: wanted.text,
                seen: resource.text, next: next)
        }
        if !offered.isEmpty, !offered.contains(where: { $0[resource] != nil }) {
            let known = Set(offered.flatMap(\.keys)).filter { $0.text.contains("/") }.sorted().map(\.text).joined(separator: ", ")
            return Judgement(
                .fail, code: "NADResourceUnknown",
                sentence: "\(subject): no node offers \(resource); offered are \(known.isEmpty ? "none" : known)",
                expected: resource.text,
                seen: known, next: next)
        }
        let tag = configuration.vlan.flatMap { VLANID($0) }
        if tag != target.vlan || (configuration.vlan != nil) != target.vlanStated {
            return Judgement(
                .fail, code: "NADOtherVLAN",
                sentence: "\(subject): \(configuration.vlan.map { "vlan \($0)" } ?? "no vlan key"), expected \(expectedTag)",
                expected: expectedTag, seen: configuration.vlan.map { "vlan \($0)" } ?? "no vlan key", next: next)
        }
        return nil
    }

    private func notes(_ configuration: CNIConfiguration, subject: String) -> [Note] {
        var notes: [Note] = []
        if configuration.vlan == nil {
            notes.append(
                Note(
                    code: "vlan-left-out",
                    sentence: "\(subject): without a vlan key sriov-cni leaves whatever tag an earlier pod left on the VF"))
        }
        if !configuration.declaresIPs, configuration.ipamType == "host-local" {
            notes.append(
                Note(
                    code: "ips-without-capability",
                    sentence:
                        "\(subject): does not declare the capability ips, so fixed addresses work only through the deprecated CNI_ARGS"
                ))
        }
        return notes
    }
}
