internal import Documents
internal import Facts

/// A gateway lies in its subnet; networks of different VLANs whose subnets overlap are worth a word.
enum SubnetRule: ScenarioRule {
    static func check(_ scenario: Scenario, _ draft: Draft) {
        for network in scenario.networks {
            guard let gateway = network.gateway, let subnet = network.subnet else { continue }
            let mark = gateway.places["address"]
            if !subnet.contains(gateway.address) {
                draft.report(
                    "address", at: mark,
                    "the gateway \(gateway.address) is not in the subnet \(subnet) of network '\(network.reference.name)', "
                        + "said \(Place.said(network.places["subnet"], from: mark))")
            } else if gateway.address.isIPv4, subnet.length < 31,
                gateway.address == subnet.network.address || gateway.address == subnet.lastAddress
            {
                draft.report("address", at: mark, "\(gateway.address) is no station's address in \(subnet)")
            }
        }
        noteOverlaps(scenario, draft)
    }

    private static func noteOverlaps(_ scenario: Scenario, _ draft: Draft) {
        for (index, network) in scenario.networks.enumerated() {
            for other in scenario.networks[..<index] {
                guard let here = network.subnet, let there = other.subnet, network.vlanID != other.vlanID,
                    here.contains(there.network.address) || there.contains(here.network.address)
                else { continue }
                draft.note(
                    "subnet-overlap", at: network.places["subnet"],
                    "\(here) of '\(network.reference.name)' overlaps \(there) of '\(other.reference.name)', which is another VLAN"
                )
            }
        }
    }
}
