internal import Scenarios
internal import Transports
package import Plans
package import Verdicts
internal import Archives
internal import Checks
internal import Diagnoses
internal import Facts
internal import Probes

/// Walks a plan: asks, creates, waits, judges, cleans up, and always ends with a record.
package struct Runner: Sendable {
    let plan: Plan
    let around: Surroundings
    let polling = Polling()
    let ledger = Ledger()
    let notebook: Notebook

    package init(_ plan: Plan, _ surroundings: Surroundings) {
        self.plan = plan
        around = surroundings
        let door = LiveDoor(
            cluster: surroundings.cluster, ssh: surroundings.ssh, site: surroundings.site, now: surroundings.now)
        notebook = Notebook(door: door, site: surroundings.site, evidence: surroundings.evidence, now: surroundings.now)
    }

    /// Runs to the end, whatever comes: a deadline, signals, lost connections. The caller writes the reports.
    package func run() async -> RunRecord {
        let started = around.now()
        around.emit(
            .started(
                id: around.folder.id, scenario: plan.scenario.name, cluster: around.clusterName, lab: around.lab,
                headerNotes: around.headerNotes))
        var ending = await body()
        let keeps = await shouldKeep(ending)
        if await ledger.mayHaveCreated, !keeps { await cleanUp() }
        if ending == .finished, await ledger.stopReason != nil { ending = .stopped }
        if ending == .finished, !keeps, await ledger.failFast == nil, await !ledger.hasPodsLeft {
            await observe(.afterTeardown, phase: "teardown")
        }
        await around.ssh.closeAll()
        return await record(started: started, ending: ending, kept: keeps)
    }

    // MARK: The body and what ends it

    private func body() async -> RunRecord.Ending {
        let limit = around.timeout ?? plan.scenario.timeouts.scenario
        return await withTaskGroup(of: RunRecord.Ending?.self) { group in
            group.addTask {
                await steps()
                return .finished
            }
            group.addTask { await around.stops.signal(1) }
            group.addTask {
                do {
                    try await ContinuousClock().sleep(for: limit)
                } catch {
                    return nil
                }
                return .deadline
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first ?? .finished
        }
    }

    private func steps() async {
        for step in plan.steps {
            if Task.isCancelled { return }
            if await ledger.stopReason != nil { return }
            if await ledger.failFast != nil { return }
            switch step {
            case .observe(.baseline): await observe(.baseline, phase: "preflight", extra: plan.baselineNeeds)
            case .observe(.plumbed): await observe(.plumbed, phase: "verify")
            case .claim: await claim()
            case .create: await create()
            case .awaitPods(let wait): await awaitPods(wait)
            case .observe(.afterTeardown), .cleanUp: return
            }
        }
    }

    /// A failure of the journal stops everything: what is not on disk could not be cleaned up.
    private func journalling(_ work: () async throws(ArchiveError) -> Void) async {
        do throws(ArchiveError) {
            try await work()
        } catch {
            await ledger.stop("nothing more is created, since the journal cannot be written: \(error.sentence)")
        }
    }

    private var deployment: Deployment {
        Deployment(
            plan: plan, runID: around.folder.id, cluster: around.cluster, notebook: notebook, journal: around.journal,
            now: around.now,
            emit: around.emit
        ) { [ledger, emit = around.emit] note in
            await ledger.add(note)
            emit(.note(note))
        }
    }

    private func claim() async {
        let facts = await notebook.book
        let review = plan.checks.lazy.compactMap { $0.check as? RightsCheck }.first
        if let refusal = review?.refusal(facts) {
            // What cannot be seen and removed again is not made.
            await deployment.leaveOut(refusal)
            return
        }
        let harmful = AddressesInUse.find(plan.suite, facts)
        if !harmful.isEmpty {
            // Somebody's address is about to be given out: nothing at all is sent.
            await deployment.refuse(harmful)
            return
        }
        for device in AddressesInUse.unknown(plan.suite, facts) {
            await note(
                "address-use-unknown",
                "\(device): its ARP table could not be read beforehand, so whether the pods' addresses are in use is not known")
        }
        await ledger.beginCreating()
        await journalling { () async throws(ArchiveError) in
            switch try await deployment.claim() {
            case .taken: break
            case .unavailable(let reason):
                await note(
                    "no-lease", "two runs of this scenario at once would not be noticed, since no Lease could be made: \(reason)")
            case .refused(let sentence): await ledger.stop(sentence)
            }
        }
    }

    private func create() async {
        guard await ledger.mayHaveCreated else { return }
        around.emit(.phase("deploy"))
        let closed = await closedNodes()
        await journalling { () async throws(ArchiveError) in try await deployment.create(closed: closed) }
    }

    /// Nodes with a failed preflight check: nothing is created on them, and only on them.
    private func closedNodes() async -> [NodeName: String] {
        let outcomes = await ledger.outcomes
        let causes = Blocking.causes(outcomes.map { ($0.planned.check, $0.judgement) })
        var closed: [NodeName: String] = [:]
        for outcome in outcomes {
            let check = outcome.planned.check
            guard case .node(let node) = check.subject, closed[node] == nil else { continue }
            if outcome.judgement.verdict == .fail || !(causes[check.key] ?? []).isEmpty {
                let root = causes[check.key]?.first ?? check.key
                closed[node] = "\(root) failed before"
            }
        }
        return closed
    }

    private func awaitPods(_ wait: Wait) async {
        let facts = await notebook.book
        var pods: [String: [String: String]] = [:]
        for object in plan.objects where object.reference.kind == "Pod" {
            if case .created(let uid) = facts.answer(CreationRequest(object: object.reference), at: .plumbed) {
                pods[object.reference.namespace ?? "default", default: [:]][uid] = object.reference.name
            }
        }
        guard !pods.isEmpty else { return }
        await PodWait(cluster: around.cluster, runID: around.folder.id, pods: pods, wait: wait, emit: around.emit).run()
    }

    // MARK: Looking

    private func observe(_ moment: Moment, phase: String, extra: [Need] = []) async {
        let checks = plan.checks.filter { type(of: $0.check).moment == moment }
        guard !checks.isEmpty || !extra.isEmpty else { return }
        around.emit(.phase(phase))
        let observer = Observer(plan: plan, notebook: notebook, polling: polling, emit: around.emit)
        let outcomes = await observer.observe(moment, extra: extra, settled: await ledger.outcomes)
        if Task.isCancelled, outcomes.isEmpty { return }
        await ledger.add(outcomes)
        let keys = Set(outcomes.map(\.planned.check.key))
        let findings = await ledger.findings(plan, unseen: .inconclusive("")).filter { keys.contains($0.key) }
        for finding in findings { around.emit(.found(finding)) }
        if around.failsFast, let failed = findings.first(where: { $0.verdict == .fail }) {
            await ledger.failFast("--fail-fast: \(failed.key) failed")
        }
    }

    private func note(_ code: String, _ sentence: String) async {
        let note = Note(code: code, sentence: sentence)
        await ledger.add(note)
        around.emit(.note(note))
    }

    // MARK: Cleaning up

    private func shouldKeep(_ ending: RunRecord.Ending) async -> Bool {
        if around.keeps { return true }
        switch plan.scenario.cleanup {
        case .always: return false
        case .never: return true
        case .onSuccess:
            let wrong = await ledger.hasWrong
            return wrong || ending != .finished
        }
    }

    /// Has its own time, and ends early only by a second signal. Not cancelled with the body: it runs after it.
    private func cleanUp() async {
        around.emit(.phase("clean up"))
        let cleaner = Cleaner(
            cluster: around.cluster, runID: around.folder.id, journal: around.journal, now: around.now, emit: around.emit
        ) { capture in await notebook.store(capture) }
        let pending: [PendingObject]
        do throws(ArchiveError) {
            pending = try StoredRun(around.folder).journal().pendingObjects
        } catch {
            await ledger.stop(
                "the journal cannot be read, so nothing was cleaned up: \(error.sentence); plumbline cleanup --run \(around.folder.id)"
            )
            return
        }
        let deadline = plan.scenario.timeouts.cleanup
        let result = await withTaskGroup(of: [RunRecord.CreatedObject]?.self) { group in
            group.addTask { await cleaner.clean(pending, deadline: deadline) }
            group.addTask {
                guard await around.stops.signal(2) != nil else { return nil }
                around.emit(.action("clean-up was stopped; finish it with: plumbline cleanup --run \(around.folder.id)"))
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        await ledger.set(
            created: result
                ?? pending.map { RunRecord.CreatedObject(object: $0.object.reference(uid: $0.uid), verifiedGone: $0.uid == nil) })
    }

    // MARK: The record

    private func record(started: Timestamp, ending: RunRecord.Ending, kept: Bool) async -> RunRecord {
        let unseen: Ledger.Unseen =
            if let reason = await ledger.failFast {
                .deselected(reason)
            } else if kept, ending == .finished {
                .deselected("the pods were kept")
            } else if ending == .finished, await ledger.hasPodsLeft {
                .inconclusive("a pod could not be seen gone, so its VF cannot have come back")
            } else {
                .inconclusive(await ledger.stopReason ?? Self.words(ending))
            }
        if let problem = await notebook.archiveProblem {
            await note("evidence-not-written", "evidence could not be written: \(problem.sentence)")
        }
        for sentence in await notebook.helperNotes { await note("ephemeral-container", sentence) }
        let findings = await ledger.findings(plan, unseen: unseen)
        let facts = await notebook.book
        var created = await ledger.created
        if kept { created = await keptObjects() }
        let record = RunRecord(
            id: around.folder.id, scenario: plan.scenario.name, scenarioFile: around.scenarioFile,
            toolVersion: around.toolVersion,
            cluster: around.clusterName, lab: around.lab, headerNotes: around.headerNotes, started: started,
            ended: around.now(),
            ending: ending, stopReason: await ledger.stopReason ?? (ending == .finished ? nil : Self.words(ending)),
            findings: findings,
            chains: ChainBuilder.chains(plan.suite, facts, findings: findings), diagnoses: Diagnostician.diagnose(findings),
            notes: await ledger.notes, created: created, kept: kept, evidence: await around.evidence.files)
        around.emit(.finished(record))
        return record
    }

    private func keptObjects() async -> [RunRecord.CreatedObject] {
        do throws(ArchiveError) {
            return try StoredRun(around.folder).journal().pendingObjects.map {
                RunRecord.CreatedObject(object: $0.object.reference(uid: $0.uid), verifiedGone: false)
            }
        } catch {
            await note("journal-unreadable", error.sentence)
            return []
        }
    }

    private static func words(_ ending: RunRecord.Ending) -> String {
        switch ending {
        case .interrupted: "the run was interrupted"
        case .terminated: "the run was terminated"
        case .deadline: "the scenario's deadline passed"
        case .finished, .stopped: "the run stopped before it"
        }
    }
}
