package import Facts
package import Verdicts

/// Faults 20 to 35. It is judged after the wait for pods, so it does not wait again: the pod is refused, not scheduled, not admitted, or stuck before its containers run.
package struct PodDeployCheck: Check {
    package static let id: CheckID = "pod.deploy"
    package static let title = "the pod runs and is Ready"
    package static let moment = Moment.plumbed
    package static let blockedBy: [CheckID] = [
        "pf.present", "vf.count", "vf.driver", "cni.binary", "dp.config", "dp.daemonset", "node.allocatable", "nad.valid",
        "platform.iommu", "switch.lldp",
    ]

    let target: PodTarget
    package init(target: PodTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { target.related }
    package var location: String? { target.location }

    package func needs(known facts: FactBook) -> [Need] {
        var needs = [Need(target.state, at: .plumbed)]
        if let pod = target.podState(facts), !Self.isReady(pod) {
            needs.append(Need(PodEventsRequest(pod: target.pod, uid: pod.uid), at: .plumbed))
        }
        return needs
    }

    package static func isReady(_ pod: PodState) -> Bool { pod.phase == "Running" && pod.condition("Ready")?.status == "True" }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        switch facts.answer(target.creation, at: .plumbed) {
        case .refused(let code, let sentence, let next):
            let verdict: Verdict = CreationOutcome.isInconclusive(code) ? .inconclusive : .fail
            throw Judgement(verdict, code: code, sentence: sentence, next: next)
        case .harmful(let sentence, let next):
            throw Judgement(.fail, code: "AddressInUse", sentence: sentence, expected: "an address nobody uses", next: next)
        case .notAttempted(let reason):
            throw Judgement(.inconclusive, code: Judgement.notAsked, sentence: "\(target.pod.name): not created: \(reason)")
        case .created, .existing, nil: break
        }
        guard let pod = try facts.read(target.state, .plumbed).found else {
            return Judgement(
                .fail, code: "PodGone", sentence: "\(target.pod.name): the pod is not there any more; somebody deleted it",
                expected: "Running", seen: "gone", next: "kubectl get events -n \(target.pod.namespace)")
        }
        if Self.isReady(pod) {
            let restarts = pod.containers.map(\.restartCount).max() ?? 0
            return Judgement(
                .pass, code: "PodReady", sentence: "\(target.pod.name): Running and Ready on \(pod.node?.text ?? "no node")",
                seen: "Ready",
                notes: restarts > 0
                    ? [
                        Note(
                            code: "container-restarted",
                            sentence: "\(target.pod.name): its container was restarted \(restarts) times")
                    ] : [])
        }
        let events = facts.answer(PodEventsRequest(pod: target.pod, uid: pod.uid), at: .plumbed) ?? []
        let problem = PodProblem(pod: pod, events: events)
        return Judgement(
            .fail, code: problem.code, sentence: "\(target.pod.name): \(problem.sentence)", expected: "Running and Ready",
            seen: problem.seen, next: "kubectl describe pod -n \(target.pod.namespace) \(target.pod.name)")
    }
}
