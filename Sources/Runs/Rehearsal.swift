internal import Checks
package import Facts
package import Kubernetes
package import Plans
internal import Probes
internal import Scenarios
package import Verdicts

/// Asks the server what it would say of a plan: which rights there are, and for each object whether it would be admitted.
/// Nothing is created: every creation is a dry run, which the server carries through admission and then forgets.
package struct Rehearsal: Sendable {
    /// What the server said of one object.
    package enum Outcome: Hashable, Sendable {
        /// It would be created, with the fields that came back otherwise than sent and the server's warnings.
        case accepted(changes: [AdmissionChange], warnings: [String])
        /// It would not be created.
        case refused(sentence: String, next: String?)
        /// It was not asked about, or there was no answer.
        case unknown(sentence: String, next: String?)
    }

    package struct Report: Sendable {
        /// Nil where the plan asks nothing of the API.
        package let rights: Judgement?
        /// In the order of creation.
        package let objects: [(reference: ObjectReference, outcome: Outcome)]

        /// True when every right is there and every object would be created.
        package var isAccepted: Bool {
            objects.allSatisfy { if case .accepted = $0.outcome { true } else { false } } && rights?.verdict ?? .pass == .pass
        }
    }

    let plan: Plan
    let cluster: KubernetesClient
    let now: @Sendable () -> Timestamp

    package init(_ plan: Plan, cluster: KubernetesClient, now: @escaping @Sendable () -> Timestamp) {
        self.plan = plan
        self.cluster = cluster
        self.now = now
    }

    package func run() async -> Report {
        async let rights = review()
        var objects: [(reference: ObjectReference, outcome: Outcome)] = []
        for object in plan.objectsWithLease(runID: "dry-run", time: Deployment.microTime(now())) {
            objects.append((object.reference, await tryOut(object)))
        }
        return Report(rights: await rights, objects: objects)
    }

    private func review() async -> Judgement? {
        guard !plan.rights.isEmpty else { return nil }
        let check = RightsCheck(rights: plan.rights, file: plan.scenario.files.first ?? plan.scenario.name)
        var facts = FactBook()
        while true {
            let known = facts
            let open = check.needs(known: known).filter { !known.contains($0) }.compactMap { $0.request as? AccessRequest }
            guard !open.isEmpty else { return check.evaluate(facts) }
            let prober = Prober(door: ReviewDoor(cluster: cluster), site: SiteMap(nodes: [:], devices: [:]))
            let answers = await withTaskGroup(of: (AccessRequest, Result<AccessAnswer, ProbeFailure>).self) { group in
                for request in open { group.addTask { (request, await prober.answer(request)) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            for (request, answer) in answers {
                facts.record(answer, for: request, at: .baseline, asked: now(), answered: now(), evidence: [])
            }
        }
    }

    private func tryOut(_ object: PlannedObject) async -> Outcome {
        let reference = object.reference
        if let made = plan.madeNamespace, reference.namespace == made {
            return .unknown(
                sentence: "not tried, since the run makes namespace \(made) first, and a dry run leaves none behind", next: nil)
        }
        guard let path = ResourcePath.collection(ofKind: reference.kind, in: reference.namespace) else {
            return .refused(sentence: "Plumbline does not create objects of this kind", next: nil)
        }
        let manifest = object.manifest(runID: "dry-run")
        do throws(KubernetesFailure) {
            let returned = try await cluster.create(manifest, in: path, dryRun: true)
            return .accepted(
                changes: AdmissionChange.all(sent: manifest, returned: returned.json), warnings: returned.warnings)
        } catch {
            switch error.kind {
            case .admission(.webhookUnanswered), .admission(.webhookWithoutDryRun):
                return .unknown(sentence: error.sentence, next: error.next)
            case .forbidden, .admission, .alreadyExists, .notFound, .invalid, .conflict, .unauthorized:
                return .refused(sentence: error.sentence, next: error.next)
            default: return .unknown(sentence: error.sentence, next: error.next)
            }
        }
    }
}
