internal import Documents
internal import Facts

/// Priority and protocol belong to a tag; a least rate is not above the most.
///
/// - Source: sriov-cni `pkg/config/config.go`, which refuses both without a VLAN.
enum VLANRule: ScenarioRule {
    static func check(_ scenario: Scenario, _ draft: Draft) {
        for network in scenario.networks {
            let name = network.reference.name
            if network.vlanID == nil, !network.places.has("vlan") || network.vlan == .untagged {
                if network.qos ?? 0 != 0 {
                    draft.report("vlan", at: network.places["qos"], "network '\(name)' has a priority but no VLAN to carry it")
                }
                if network.vlanProtocol != nil {
                    draft.report("vlan", at: network.places["vlanProtocol"], "network '\(name)' has a tag protocol but no VLAN")
                }
            }
            if let least = network.minTxRate, let most = network.maxTxRate, most > 0, least > most {
                draft.report(
                    "rate", at: network.places["minTxRate"],
                    "network '\(name)' asks for at least \(least) Mbit/s and at most \(most) Mbit/s, said "
                        + Place.said(network.places["maxTxRate"], from: network.places["minTxRate"]))
            }
            if network.vlan == .unstated, !network.places.has("manifest"), !network.places.has("vlan") {
                draft.note(
                    "vlan-unstated", at: network.places["name"],
                    "network '\(name)' says no VLAN: a VF keeps whatever tag it has; 'vlan: 0' would take it off")
            }
        }
    }
}
