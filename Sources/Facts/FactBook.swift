/// What is known: every observation ever made, by (request, moment). Appended, never overwritten.
package struct FactBook: Sendable {
    private var observations: [Need: [any AnyObservation]] = [:]

    package init() {}

    /// Adds one observation; its attempt number is given here.
    package mutating func record<Request: FactRequest>(
        _ result: Result<Request.Answer, ProbeFailure>, for request: Request, at moment: Moment, asked: Timestamp,
        answered: Timestamp, evidence: [EvidenceID]
    ) {
        let need = Need(request, at: moment)
        let attempt = (observations[need]?.count ?? 0) + 1
        observations[need, default: []].append(
            Observation(attempt: attempt, asked: asked, answered: answered, result: result, evidence: evidence))
    }

    /// All observations of this question at this moment, oldest first.
    package func all<Request: FactRequest>(_ request: Request, at moment: Moment) -> [Observation<Request.Answer>] {
        (observations[Need(request, at: moment)] ?? []).compactMap { $0 as? Observation<Request.Answer> }
    }

    /// The newest observation; nil when it was never asked.
    package func latest<Request: FactRequest>(_ request: Request, at moment: Moment) -> Observation<Request.Answer>? {
        observations[Need(request, at: moment)]?.last as? Observation<Request.Answer>
    }

    /// The newest answer; nil when it was never asked or could not be answered.
    package func answer<Request: FactRequest>(_ request: Request, at moment: Moment) -> Request.Answer? {
        latest(request, at: moment)?.answer
    }

    package func contains(_ need: Need) -> Bool { observations[need] != nil }

    /// The evidence of the newest observation of each of these; for verdicts that rest on several.
    package func evidence(_ needs: [Need]) -> [EvidenceID] {
        var seen: Set<EvidenceID> = []
        return needs.flatMap { observations[$0]?.last?.evidence ?? [] }.filter { seen.insert($0).inserted }
    }

    /// Every question that was asked, with how often; for reports.
    package var questions: [(need: Need, attempts: Int)] { observations.map { ($0.key, $0.value.count) } }
}

private protocol AnyObservation: Sendable {
    var evidence: [EvidenceID] { get }
    var failed: Bool { get }
}

/// One asking of one question.
package struct Observation<Answer: Sendable>: Sendable, AnyObservation {
    /// 1-based among the observations of the same question at the same moment.
    package let attempt: Int
    package let asked: Timestamp
    package let answered: Timestamp
    package let result: Result<Answer, ProbeFailure>
    /// The captured exchanges it was read from; empty when nothing could be captured.
    package let evidence: [EvidenceID]

    package var answer: Answer? {
        if case .success(let answer) = result { return answer }
        return nil
    }

    var failed: Bool { failure != nil }

    package var failure: ProbeFailure? {
        if case .failure(let failure) = result { return failure }
        return nil
    }
}

extension FactBook {
    /// True when the newest observation of this question has no answer.
    package func hasFailed(_ need: Need) -> Bool { observations[need]?.last?.failed ?? false }
}
