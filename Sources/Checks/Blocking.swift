package import Verdicts

/// Decides which wrong readings are explained by another failure.
///
/// A failure that a failed check of its `blockedBy` (directly or through a blocked one) on a related subject explains is
/// `skipped`, with its own reading kept. A right reading stays `pass`; what could not be read stays `inconclusive`, unless
/// there was nothing to ask because of the failure; an inconclusive finding blocks nothing.
package enum Blocking {
    /// - Parameter judged: in any order; one entry per check and subject.
    /// - Returns: the failed findings that explain each one; empty for those that stand by themselves.
    package static func causes(_ judged: [(check: any Check, judgement: Judgement)]) -> [Finding.Key: [Finding.Key]] {
        let byID = Dictionary(grouping: judged) { type(of: $0.check).id }
        var settled: [Finding.Key: [Finding.Key]] = [:]
        for id in order(byID.values.compactMap { $0.first.map { type(of: $0.check) } }) {
            for (check, judgement) in byID[id] ?? [] {
                settled[check.key] = judgement.canBeExplained ? explanations(of: check, byID: byID, settled: settled) : []
            }
        }
        return settled
    }

    private static func explanations(
        of check: any Check, byID: [CheckID: [(check: any Check, judgement: Judgement)]], settled: [Finding.Key: [Finding.Key]]
    ) -> [Finding.Key] {
        var causes: [Finding.Key] = []
        for blocker in type(of: check).blockedBy {
            for (other, judgement) in byID[blocker] ?? [] where check.related.contains(other.subject) {
                let found = settled[other.key] ?? []
                let roots = found.isEmpty && judgement.verdict == .fail ? [other.key] : found
                for root in roots where !causes.contains(root) && root != check.key { causes.append(root) }
            }
        }
        return causes
    }

    /// Every check after those that may block it. The graph has no cycles; a test holds that.
    static func order(_ checks: [any Check.Type]) -> [CheckID] {
        let byID = Dictionary(checks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var ordered: [CheckID] = []
        var visiting: Set<CheckID> = []
        func visit(_ id: CheckID) {
            guard let check = byID[id], !ordered.contains(id), visiting.insert(id).inserted else { return }
            for blocker in check.blockedBy { visit(blocker) }
            ordered.append(id)
        }
        for id in byID.keys.sorted() { visit(id) }
        return ordered
    }
}
