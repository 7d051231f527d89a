package import Verdicts

/// How many findings of each verdict a run has, and how many notes hang on them.
package struct VerdictCounts: Hashable, Sendable {
    package let passed: Int
    package let failed: Int
    package let inconclusive: Int
    package let skipped: Int
    /// Findings that were made only because a selected check needed them; they are counted above too.
    package let prerequisites: Int
    /// Notes on findings, and the scenario's own.
    package let notes: Int

    package init(_ record: RunRecord) {
        func count(_ verdict: Verdict) -> Int { record.findings.count { $0.verdict == verdict } }
        passed = count(.pass)
        failed = count(.fail)
        inconclusive = count(.inconclusive)
        skipped = count(.skipped)
        prerequisites = record.findings.count { $0.isPrerequisite }
        notes = record.notes.count + record.findings.reduce(0) { $0 + ($1.judgement?.notes.count ?? 0) }
    }

    package var total: Int { passed + failed + inconclusive + skipped }

    /// `1 failed, 0 inconclusive, 3 skipped, 53 passed of 57 checks; 2 notes`.
    var sentence: String {
        var text = "\(failed) failed, \(inconclusive) inconclusive, \(skipped) skipped, \(passed) passed"
        text += " of \(total) \(total == 1 ? "check" : "checks")"
        if prerequisites > 0 { text += " (\(prerequisites) as prerequisites)" }
        if notes > 0 { text += "; \(notes) \(notes == 1 ? "note" : "notes")" }
        return text
    }
}
