internal import Documents
internal import Facts

/// What is named is there: a pod's node, an attachment's network, the devices of uplinks and gateways.
enum ReferenceRule: ScenarioRule {
    static func check(_ scenario: Scenario, _ draft: Draft) {
        let nodes = Known("node", "spec.nodes", scenario.nodes.map(\.name.text))
        let devices = Known("device", "spec.devices", scenario.devices.map(\.name.text))
        let networks = Known("network", "spec.networks", scenario.networks.map(\.reference.name))
        for node in scenario.nodes {
            for port in node.uplinks { devices.look(for: port.device.text, at: port.places["device"], draft) }
        }
        for network in scenario.networks {
            guard let gateway = network.gateway, let device = gateway.device else { continue }
            devices.look(for: device.text, at: gateway.places["device"], draft)
        }
        for pod in scenario.pods {
            if let node = pod.node { nodes.look(for: node.text, at: pod.places["node"], draft) }
            for attachment in pod.attachments where scenario.network(attachment.network) == nil {
                lookElsewhere(attachment, scenario, networks, draft)
            }
        }
    }

    /// A network of this name may be there in another namespace, which Multus would not look into.
    private static func lookElsewhere(_ attachment: Attachment, _ scenario: Scenario, _ networks: Known, _ draft: Draft) {
        let mark = attachment.places["network"]
        let namesakes = scenario.networks.filter { $0.reference.name == attachment.network.name }
        guard let namesake = namesakes.first, !attachment.network.name.isEmpty else {
            networks.look(for: attachment.network.name, at: mark, draft)
            return
        }
        draft.report(
            "reference", at: mark,
            "no network '\(attachment.network)' is under spec.networks; one of that name is in '\(namesake.reference.namespace)'",
            suggestion: "write \(namesake.reference)")
    }
}

/// Names of one kind that can be referred to.
private struct Known {
    let kind: String
    let place: String
    let names: [String]

    init(_ kind: String, _ place: String, _ names: [String]) {
        self.kind = kind
        self.place = place
        self.names = names
    }

    /// Reports a name that is not known, unless some name could not be read, which then may be the one.
    func look(for name: String, at mark: Mark, _ draft: Draft) {
        guard !name.isEmpty, !names.contains(name), !names.contains("") else { return }
        let listed = names.count > 8 ? names.prefix(8).joined(separator: ", ") + ", …" : names.joined(separator: ", ")
        let there = names.isEmpty ? "none is given" : "there are \(listed)"
        let suggestion = Spelling.suggestion(for: name, among: names) ?? "add it under \(place)"
        draft.report("reference", at: mark, "no \(kind) '\(name)' is under \(place); \(there)", suggestion: suggestion)
    }
}
