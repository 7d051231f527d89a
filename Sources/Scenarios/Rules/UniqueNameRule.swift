internal import Facts
internal import Documents

/// Every name stands for one thing: nodes, devices, networks, pods, checks, and interfaces in a pod.
enum UniqueNameRule: ScenarioRule {
    static func check(_ scenario: Scenario, _ draft: Draft) {
        look(scenario.nodes.map { ($0.name.text, $0.places["name"]) }, "node", draft)
        look(scenario.devices.map { ($0.name.text, $0.places["name"]) }, "device", draft)
        look(scenario.checks.map { ($0.id, $0.places["id"]) }, "check", draft)
        look(
            scenario.networks.map { ($0.reference.name.isEmpty ? "" : $0.reference.description, $0.places["name"]) }, "network",
            draft)
        look(scenario.pods.map { ($0.reference.name.isEmpty ? "" : $0.reference.description, $0.places["name"]) }, "pod", draft)
        for pod in scenario.pods {
            look(
                pod.attachments.map { ($0.interface.printed, $0.places["interface"]) }, "interface of \(pod.reference.name)",
                draft)
        }
    }

    private static func look(_ names: [(name: String, mark: Mark)], _ kind: String, _ draft: Draft) {
        var first: [String: Mark] = [:]
        for (name, mark) in names where !name.isEmpty {
            guard let earlier = first[name] else {
                first[name] = mark
                continue
            }
            // Two entries that name one manifest have one place there.
            let seen = earlier == mark ? "twice" : "twice: \(Place.said(earlier, from: mark)) and here"
            draft.report(
                "duplicate", at: mark, "\(kind) '\(name)' is given \(seen)", suggestion: "rename one", related: [earlier])
        }
    }
}

/// How a sentence names another place.
enum Place {
    /// `at line 12`, or with the file where it is another one.
    static func said(_ mark: Mark, from other: Mark) -> String {
        mark.file == other.file ? "at line \(mark.line)" : "at \(mark.file):\(mark.line)"
    }
}
