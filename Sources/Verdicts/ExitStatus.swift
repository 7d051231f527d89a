/// The process exit codes of design §2: the first that applies, from the top. Never depends on the output format.
package enum ExitStatus: Int32, Hashable, Sendable, CaseIterable {
    case passed = 0
    case failed = 1
    case inconclusive = 3
    case nothingSelected = 4
    case leftovers = 5
    case usage = 64
    case defect = 70
    case deadline = 124
    case interrupted = 130
    case terminated = 143
}

extension RunRecord {
    /// What the process exits with. A prerequisite decides only if it stopped a selected check, which is then skipped or
    /// inconclusive itself.
    package var exitStatus: ExitStatus {
        switch ending {
        case .interrupted: return .interrupted
        case .terminated: return .terminated
        case .deadline: return .deadline
        case .finished, .stopped: break
        }
        let deciding = decidingFindings
        if deciding.contains(where: { $0.verdict == .fail }) { return .failed }
        if deciding.contains(where: { $0.verdict == .inconclusive }) || ending == .stopped { return .inconclusive }
        if !leftovers.isEmpty { return .leftovers }
        if !deciding.contains(where: { $0.verdict == .pass }) { return .nothingSelected }
        return .passed
    }

    /// The findings that the exit code goes by: the selected ones, and the prerequisites that stopped one of them.
    package var decidingFindings: [Finding] {
        let stoppers = Set(findings.filter { !$0.isPrerequisite }.flatMap(\.blockedBy))
        return findings.filter { !$0.isPrerequisite || stoppers.contains($0.key) }
    }
}
