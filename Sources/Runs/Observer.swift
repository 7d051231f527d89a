internal import Checks
internal import Facts
internal import Plans
internal import Verdicts

/// Asks what the checks of one moment need, in rounds, and looks again until every check is settled.
struct Observer {
    let plan: Plan
    let notebook: Notebook
    let polling: Polling
    let emit: @Sendable (RunEvent) -> Void

    /// What became of one check.
    struct Outcome {
        let planned: Plan.PlannedCheck
        var judgement: Judgement
        var attempts = 0
        /// From the first look to the one that settled it.
        var duration: Duration = .zero
        var passingSince: Duration?
    }

    /// - Parameters:
    ///   - extra: asked once beside the checks' own needs.
    ///   - settled: outcomes of earlier moments, which may explain failures of this one.
    /// - Returns: one outcome a check of this moment, in the order of the chain.
    func observe(_ moment: Moment, extra: [Need] = [], settled: [Outcome] = []) async -> [Outcome] {
        let checks = plan.checks.filter { type(of: $0.check).moment == moment }
        var outcomes: [Outcome] = []
        var unsettled = Set(checks.map(\.check.key))
        await polling.repeatedly { elapsed, attempt in
            let begun = elapsed()
            let asking = checks.filter { unsettled.contains($0.check.key) }.map(\.check)
            await ask(asking, extra: attempt == 1 ? extra : [], at: moment, again: attempt > 1)
            let facts = await notebook.book
            outcomes = checks.map { planned in
                var outcome =
                    outcomes.first { $0.planned.check.key == planned.check.key } ?? Outcome(planned: planned, judgement: .unseen)
                outcome.judgement = planned.check.evaluate(facts)
                if unsettled.contains(planned.check.key) { outcome.attempts = attempt }
                outcome.passingSince = outcome.judgement.verdict == .pass ? outcome.passingSince ?? elapsed() : nil
                return outcome
            }
            let now = elapsed()
            let before = unsettled
            unsettled = open(outcomes, settled: settled, begun: begun, elapsed: now)
            for index in outcomes.indices where before.contains(outcomes[index].planned.check.key) {
                outcomes[index].duration = now
            }
            report(outcomes, unsettled: unsettled, elapsed: now)
            return unsettled.isEmpty ? nil : nextLook(outcomes, unsettled)
        }
        return outcomes
    }

    /// The interval until the next look: short at first, since most things settle at once, never longer than was asked for.
    private func nextLook(_ outcomes: [Outcome], _ unsettled: Set<Finding.Key>) -> Duration {
        outcomes.filter { unsettled.contains($0.planned.check.key) }.map(\.planned.eventually.every).min() ?? .seconds(2)
    }

    // MARK: Asking

    /// Rounds until nothing new is wanted; tables that fill by traffic come after everything else.
    private func ask(_ checks: [any Check], extra: [Need], at moment: Moment, again: Bool) async {
        var asked: Set<Need> = []
        while !Task.isCancelled {
            let facts = await notebook.book
            let wanted = (extra + checks.flatMap { $0.needs(known: facts) }).filter { need in
                guard !asked.contains(need) else { return false }
                guard facts.contains(need) else { return true }
                // What an earlier moment has answered stands; a steady answer of this moment too.
                guard again, need.moment == moment else { return false }
                return !type(of: need.request).isSteady || facts.hasFailed(need)
            }
            let distinct = wanted.reduce(into: [Need]()) { list, need in if !list.contains(need) { list.append(need) } }
            let direct = distinct.filter { !type(of: $0.request).followsTraffic }
            let round = direct.isEmpty ? distinct : direct
            guard !round.isEmpty else { return }
            asked.formUnion(round)
            await notebook.ask(round)
        }
    }

    // MARK: Settling

    /// The checks that may still change: wrong for now, not explained by something final, and within their own time.
    ///
    /// - Parameter begun: when this look began. A look that one slow answer held up gives no check up: the others get another.
    private func open(_ outcomes: [Outcome], settled: [Outcome], begun: Duration, elapsed: Duration) -> Set<Finding.Key> {
        let all = settled + outcomes
        let causes = Blocking.causes(all.map { ($0.planned.check, $0.judgement) })
        var patient: Set<Finding.Key> = []
        for outcome in outcomes where begun < outcome.planned.eventually.deadline {
            let key = outcome.planned.check.key
            if outcome.judgement.verdict == .pass {
                let held = elapsed - (outcome.passingSince ?? elapsed)
                if held < outcome.planned.eventually.holdFor { patient.insert(key) }
            } else if outcome.judgement.mayChange, (causes[key] ?? []).isEmpty {
                patient.insert(key)
            }
        }
        // What waits for a patient failure waits with it.
        for outcome in outcomes where outcome.judgement.verdict != .pass {
            let roots = causes[outcome.planned.check.key] ?? []
            if !roots.isEmpty, roots.allSatisfy(patient.contains) { patient.insert(outcome.planned.check.key) }
        }
        return patient
    }

    private func report(_ outcomes: [Outcome], unsettled: Set<Finding.Key>, elapsed: Duration) {
        let waiting = outcomes.filter { unsettled.contains($0.planned.check.key) && $0.judgement.verdict != .pass }
        guard let first = waiting.first(where: { $0.judgement.code != Judgement.notAsked }) ?? waiting.first else { return }
        let deadline = waiting.map(\.planned.eventually.deadline).max() ?? .zero
        let more = waiting.count > 1 ? " (and \(waiting.count - 1) more)" : ""
        emit(
            .waiting(
                what: "\(first.planned.check.key)\(more)", lastSeen: first.judgement.sentence, elapsed: elapsed,
                deadline: deadline))
    }
}

extension Judgement {
    /// Before the first look.
    fileprivate static let unseen = Judgement(.inconclusive, code: notAsked, sentence: "not looked at")
}
