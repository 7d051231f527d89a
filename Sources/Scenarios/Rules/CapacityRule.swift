internal import Documents
internal import Facts

/// A node has as many VFs as its pods ask for.
enum CapacityRule: ScenarioRule {
    static func check(_ scenario: Scenario, _ draft: Draft) {
        for node in scenario.nodes where !node.name.text.isEmpty {
            guard let count = node.vfCount else { continue }
            let pods = scenario.pods(on: node.name).filter { !$0.existing }
            let wanted = pods.reduce(0) { $0 + $1.attachments.count }
            guard wanted > count else { continue }
            draft.report(
                "capacity", at: node.places["vfs"],
                "node \(node.name) has \(count) VFs, and its pods ask for \(wanted): "
                    + pods.map { "\($0.reference.name) \($0.attachments.count)" }.joined(separator: ", "))
        }
    }
}
