internal import Documents
internal import Facts

/// A MAC asked for twice would make the switch learn one station on two ports.
enum UniqueMACRule: ScenarioRule {
    static func check(_ scenario: Scenario, _ draft: Draft) {
        var first: [MACAddress: (who: String, mark: Mark)] = [:]
        func use(_ mac: MACAddress, _ who: String, _ mark: Mark) {
            guard let earlier = first[mac] else {
                first[mac] = (who, mark)
                return
            }
            draft.report(
                "duplicate", at: mark,
                "\(earlier.who) and \(who) both ask for \(mac): \(Place.said(earlier.mark, from: mark)) and here",
                suggestion: "give each its own", related: [earlier.mark])
        }
        for pod in scenario.pods {
            for attachment in pod.attachments {
                let who = "\(pod.reference.name) \(attachment.interface)"
                if let mac = attachment.mac { use(mac, who, attachment.places["mac"]) }
            }
        }
        for network in scenario.networks {
            guard let mac = network.mac else { continue }
            let users = scenario.pods.filter { $0.attachments.contains { $0.network == network.reference && $0.mac == nil } }
            if users.count > 1 {
                draft.report(
                    "duplicate", at: network.places["mac"],
                    "network '\(network.reference.name)' sets the MAC \(mac) on \(users.count) pods: "
                        + users.map(\.reference.name).joined(separator: ", "), suggestion: "give each pod its own")
            } else if !users.isEmpty {
                use(mac, "network '\(network.reference.name)'", network.places["mac"])
            }
        }
    }
}
