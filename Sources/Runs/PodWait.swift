internal import Checks
internal import Facts
internal import Kubernetes
internal import Plans
internal import Probes
internal import Verdicts

/// Waits until every created pod is Ready, by watching pods and their events; ends early for pods that will not be.
struct PodWait {
    let cluster: KubernetesClient
    let runID: String
    /// The pods that were created, by namespace: names by UID.
    let pods: [String: [String: String]]
    let wait: Wait
    let emit: @Sendable (RunEvent) -> Void

    func run() async {
        await withTaskGroup(of: Void.self) { group in
            for (namespace, names) in pods {
                group.addTask { await watch(namespace, PodLedger(waitingFor: Set(names.keys), wait: wait, emit: emit)) }
            }
        }
    }

    private func watch(_ namespace: String, _ ledger: PodLedger) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await watchPods(namespace, ledger) }
            group.addTask { await watchEvents(namespace, ledger) }
            group.addTask { await ledger.tickUntilSettled() }
            await ledger.settled()
            group.cancelAll()
        }
    }

    private func watchPods(_ namespace: String, _ ledger: PodLedger) async {
        do throws(KubernetesFailure) {
            for try await event in cluster.watch(
                .pods(namespace), labelSelector: "\(RunLabel.run)=\(runID)", deadline: wait.deadline)
            {
                switch event {
                case .added(let object), .modified(let object): await ledger.see(PodReading.state(object.json))
                case .deleted(let object): await ledger.gone(object.uid)
                case .vanished(let reference): await ledger.gone(reference.uid ?? "")
                case .synchronized: break
                }
            }
        } catch {
            // A wait that cannot watch goes on by looking: a pod that only takes its time is no failure.
            await ledger.lost(error)
            await look(namespace, ledger)
        }
    }

    /// Reads each pod that is still waited for, until the wait ends.
    private func look(_ namespace: String, _ ledger: PodLedger) async {
        await Polling().repeatedly { elapsed, _ in
            for (uid, name) in pods[namespace] ?? [:] where await ledger.isWaiting(for: uid) {
                do throws(KubernetesFailure) {
                    let pod = try await cluster.get(.pods(namespace, name))
                    if pod.uid == uid { await ledger.see(PodReading.state(pod.json)) } else { await ledger.gone(uid) }
                } catch {
                    if error.kind == .notFound { await ledger.gone(uid) }
                }
            }
            return elapsed() < wait.deadline ? .seconds(2) : nil
        }
    }

    private func watchEvents(_ namespace: String, _ ledger: PodLedger) async {
        do throws(KubernetesFailure) {
            for try await event in cluster.watch(
                .events(namespace), fieldSelector: "involvedObject.kind=Pod", deadline: wait.deadline)
            {
                if case .added(let object) = event { await ledger.see(object.json) }
                if case .modified(let object) = event { await ledger.see(object.json) }
            }
        } catch {
            // Events explain; without them the wait goes on, and the check says what the pod itself shows.
            return
        }
    }
}

/// What the wait has seen of its pods.
private actor PodLedger {
    private var waitingFor: Set<String>
    private let wait: Wait
    private let emit: @Sendable (RunEvent) -> Void
    private var states: [String: PodState] = [:]
    private var events: [String: [ClusterEvent]] = [:]
    private var problemSince: [String: (code: String, since: ContinuousClock.Instant)] = [:]
    private var told = ""
    private let start = ContinuousClock.now
    private var waiter: CheckedContinuation<Void, Never>?
    private var isOver = false

    init(waitingFor: Set<String>, wait: Wait, emit: @escaping @Sendable (RunEvent) -> Void) {
        self.waitingFor = waitingFor
        self.wait = wait
        self.emit = emit
    }

    func see(_ state: PodState?) {
        guard let state, waitingFor.contains(state.uid) else { return }
        states[state.uid] = state
        judge()
    }

    func see(_ event: JSONValue) {
        guard let uid = event["involvedObject"]?["uid"]?.text, waitingFor.contains(uid), let event = PodReading.event(event)
        else { return }
        events[uid, default: []].append(event)
        judge()
    }

    func gone(_ uid: String) {
        waitingFor.remove(uid)
        judge()
    }

    func lost(_ failure: KubernetesFailure) {
        if failure.kind != .timedOut, failure.kind != .cancelled { emit(.action("the watch on pods ended: \(failure.sentence)")) }
    }

    func isWaiting(for uid: String) -> Bool { !isOver && waitingFor.contains(uid) }

    /// Lets patience run out where nothing more is told.
    func tickUntilSettled() async {
        while !isOver, !Task.isCancelled {
            do {
                try await ContinuousClock().sleep(for: .seconds(1))
            } catch {
                break
            }
            judge()
        }
        end()
    }

    /// Returns when no pod is waited for any more, or the time is up.
    func settled() async {
        if isOver { return }
        await withCheckedContinuation { waiter = $0 }
    }

    private func judge() {
        let now = ContinuousClock.now
        var lines: [String] = []
        for uid in waitingFor.sorted() {
            guard let state = states[uid] else { continue }
            if PodDeployCheck.isReady(state) {
                waitingFor.remove(uid)
                continue
            }
            let problem = PodProblem(pod: state, events: events[uid] ?? [])
            if problemSince[uid]?.code != problem.code { problemSince[uid] = (problem.code, now) }
            if let patience = problem.patience, let since = problemSince[uid]?.since, since.duration(to: now) >= patience {
                waitingFor.remove(uid)
            }
            lines.append("\(state.reference.name): \(problem.sentence)")
        }
        let text = lines.sorted().joined(separator: "; ")
        if text != told, !text.isEmpty {
            told = text
            emit(.waiting(what: wait.condition, lastSeen: text, elapsed: start.duration(to: now), deadline: wait.deadline))
        }
        if waitingFor.isEmpty || start.duration(to: now) > wait.deadline { end() }
    }

    private func end() {
        isOver = true
        waiter?.resume()
        waiter = nil
    }
}
