package import Facts
package import Verdicts

/// Faults 36, 43 and 57: Multus never ran, or its annotation says something else than was asked for.
package struct NetworkStatusCheck: Check {
    package static let id: CheckID = "pod.netstatus"
    package static let title = "Multus says that the pod has the interface that was asked for"
    package static let moment = Moment.plumbed
    package static let blockedBy: [CheckID] = ["pod.deploy", "nad.valid"]

    let target: PodTarget
    package init(target: PodTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { target.related }
    package var location: String? { target.location }

    package func needs(known facts: FactBook) -> [Need] { [Need(target.state, at: .plumbed)] }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let name = target.pod.name
        guard let pod = try facts.read(target.state, .plumbed).found, target.isRunning(facts) else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked, sentence: "\(name): it does not run, so nothing is plumbed yet")
        }
        let next = "kubectl get pod -n \(target.pod.namespace) \(name) -o yaml"
        if let problem = pod.networkStatusProblem {
            return Judgement(
                .inconclusive, code: "NetworkStatusUnreadable",
                sentence: "\(name): its network-status annotation cannot be read: \(problem)",
                next: next)
        }
        guard let entries = pod.networkStatus else { return multusNeverRan(pod, facts) }
        guard let entry = entries.first(where: { $0.interface == target.interface }) else {
            let seen = entries.map { "\($0.interface?.printed ?? "?") of \($0.name)" }.joined(separator: ", ")
            return Judgement(
                .fail, code: "InterfaceNotInStatus",
                sentence: "\(name): network-status has no \(target.interface); it has \(seen.isEmpty ? "nothing" : seen)",
                expected: "\(target.interface) of \(target.network.qualifiedName)", seen: seen, next: next)
        }
        if entry.name != target.network.qualifiedName {
            return Judgement(
                .fail, code: "OtherNetwork",
                sentence:
                    "\(name): network-status says \(target.interface) is of \(entry.name), expected \(target.network.qualifiedName)",
                expected: target.network.qualifiedName, seen: entry.name, next: next)
        }
        if let address = target.address, !entry.ips.contains(address) {
            let seen = entry.ips.map(\.description).joined(separator: ", ")
            return Judgement(
                .fail, code: "AddressNotHonoured",
                sentence:
                    "\(name): network-status gives \(target.interface) \(seen.isEmpty ? "no address" : seen), expected \(address)",
                expected: address.description, seen: seen, next: next)
        }
        let parts = [entry.ips.first?.description, entry.mac?.description, entry.pciAddress?.description].compactMap { $0 }
        return Judgement(
            .pass, code: "NetworkStatusRight",
            sentence: "\(name): \(target.interface) of \(entry.name), \(parts.joined(separator: " "))",
            seen: parts.joined(separator: " "))
    }

    /// The pod runs and nobody wrote the annotation: the container runtime did not call Multus.
    private func multusNeverRan(_ pod: PodState, _ facts: FactBook) -> Judgement {
        let node = pod.node?.text ?? "its node"
        var seen = "no network-status annotation"
        if let target = target.nodeTarget(facts),
            let installation = facts.answer(
                CNIInstallationRequest(node: target.node, configurationFolder: target.cniFolder, binaryPath: target.cniBinary),
                at: .baseline)
        {
            seen += "; the first CNI configuration in \(target.cniFolder) is \(installation.activeConfiguration ?? "not there")"
        }
        return Judgement(
            .fail, code: "MultusNotRunning",
            sentence: "\(self.target.pod.name): it runs on \(node) without network-status, so Multus never ran for it: \(seen)",
            expected: "network-status with \(self.target.interface)", seen: seen,
            next: "ssh \(node) ls /etc/cni/net.d; kubectl get pods -A -o wide | grep multus")
    }
}
