package import Facts
package import Verdicts

/// Asks the API what the caller may do, before anything is created. A missing right says nothing of the site, so it is
/// inconclusive, never a failure.
package struct RightsCheck: Check {
    package static let id: CheckID = "cluster.rights"
    package static let title = "the caller has every right in the cluster that the scenario needs"
    package static let moment = Moment.baseline
    package static let blockedBy: [CheckID] = []

    package let rights: [NeededRight]
    /// The scenario's file, for the command that prints the rights.
    let file: String

    package init(rights: [NeededRight], file: String) {
        self.rights = rights
        self.file = file
    }

    package var subject: Subject { .cluster }
    package var related: Set<Subject> { [.cluster] }
    package var location: String? { nil }

    package func needs(known facts: FactBook) -> [Need] {
        rights.flatMap { $0.needs(known: facts) }.map { Need($0, at: .baseline) }
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let missing = missing(facts)
        let unknown = rights.compactMap { right -> ProbeFailure? in
            if case .unknown(let failure) = right.standing(facts) { return failure }
            return nil
        }
        if !missing.isEmpty {
            let unasked = unknown.isEmpty ? "" : "; \(unknown.count) more could not be asked about"
            return Judgement(
                .inconclusive, code: "RightsMissing",
                sentence: "cluster: \(missing.count) of \(rights.count) rights are missing: \(missing.joined(separator: ", "))"
                    + unasked,
                expected: "\(rights.count) rights", seen: "\(rights.count - missing.count - unknown.count)", next: next)
        }
        if let failure = unknown.first {
            return Judgement(
                .inconclusive, code: "RightsUnknown",
                sentence: "cluster: whether the \(rights.count) rights are there could not be asked: \(failure.sentence)",
                expected: "\(rights.count) rights", seen: "no answer", next: failure.next ?? next)
        }
        guard !rights.contains(where: { if case .open = $0.standing(facts) { true } else { false } }) else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked, sentence: "cluster: the rights were not asked about to the end")
        }
        return Judgement(
            .pass, code: "RightsGranted", sentence: "cluster: all \(rights.count) rights are there",
            expected: "\(rights.count) rights", seen: "\(rights.count)")
    }

    /// Why nothing may be created: rights without which it could not be seen or removed again. Nil: none is known to be missing.
    package func refusal(_ facts: FactBook) -> String? {
        let missing = missing(facts) { $0.guardsCreation }
        return missing.isEmpty ? nil : "rights are missing: \(missing.joined(separator: ", ")); \(next)"
    }

    private var next: String { "grant them: plumbline rbac \(file) | kubectl apply -f -" }

    private func missing(_ facts: FactBook, where counts: (NeededRight) -> Bool = { _ in true }) -> [String] {
        rights.filter(counts).compactMap { needed in
            guard case .missing(let names) = needed.standing(facts) else { return nil }
            guard !names.isEmpty else { return "\(needed.right)" }
            let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
            return "\(needed.right) (\(shown))"
        }
    }
}
