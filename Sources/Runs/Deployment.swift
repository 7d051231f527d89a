internal import Scenarios
internal import Archives
internal import Checks
internal import Facts
internal import Kubernetes
internal import Plans
internal import Probes
internal import Verdicts

/// Creates what the plan says, by POST, with the intent on disk before and the UID after.
struct Deployment {
    let plan: Plan
    let runID: String
    let cluster: KubernetesClient
    let notebook: Notebook
    let journal: Journal
    let now: @Sendable () -> Timestamp
    let emit: @Sendable (RunEvent) -> Void
    /// Keeps a note for the record, and tells it.
    let note: @Sendable (Note) async -> Void

    /// What came of asking for the Lease.
    enum Claim {
        case taken
        /// Leases may not be made here, so overlapping runs are not seen; with the reason.
        case unavailable(String)
        /// Another run has it, or it could not be known; the sentence says which and what to do.
        case refused(String)
    }

    /// Makes the run's own namespace, where it has one, and takes the scenario's Lease.
    func claim() async throws(ArchiveError) -> Claim {
        if let space = plan.objects.first(where: { $0.reference.kind == "Namespace" }) {
            if case .failure(let failure) = try await post(space) {
                return .refused(failure.kind == .alreadyExists ? await ownerOfNamespace(space.reference) : failure.description)
            }
        }
        let lease = PlannedObject.lease(of: plan.scenario, runID: runID, time: Self.microTime(now()))
        switch try await post(lease) {
        case .success: return .taken
        case .failure(let failure):
            if failure.kind == .alreadyExists { return await heldBy(lease.reference) }
            switch failure.kind {
            case .forbidden, .notFound: return .unavailable(failure.sentence)
            default: return .refused(failure.description)
            }
        }
    }

    /// MicroTime, as the Lease API writes it.
    static func microTime(_ time: Timestamp) -> String { time.description.dropLast() + "000Z" }

    /// A namespace that is there already is never taken over.
    private func ownerOfNamespace(_ reference: ObjectReference) async -> String {
        let lead = "\(reference): it exists already, and the run was to make it"
        do throws(KubernetesFailure) {
            let existing = try await cluster.get(.namespaces(reference.name))
            guard let run = existing.label(RunLabel.run) else {
                return "\(lead); name another one, or take out 'createNamespace' to use it as it is"
            }
            let isEnding = existing.metadata?["deletionTimestamp"] != nil ? ", and is being deleted" : ""
            return "\(lead): run \(run) made it\(isEnding); wait for it to end, or: plumbline cleanup --run \(run)"
        } catch {
            return "\(lead); whose it is could not be read: \(error.sentence)"
        }
    }

    private func heldBy(_ reference: ObjectReference) async -> Claim {
        let lead = "\(reference)"
        do throws(KubernetesFailure) {
            let lease = try await cluster.get(.leases(reference.namespace, reference.name))
            let holder = lease.json["spec"]?["holderIdentity"]?.text ?? "nobody named"
            let seconds = lease.json["spec"]?["leaseDurationSeconds"]?.int ?? 0
            let renewed = lease.json["spec"]?["renewTime"]?.text.flatMap { Timestamp($0) }
            let expired = renewed.map { $0.advanced(by: .seconds(seconds)) < now() } ?? false
            let advice =
                expired
                ? "its time is over, so that run was killed: plumbline cleanup --run \(holder)"
                : "wait for it to end; if it was killed: plumbline cleanup --run \(holder)"
            return .refused(
                "\(lead): run \(holder) of this scenario holds it, and two runs would give out the same addresses; \(advice)")
        } catch {
            return .refused("\(lead): it exists, and who holds it could not be read: \(error.sentence)")
        }
    }

    /// Writes down that nothing is created, for one reason that holds for all.
    func leaveOut(_ reason: String) async {
        for object in plan.objects {
            await notebook.record(
                .notAttempted(reason: reason), for: CreationRequest(object: object.reference), at: .plumbed)
        }
    }

    /// Writes down that nothing is created, and why.
    func refuse(_ harmful: [PodReference: (sentence: String, next: String)]) async {
        let names = harmful.keys.sorted().map(\.name).joined(separator: ", ")
        for object in plan.objects {
            let reference = object.reference
            let harm =
                reference.kind == "Pod" ? harmful[PodReference(namespace: reference.namespace ?? "", name: reference.name)] : nil
            let outcome: CreationOutcome =
                harm.map { .harmful(sentence: $0.sentence, next: $0.next) }
                ?? .notAttempted(reason: "the run gives out no address while that of \(names) is in use")
            await notebook.record(outcome, for: CreationRequest(object: reference), at: .plumbed)
        }
    }

    /// Creates the objects in order, one after the other.
    ///
    /// - Parameter closed: nodes on which nothing is created, with the reason.
    /// - Throws: `ArchiveError` when the journal cannot be written: nothing more is created then.
    func create(closed: [NodeName: String]) async throws(ArchiveError) {
        var refusal: String?
        for object in plan.objects where !["Pod", "Namespace"].contains(object.reference.kind) {
            if let failure = try await create(object) { refusal = refusal ?? failure }
        }
        let pods = plan.objects.filter { $0.reference.kind == "Pod" }
        // One after the other: after the first refusal nothing more may be created.
        for pod in pods {
            if let reason = refusal ?? Self.reason(pod, closed: closed) {
                await notebook.record(.notAttempted(reason: reason), for: CreationRequest(object: pod.reference), at: .plumbed)
            } else if let failure = try await create(pod) {
                refusal = refusal ?? failure
            }
        }
    }

    /// Why this pod is not created: all nodes that it may land on are closed.
    private static func reason(_ pod: PlannedObject, closed: [NodeName: String]) -> String? {
        let reasons = pod.nodes.compactMap { closed[$0] }
        return !reasons.isEmpty && reasons.count == pod.nodes.count ? reasons[0] : nil
    }

    /// - Returns: why nothing more may be created; nil when it was created, or refused for itself alone.
    private func create(_ object: PlannedObject) async throws(ArchiveError) -> String? {
        let request = CreationRequest(object: object.reference)
        switch try await post(object) {
        case .success(let uid):
            await notebook.record(.created(uid: uid), for: request, at: .plumbed)
            return nil
        case .failure(let failure):
            let code =
                switch failure.kind {
                case .alreadyExists: "ObjectExists"
                case .forbidden: "CreationForbidden"
                case .admission(.webhookUnanswered): "CreationUnanswered"
                case .admission: "AdmissionRefused"
                case .invalid: "ObjectRefused"
                default: "CreationUnanswered"
                }
            let next =
                failure.kind == .alreadyExists
                ? "kubectl get \(object.reference.kind.lowercased()) -n \(object.reference.namespace ?? "") \(object.reference.name) --show-labels; say 'existing: true' in the scenario to use it as it is"
                : failure.next
            await notebook.record(
                .refused(code: code, sentence: "\(object.reference): not created: \(failure.sentence)", next: next), for: request,
                at: .plumbed)
            return "\(object.reference) could not be created"
        }
    }

    private func post(_ object: PlannedObject) async throws(ArchiveError) -> Result<String, KubernetesFailure> {
        let reference = object.reference
        guard let path = ResourcePath.collection(ofKind: reference.kind, in: reference.namespace) else {
            return .failure(
                KubernetesFailure(kind: .invalid, sentence: "\(reference): Plumbline does not create objects of this kind"))
        }
        let journalled = JournalObject(
            apiVersion: object.manifest["apiVersion"]?.text ?? "v1", kind: reference.kind, resource: path.resource,
            namespace: reference.namespace, name: reference.name)
        try await journal.append(.intent(journalled), at: now())
        let collector = ExchangeCollector()
        let result: Result<String, KubernetesFailure>
        do throws(KubernetesFailure) {
            let manifest = object.manifest(runID: runID)
            let created = try await cluster.observing { collector.add($0) }.create(manifest, in: path)
            result = .success(created.uid)
            for warning in created.warnings { await note(Note(code: "api-warning", sentence: "\(reference): \(warning)")) }
            for change in AdmissionChange.all(sent: manifest, returned: created.json) {
                await note(Note(code: "admission-change", sentence: "\(reference): \(change)"))
            }
        } catch {
            result = .failure(error)
        }
        for exchange in collector.taken() {
            await notebook.store(Capture(exchange, kind: "create", what: "creation of \(reference)"))
        }
        switch result {
        case .success(let uid):
            try await journal.append(.created(journalled, uid: uid), at: now())
            emit(.action("created \(reference)"))
        case .failure(let failure):
            // Only a refusal is certain; after a broken connection the intent stays open for clean-up to settle.
            if let status = failure.status, (400..<500).contains(status) {
                try await journal.append(.notCreated(journalled, reason: failure.sentence), at: now())
            }
            emit(.action("did not create \(reference): \(failure.sentence)"))
        }
        return result
    }
}
