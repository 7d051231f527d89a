internal import Facts
internal import Documents

/// Checks that are spoken of exist, and some check is left.
enum CheckRule: ScenarioRule {
    static func check(_ scenario: Scenario, _ draft: Draft) {
        let known = draft.options.knownChecks
        for check in scenario.checks where !check.id.isEmpty {
            if !known.isEmpty, !known.contains(check.id) {
                draft.report(
                    "reference", at: check.places["id"], "there is no check '\(check.id)'",
                    suggestion: Spelling.suggestion(for: check.id, among: known) ?? "see 'plumbline list checks'")
            }
            if check.skip == nil, check.eventually == nil, !check.places.has("holdFor"), !check.places.has("skip"),
                !check.places.has("eventually")
            {
                draft.note(
                    "no-effect", at: check.places["id"], "nothing is said of '\(check.id)': every check runs that is not skipped")
            }
            if check.skip != nil, check.eventually != nil || check.places.has("holdFor") {
                draft.report(
                    "contradiction", at: check.places["skip"], "'\(check.id)' is skipped, so how it is repeated has no meaning")
            }
        }
        let skipped = Set(scenario.checks.filter { $0.skip != nil }.map(\.id))
        if !known.isEmpty, skipped.isSuperset(of: known) {
            draft.report("no-checks", at: scenario.places["checks"], "every check is skipped, so nothing would be proven")
        }
    }
}
