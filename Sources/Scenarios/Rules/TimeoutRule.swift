internal import Facts
internal import Documents

/// A deadline is not shorter than what it has to hold.
enum TimeoutRule: ScenarioRule {
    static func check(_ scenario: Scenario, _ draft: Draft) {
        let timeouts = scenario.timeouts
        func compare(_ inner: Duration, _ key: String, _ what: String) {
            guard inner > timeouts.scenario else { return }
            let mark = timeouts.places.has(key) ? timeouts.places[key] : timeouts.places["scenario"]
            draft.report(
                "timeout", at: mark, "\(what) may take \(DurationText(inner)), the whole run \(DurationText(timeouts.scenario))")
        }
        compare(timeouts.podReady, "podReady", "a pod's start")
        compare(timeouts.command, "command", "one command")
        compare(timeouts.connect, "connect", "one connection")
        for check in scenario.checks {
            let longest = (check.eventually ?? scenario.eventually).timeout + check.holdFor
            guard longest > timeouts.scenario, check.eventually != nil || check.holdFor > .zero else { continue }
            draft.report(
                "timeout", at: check.places.entry,
                "check '\(check.id)' may take \(DurationText(longest)), the whole run \(DurationText(timeouts.scenario))")
        }
        if scenario.eventually.timeout > timeouts.scenario {
            draft.report(
                "timeout", at: scenario.places["eventually"],
                "each check may take \(DurationText(scenario.eventually.timeout)), the whole run \(DurationText(timeouts.scenario))"
            )
        }
    }
}
