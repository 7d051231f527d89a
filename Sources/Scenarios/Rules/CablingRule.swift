internal import Documents
internal import Facts

/// What the scenario leaves out cannot be looked at; that is said before the run, not after it.
enum CablingRule: ScenarioRule {
    static func check(_ scenario: Scenario, _ draft: Draft) {
        noteSharedPorts(scenario, draft)
        for node in scenario.nodes where node.uplinks.isEmpty && !node.places.has("uplink") {
            guard scenario.pods.contains(where: { $0.node == node.name || $0.node == nil }) else { continue }
            draft.note(
                "no-uplink", at: node.places["name"],
                "node \(node.name) has no uplink: on which port its MACs are learned is not judged")
        }
        let used = Set(scenario.pods.flatMap(\.attachments).map(\.network))
        for network in scenario.networks where !network.reference.name.isEmpty {
            if network.gateway == nil, !network.places.has("gateway") {
                draft.note(
                    "no-gateway", at: network.places["name"],
                    "network '\(network.reference.name)' has no gateway: neither a way out nor an ARP entry is judged")
            }
            if !used.contains(network.reference), draft.ledger.isClean {
                draft.note("unused", at: network.places["name"], "no pod is attached to network '\(network.reference.name)'")
            }
        }
        let devices = Set(scenario.nodes.flatMap(\.uplinks).map(\.device) + scenario.networks.compactMap(\.gateway?.device))
        for device in scenario.devices where !devices.contains(device.name) && draft.ledger.isClean {
            draft.note(
                "unused", at: device.places["name"],
                "device '\(device.name)' is neither an uplink nor a gateway, and is not asked")
        }
        if scenario.pods.isEmpty, !scenario.places.has("pods") {
            draft.note("no-pods", at: scenario.places.entry, "the scenario has no pods: only what is there before them is judged")
        }
    }

    private static func noteSharedPorts(_ scenario: Scenario, _ draft: Draft) {
        var first: [String: (NodeName, Mark)] = [:]
        for node in scenario.nodes {
            for port in node.uplinks where !port.interface.printed.isEmpty {
                guard let (other, mark) = first[port.description] else {
                    first[port.description] = (node.name, port.places["port"])
                    continue
                }
                draft.note(
                    "shared-port", at: port.places["port"],
                    "\(node.name) and \(other) are both on \(port), the latter \(Place.said(mark, from: port.places["port"])): "
                        + "a swap of the two would not be noticed")
            }
        }
    }
}
