internal import Documents
internal import Facts

/// Two pods of one VLAN cannot have one address.
///
/// Networks of different VLANs may use the same subnet; those of one VLAN, or of one name, are one wire.
enum UniqueAddressRule: ScenarioRule {
    private struct Use: Hashable {
        let wire: String
        let address: IPAddress
    }

    static func check(_ scenario: Scenario, _ draft: Draft) {
        var first: [Use: (pod: PodExpectation, mark: Mark)] = [:]
        for pod in scenario.pods {
            for attachment in pod.attachments {
                guard let address = attachment.address else { continue }
                let vlan = scenario.network(attachment.network)?.vlanID
                let use = Use(wire: vlan.map { "VLAN \($0)" } ?? attachment.network.description, address: address)
                let mark = attachment.places["address"]
                guard let earlier = first[use] else {
                    first[use] = (pod, mark)
                    continue
                }
                draft.report(
                    "duplicate", at: mark,
                    "pods '\(earlier.pod.reference.name)' and '\(pod.reference.name)' both ask for \(address) on \(use.wire): "
                        + "\(Place.said(earlier.mark, from: mark)) and here",
                    suggestion: "give each its own", related: [earlier.mark])
            }
        }
    }
}
