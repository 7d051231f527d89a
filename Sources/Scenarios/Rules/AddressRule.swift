internal import Documents
internal import Facts

/// An address asked for can be given out: it lies in the network's subnet and is no other station's.
enum AddressRule: ScenarioRule {
    static func check(_ scenario: Scenario, _ draft: Draft) {
        for pod in scenario.pods {
            for attachment in pod.attachments {
                guard let address = attachment.address, let network = scenario.network(attachment.network) else { continue }
                if let sentence = objection(to: address, in: network) {
                    draft.report(
                        "address", at: attachment.places["address"], "\(pod.reference.name) asks for \(address); \(sentence)")
                }
            }
        }
    }

    /// Why a pod of this network cannot have the address; nil when it can.
    private static func objection(to address: IPAddress, in network: NetworkExpectation) -> String? {
        if let gateway = network.gateway, gateway.address == address { return "that is the gateway's address" }
        guard let subnet = network.subnet else { return nil }
        guard subnet.contains(address) else { return "the subnet of network '\(network.reference.name)' is \(subnet)" }
        // RFC 3021: a /31 has two stations; a /32 or /128 has one.
        guard subnet.length < (address.isIPv4 ? 31 : 127) else { return nil }
        if subnet.network.address == address { return "that is the address of the subnet \(subnet) itself" }
        if address.isIPv4, subnet.lastAddress == address { return "that is the broadcast address of \(subnet)" }
        return nil
    }
}
