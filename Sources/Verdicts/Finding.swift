package import Facts

/// The judged outcome of one check on one subject: what reports show.
package struct Finding: Hashable, Sendable {
    /// Which check and subject: unique in a run.
    package struct Key: Hashable, Sendable, CustomStringConvertible {
        package let check: CheckID
        package let subject: Subject

        package init(check: CheckID, subject: Subject) {
            self.check = check
            self.subject = subject
        }

        package var description: String { "\(check) \(subject)" }
    }

    package var key: Key
    /// The check's title, a statement about the world: "the PF tags the pod's VF with the network's VLAN".
    package var title: String
    /// As decided: a judgement of `fail` that another failure explains becomes `skipped`.
    package var verdict: Verdict
    /// As the check said it; for blocked findings its own reading is kept here. Nil when it was not judged at all.
    package var judgement: Judgement?
    /// The failed findings that explain this one; empty unless `verdict` is `skipped`.
    package var blockedBy: [Key]
    /// Why it was not judged, where there is no judgement: deselected, or fail-fast.
    package var skipReason: String?
    package var moment: Moment
    /// First question asked to last answer used; zero where nothing was asked.
    package var duration: Duration
    /// How often it was looked at, 1 or more; 0 where it was not judged.
    package var attempts: Int
    /// True when it runs only because a selected check needs it (`--only`).
    package var isPrerequisite: Bool
    /// `scenarios/x.yaml:41:7`, where the expectation stands; nil where the scenario does not say it.
    package var location: String?

    package init(
        key: Key, title: String, verdict: Verdict, judgement: Judgement?, blockedBy: [Key] = [], skipReason: String? = nil,
        moment: Moment, duration: Duration = .zero, attempts: Int = 1, isPrerequisite: Bool = false, location: String? = nil
    ) {
        self.key = key
        self.title = title
        self.verdict = verdict
        self.judgement = judgement
        self.blockedBy = blockedBy
        self.skipReason = skipReason
        self.moment = moment
        self.duration = duration
        self.attempts = attempts
        self.isPrerequisite = isPrerequisite
        self.location = location
    }

    /// The one sentence to show.
    package var sentence: String {
        if !blockedBy.isEmpty {
            let causes = blockedBy.map(\.description).joined(separator: ", ")
            return "blocked by \(causes); its own reading: \(judgement?.sentence ?? "none")"
        }
        return judgement?.sentence ?? skipReason ?? title
    }
}
