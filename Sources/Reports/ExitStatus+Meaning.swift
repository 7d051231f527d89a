package import Verdicts

extension ExitStatus {
    /// What the exit code says, as one clause: "at least one check failed".
    package var meaning: String {
        switch self {
        case .passed: "every selected check passed"
        case .failed: "at least one check failed"
        case .inconclusive: "no check failed, but at least one thing could not be looked at"
        case .nothingSelected: "no check was selected, so nothing was checked"
        case .leftovers: "the checks passed, but objects in the cluster could not be verified gone"
        case .usage: "the command line or the scenario is not right"
        case .defect: "a defect of plumbline itself"
        case .deadline: "the scenario's deadline passed"
        case .interrupted: "interrupted from the keyboard (SIGINT)"
        case .terminated: "asked to stop (SIGTERM)"
        }
    }

    /// One word for the head of a report: `passed`, `failed`, `inconclusive`, `interrupted`…
    package var word: String {
        switch self {
        case .passed: "passed"
        case .failed: "failed"
        case .inconclusive: "inconclusive"
        case .nothingSelected: "nothing checked"
        case .leftovers: "leftovers"
        case .usage: "not run"
        case .defect: "defect"
        case .deadline: "deadline passed"
        case .interrupted, .terminated: "interrupted"
        }
    }

    /// The verdict whose glyph and colour stand for the run.
    var lookingLike: Verdict {
        switch self {
        case .passed: .pass
        case .failed, .leftovers, .defect, .usage: .fail
        case .inconclusive, .deadline, .interrupted, .terminated: .inconclusive
        case .nothingSelected: .skipped
        }
    }
}
