package import Facts
package import Verdicts

/// One question about the world, asked of facts alone. A check never waits, retries, reads a clock or prints.
package protocol Check: Sendable {
    static var id: CheckID { get }
    /// A statement that is true when the check passes, without subject.
    static var title: String { get }
    /// When its facts are gathered and it is judged.
    static var moment: Moment { get }
    /// The checks whose failure, on a related subject, explains a failure of this one. Direct ones are enough.
    static var blockedBy: [CheckID] { get }

    var subject: Subject { get }
    /// Subjects whose failures may explain this one's, its own included.
    var related: Set<Subject> { get }
    /// `file:line:column` of the expectation in the scenario; nil where the scenario does not say it.
    var location: String? { get }

    /// What has to be asked, given what is known. Called again after each round until nothing new is wanted.
    func needs(known facts: FactBook) -> [Need]

    /// Judges from what is known.
    /// - Throws: the judgement itself, where a question has no answer.
    func judge(_ facts: FactBook) throws(Judgement) -> Judgement
}

extension Check {
    package var key: Finding.Key { Finding.Key(check: Self.id, subject: subject) }

    /// The judgement with the evidence of everything it asked for.
    package func evaluate(_ facts: FactBook) -> Judgement {
        var judgement: Judgement
        do {
            judgement = try judge(facts)
        } catch {
            judgement = error
        }
        if judgement.evidence.isEmpty { judgement.evidence = facts.evidence(needs(known: facts)) }
        return judgement
    }
}

extension FactBook {
    /// The newest answer, or the judgement that it could not be had.
    ///
    /// - Parameter mayChange: whether asking again may bring an answer (a device that did not answer in time).
    /// - Throws: `inconclusive`, with the probe's own sentence, or `NotAsked` where the question was never put.
    func read<Request: FactRequest>(_ request: Request, _ moment: Moment, mayChange: Bool = false) throws(Judgement)
        -> Request.Answer
    {
        guard let observation = latest(request, at: moment) else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked,
                sentence: "\(request.description) was not asked for, since something before it in the chain is missing")
        }
        switch observation.result {
        case .success(let answer): return answer
        case .failure(let failure):
            throw Judgement(
                .inconclusive, code: failure.kind.findingCode, sentence: failure.sentence, next: failure.next,
                evidence: observation.evidence, mayChange: mayChange && failure.kind.mayPass)
        }
    }
}

extension ProbeFailure.Kind {
    /// True where asking again may bring an answer; a host that cannot be reached stays so for the run.
    var mayPass: Bool { self == .timedOut || self == .notUnderstood }

    /// The code of a finding that could not be made for this reason.
    var findingCode: String {
        switch self {
        case .unreachable: "Unreachable"
        case .refused: "Refused"
        case .timedOut: "TimedOut"
        case .notUnderstood: "NotUnderstood"
        case .notAvailable: "NotAvailable"
        case .notAsked: Judgement.notAsked
        case .interrupted: "Interrupted"
        }
    }
}
