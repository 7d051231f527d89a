internal import Documents
internal import Facts

/// Reads the sriov plugin's keys out of a CNI configuration.
///
/// - Source: sriov-cni `pkg/types/types.go` and `pkg/config/config.go`.
struct SRIOVConfigurationReader {
    let draft: Draft
    let plugin: DocumentNode

    func read(into network: inout NetworkExpectation) {
        readVLAN(into: &network)
        network.qos = number("vlanQoS", 0...7, "a priority (0 to 7)")
        network.vlanProtocol = word("vlanProto", VLANProtocol.allCases.map(\.rawValue)).flatMap { VLANProtocol(rawValue: $0) }
        network.spoofCheck = word("spoofchk", ["on", "off"]).map { $0 == "on" }
        network.trust = word("trust", ["on", "off"]).map { $0 == "on" }
        network.linkState = word("link_state", LinkStateSetting.allCases.map(\.rawValue))
            .flatMap { LinkStateSetting(rawValue: $0) }
        network.minTxRate = number("min_tx_rate", 0...1_000_000, "a rate in Mbit/s")
        network.maxTxRate = number("max_tx_rate", 0...1_000_000, "a rate in Mbit/s")
        readMAC(into: &network)
        readSubnet(into: &network)
        let names = [
            ("qos", "vlanQoS"), ("vlanProtocol", "vlanProto"), ("spoofCheck", "spoofchk"), ("trust", "trust"),
            ("linkState", "link_state"), ("minTxRate", "min_tx_rate"), ("maxTxRate", "max_tx_rate"),
        ]
        for (ours, theirs) in names { network.places.set(ours, plugin[theirs]?.mark) }
    }

    private func readVLAN(into network: inout NetworkExpectation) {
        network.places.set("vlan", plugin["vlan"]?.mark ?? plugin.mark)
        guard plugin["vlan"] != nil else {
            draft.note(
                "vlan-unstated", at: plugin.mark,
                "the NAD says no \"vlan\": the plugin leaves whatever tag the VF has; 0 would take it off")
            return
        }
        guard let tag = number("vlan", 0...4094, "a VLAN ID (0 to 4094)") else { return }
        network.vlan = VLANID(tag).map { .tagged($0) } ?? .untagged
    }

    private func readMAC(into network: inout NetworkExpectation) {
        guard let node = plugin["mac"] else { return }
        network.places.set("mac", node.mark)
        network.mac = node.text.flatMap { MACAddress($0) }
        if network.mac == nil { draft.report("manifest", at: node.mark, "a MAC address is expected here; \(node.kind) was seen") }
    }

    private func readSubnet(into network: inout NetworkExpectation) {
        guard let ipam = plugin["ipam"] else { return }
        let ranges = (ipam["ranges"]?.elements ?? []).flatMap { $0.elements ?? [] }
        var candidates = ranges.compactMap { $0["subnet"] }
        candidates += [ipam["subnet"], ipam["range"]].compactMap { $0 }
        candidates += (ipam["addresses"]?.elements ?? []).compactMap { $0["address"] }
        for node in candidates {
            // whereabouts writes `192.168.201.10-192.168.201.20/24` where it is to use a part only.
            let text = node.text?.split(separator: "-").last.map(String.init) ?? ""
            guard let prefix = IPPrefix(text) else {
                draft.report(
                    "manifest", at: node.mark,
                    "an address with its length such as 192.168.201.0/24 is expected here; \(node.kind) was seen")
                continue
            }
            if network.subnet == nil {
                network.subnet = prefix.network
                network.places.set("subnet", node.mark)
            }
        }
    }

    private func number(_ key: String, _ range: ClosedRange<Int>, _ what: String) -> Int? {
        guard let node = plugin[key] else { return nil }
        if let number = node.int, range.contains(number) { return number }
        draft.report(
            "manifest", at: node.mark, "sriov-cni takes \(what) as a number for \"\(key)\"; \(node.kind) was seen",
            suggestion: node.scalar?.style == .quoted && Int(node.text ?? "") != nil ? "write it without quotes" : nil)
        return nil
    }

    private func word(_ key: String, _ words: [String]) -> String? {
        guard let node = plugin[key] else { return nil }
        if let text = node.text?.lowercased(), node.scalar?.meaning == .string, words.contains(text) { return text }
        let known = words.map { "\"\($0)\"" }.joined(separator: ", ")
        draft.report("manifest", at: node.mark, "sriov-cni takes one of \(known) for \"\(key)\"; \(node.kind) was seen")
        return nil
    }
}
