internal import Documents
internal import Facts

/// host-local keeps its leases on each node: pods on two nodes that leave the choice to it can get one address twice.
enum IPAMRule: ScenarioRule {
    static func check(_ scenario: Scenario, _ draft: Draft) {
        for network in scenario.networks where isHostLocal(network) {
            let users = scenario.pods.filter { pod in
                pod.attachments.contains { $0.network == network.reference && $0.address == nil }
            }
            let nodes = Set(users.map { $0.node?.text ?? "" })
            guard users.count > 1, nodes.count > 1 || nodes.contains("") else { continue }
            draft.note(
                "host-local-addresses", at: network.places["subnet"],
                "host-local gives out addresses of \(network.reference.name) on each node by itself, so "
                    + users.map(\.reference.name).joined(separator: " and ")
                    + " may get the same one; ask for addresses in the pods")
        }
    }

    /// A NAD of our own making is; of another the text tells.
    private static func isHostLocal(_ network: NetworkExpectation) -> Bool {
        guard !network.existing, let config = network.manifest?["spec"]?["config"]?.text else { return false }
        return config.contains("\"host-local\"")
    }
}
