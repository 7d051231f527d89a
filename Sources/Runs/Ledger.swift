internal import Checks
internal import Facts
internal import Plans
internal import Verdicts

/// What a run has come to so far; outlives the body of the run when that is cancelled.
actor Ledger {
    private(set) var outcomes: [Observer.Outcome] = []
    private(set) var notes: [Note] = []
    private(set) var created: [RunRecord.CreatedObject] = []
    /// Why it stopped before its end.
    private(set) var stopReason: String?
    /// True once a Lease or an object was asked for: there may be something to clean up.
    private(set) var mayHaveCreated = false
    /// Set by `--fail-fast`: what had failed.
    private(set) var failFast: String?

    func add(_ outcomes: [Observer.Outcome]) { self.outcomes += outcomes }
    func add(_ note: Note) { if !notes.contains(note) { notes.append(note) } }
    func set(created: [RunRecord.CreatedObject]) { self.created = created }
    func stop(_ reason: String) { stopReason = stopReason ?? reason }
    func beginCreating() { mayHaveCreated = true }
    func failFast(_ reason: String) { failFast = failFast ?? reason }

    /// True when a pod may still be there after the clean-up: its VF cannot have come back.
    var hasPodsLeft: Bool { created.contains { $0.object.kind == "Pod" && !$0.verifiedGone } }

    var hasWrong: Bool {
        outcomes.contains { $0.judgement.verdict == .fail || $0.judgement.verdict == .inconclusive }
    }

    /// Final findings of everything planned, in the order of the chain.
    ///
    /// - Parameter unseen: what is said of checks that were never looked at.
    func findings(_ plan: Plan, unseen: Unseen) -> [Finding] {
        let causes = Blocking.causes(outcomes.map { ($0.planned.check, $0.judgement) })
        let planned = plan.checks.map { planned -> Finding in
            guard let outcome = outcomes.first(where: { $0.planned.check.key == planned.check.key }) else {
                return finding(planned, unseen: unseen)
            }
            let blockers = causes[planned.check.key] ?? []
            return Finding(
                key: planned.check.key, title: type(of: planned.check).title,
                verdict: blockers.isEmpty ? outcome.judgement.verdict : .skipped, judgement: outcome.judgement,
                blockedBy: blockers,
                moment: type(of: planned.check).moment, duration: outcome.duration, attempts: outcome.attempts,
                isPrerequisite: planned.isPrerequisite, location: planned.check.location)
        }
        let left = plan.deselected.map { check, reason in
            Finding(
                key: check.key, title: type(of: check).title, verdict: .skipped, judgement: nil, skipReason: reason,
                moment: type(of: check).moment, attempts: 0, location: check.location)
        }
        return (planned + left).enumerated().sorted {
            (CheckCatalogue.position($0.element.key.check), $0.offset) < (
                CheckCatalogue.position($1.element.key.check), $1.offset
            )
        }.map(\.element)
    }

    /// Why a planned check was not looked at.
    enum Unseen {
        /// The user chose so.
        case deselected(String)
        /// The run ended before it.
        case inconclusive(String)
    }

    private func finding(_ planned: Plan.PlannedCheck, unseen: Unseen) -> Finding {
        var judgement: Judgement?
        var reason: String?
        switch unseen {
        case .deselected(let text): reason = text
        case .inconclusive(let text):
            judgement = Judgement(
                .inconclusive, code: "NotLookedAt", sentence: "\(planned.check.subject): not looked at: \(text)")
        }
        return Finding(
            key: planned.check.key, title: type(of: planned.check).title, verdict: judgement == nil ? .skipped : .inconclusive,
            judgement: judgement, skipReason: reason, moment: type(of: planned.check).moment, attempts: 0,
            isPrerequisite: planned.isPrerequisite, location: planned.check.location)
    }
}
