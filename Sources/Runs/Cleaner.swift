package import Archives
package import Facts
package import Kubernetes
internal import Plans
internal import Probes
package import Verdicts

/// Deletes what the journal says a run made, and sees it gone. Used by the run itself and by `cleanup`.
package struct Cleaner: Sendable {
    let cluster: KubernetesClient
    let runID: String
    let journal: Journal
    let now: @Sendable () -> Timestamp
    let emit: @Sendable (RunEvent) -> Void
    /// Keeps each exchange as evidence; nil where there is no place for it.
    let capture: (@Sendable (Capture) async -> Void)?

    package init(
        cluster: KubernetesClient, runID: String, journal: Journal, now: @escaping @Sendable () -> Timestamp,
        emit: @escaping @Sendable (RunEvent) -> Void, capture: (@Sendable (Capture) async -> Void)? = nil
    ) {
        self.cluster = cluster
        self.runID = runID
        self.journal = journal
        self.now = now
        self.emit = emit
        self.capture = capture
    }

    /// Deletes pods first, so that the CNI's DEL still finds its NAD, then the rest, and last the run's own namespace.
    ///
    /// - Parameter pending: from the journal: made and not seen gone, or begun with an unknown outcome.
    /// - Returns: one entry an object that exists or existed, with whether it was seen gone.
    package func clean(_ pending: [PendingObject], deadline: Duration) async -> [RunRecord.CreatedObject] {
        let end = ContinuousClock.now + deadline
        var results: [RunRecord.CreatedObject] = []
        let order: [(PendingObject) -> Bool] = [
            { $0.object.kind == "Pod" }, { !["Pod", "Lease", "Namespace"].contains($0.object.kind) },
            { $0.object.kind == "Lease" }, { $0.object.kind == "Namespace" },
        ]
        for belongs in order {
            let group = pending.filter(belongs)
            results += await withTaskGroup(of: RunRecord.CreatedObject?.self) { tasks in
                for object in group { tasks.addTask { await clean(object, until: end) } }
                return await tasks.reduce(into: [RunRecord.CreatedObject]()) { list, result in
                    if let result { list.append(result) }
                }
            }
        }
        return results.sorted { ($0.object.kind, $0.object.description) < ($1.object.kind, $1.object.description) }
    }

    /// - Returns: nil when it turned out that the object never came to be.
    private func clean(_ pending: PendingObject, until end: ContinuousClock.Instant) async -> RunRecord.CreatedObject? {
        let reference = pending.object.reference(uid: pending.uid)
        guard let collection = ResourcePath.collection(ofKind: pending.object.kind, in: pending.object.namespace) else {
            return RunRecord.CreatedObject(object: reference, verifiedGone: false)
        }
        let path = collection.named(pending.object.name)
        do throws(CleaningProblem) {
            guard let uid = try await uid(of: pending, path) else {
                try await write(.verifiedGone(pending.object, uid: nil))
                return nil
            }
            let found = ObjectReference(kind: reference.kind, namespace: reference.namespace, name: reference.name, uid: uid)
            try await delete(path, uid: uid, object: pending.object)
            let gone = try await seeGone(path, uid: uid, until: end)
            if gone {
                try await write(.verifiedGone(pending.object, uid: uid))
                emit(.action("\(reference) is gone"))
                return RunRecord.CreatedObject(object: found, verifiedGone: true)
            }
            let reason = await HoldReason(cluster: cluster).reason(of: pending.object, path)
            emit(.action("\(reference) is still there at the end of the clean-up's time: \(reason)"))
            return RunRecord.CreatedObject(object: found, verifiedGone: false, reason: reason)
        } catch {
            emit(.action("\(reference): not verified gone: \(error.sentence)"))
            return RunRecord.CreatedObject(object: reference, verifiedGone: false, reason: error.sentence)
        }
    }

    /// The UID from the journal, or for an intent without outcome that of an object that bears this run's label.
    private func uid(of pending: PendingObject, _ path: ResourcePath) async throws(CleaningProblem) -> String? {
        if let uid = pending.uid { return uid }
        do throws(KubernetesFailure) {
            let object = try await observed("read", path) { client throws(KubernetesFailure) in try await client.get(path) }
            return object.label(RunLabel.run) == runID ? object.uid : nil
        } catch {
            if error.kind == .notFound { return nil }
            throw CleaningProblem(sentence: error.sentence)
        }
    }

    private func delete(_ path: ResourcePath, uid: String, object: JournalObject) async throws(CleaningProblem) {
        // A grace of 1 s, never 0: a pod deleted at once vanishes from the API before its CNI DEL has run.
        let grace = object.kind == "Pod" ? 1 : nil
        let existed: Bool
        do throws(KubernetesFailure) {
            existed = try await observed("delete", path) { client throws(KubernetesFailure) in
                try await client.delete(path, uid: uid, gracePeriodSeconds: grace)
            }
        } catch {
            throw CleaningProblem(sentence: error.sentence)
        }
        if existed { try await write(.deleted(object, uid: uid)) }
    }

    /// Watches the object by name until it is deleted or another one has its name.
    private func seeGone(_ path: ResourcePath, uid: String, until end: ContinuousClock.Instant) async throws(CleaningProblem)
        -> Bool
    {
        let left = ContinuousClock.now.duration(to: end)
        guard left > .zero else { return try await isGone(path, uid: uid) }
        do throws(KubernetesFailure) {
            let watch = cluster.watch(path.collection, fieldSelector: "metadata.name=\(path.name ?? "")", deadline: left)
            var present = false
            loop: for try await event in watch {
                switch event {
                case .added(let object), .modified(let object): if object.uid == uid { present = true }
                case .deleted(let object): if object.uid == uid { break loop }
                case .vanished: break loop
                case .synchronized: if !present { break loop }
                }
            }
        } catch {
            // Who may not watch may still look, and a watch that breaks says nothing of the object.
            if error.kind == .cancelled { return try await isGone(path, uid: uid) }
            return try await looking(path, uid: uid, until: end)
        }
        return try await isGone(path, uid: uid)
    }

    /// Looks again and again until the object is gone or the time is up.
    private func looking(_ path: ResourcePath, uid: String, until end: ContinuousClock.Instant) async throws(CleaningProblem)
        -> Bool
    {
        var result: Result<Bool, CleaningProblem> = .success(false)
        await Polling().repeatedly { _, _ in
            do throws(CleaningProblem) {
                result = .success(try await isGone(path, uid: uid))
            } catch {
                result = .failure(error)
            }
            if case .success(true) = result { return nil }
            return ContinuousClock.now < end ? .seconds(2) : nil
        }
        return try result.get()
    }

    private func isGone(_ path: ResourcePath, uid: String) async throws(CleaningProblem) -> Bool {
        do throws(KubernetesFailure) {
            return try await observed("verify", path) { client throws(KubernetesFailure) in try await client.get(path) }.uid
                != uid
        } catch {
            if error.kind == .notFound { return true }
            throw CleaningProblem(sentence: error.sentence)
        }
    }

    private func observed<Output: Sendable>(
        _ kind: String, _ path: ResourcePath, _ work: (KubernetesClient) async throws(KubernetesFailure) -> Output
    ) async throws(KubernetesFailure) -> Output {
        let collector = ExchangeCollector()
        let client = cluster.observing { collector.add($0) }
        let result: Result<Output, KubernetesFailure>
        do throws(KubernetesFailure) {
            result = .success(try await work(client))
        } catch {
            result = .failure(error)
        }
        for exchange in collector.taken() { await capture?(Capture(exchange, kind: kind, what: "\(kind) of \(path)")) }
        return try result.get()
    }

    private func write(_ entry: JournalEntry) async throws(CleaningProblem) {
        do throws(ArchiveError) {
            try await journal.append(entry, at: now())
        } catch {
            throw CleaningProblem(sentence: error.sentence)
        }
    }
}

/// Why one object could not be seen gone.
private struct CleaningProblem: Error {
    let sentence: String
}
