internal import Documents
internal import Facts

/// A pod asks of each resource as many devices as it has attachments to networks of that resource: a device short, and
/// Multus cannot attach; one too many, and a VF lies idle.
enum ResourceRequestRule: ScenarioRule {
    static func check(_ scenario: Scenario, _ draft: Draft) {
        for pod in scenario.pods where pod.places.has("manifest") && !pod.reference.name.isEmpty {
            var needed: [ResourceName: Int] = [:]
            for attachment in pod.attachments {
                guard let network = scenario.network(attachment.network), !network.resource.text.isEmpty else { continue }
                needed[network.resource, default: 0] += 1
            }
            let asked = Dictionary(pod.requests.map { ($0.resource, $0.count) }, uniquingKeysWith: +)
            for (resource, count) in needed.sorted(by: { $0.key < $1.key }) where asked[resource] != count {
                let mark = pod.places.has("resource \(resource)") ? pod.places["resource \(resource)"] : pod.places["name"]
                if let seen = asked[resource] {
                    draft.report(
                        "resource", at: mark,
                        "pod '\(pod.reference.name)' asks for \(seen) of \(resource) and has \(count) attachments that need one")
                } else {
                    draft.note(
                        "resource-unasked", at: mark,
                        "pod '\(pod.reference.name)' asks for no \(resource), which its attachments need: an injector has to add it"
                    )
                }
            }
        }
    }
}
