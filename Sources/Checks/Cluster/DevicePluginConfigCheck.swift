package import Facts
package import Verdicts

/// Faults 11 to 13 and 16: the device plugin's configuration missing, or selecting other devices than the scenario's VFs.
package struct DevicePluginConfigCheck: Check {
    package static let id: CheckID = "dp.config"
    package static let title = "the device plugin's configuration selects the scenario's VFs"
    package static let moment = Moment.baseline
    package static let blockedBy: [CheckID] = ["pf.present", "vf.count", "vf.driver"]

    let namespace: String
    let name: String
    let nodes: [NodeTarget]
    package let location: String?

    package init(namespace: String, name: String, nodes: [NodeTarget], location: String? = nil) {
        self.namespace = namespace
        self.name = name
        self.nodes = nodes
        self.location = location
    }

    package var subject: Subject { .cluster }
    package var related: Set<Subject> { Set(nodes.map(\.subject)).union([.cluster]) }

    private var request: DevicePluginConfigRequest { DevicePluginConfigRequest(namespace: namespace, name: name) }

    package func needs(known facts: FactBook) -> [Need] {
        [Need(request, at: .baseline)] + nodes.map { Need($0.vfDevices, at: .baseline) }
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let configMap = "ConfigMap \(namespace)/\(name)"
        let lookup = try facts.read(request, .baseline)
        guard let config = lookup.found else {
            guard case .absent(let hint) = lookup else {
                return Judgement(.inconclusive, code: "NotUnderstood", sentence: configMap)
            }
            return Judgement(
                .fail, code: "DevicePluginConfigMissing",
                sentence: "\(configMap): not there, expected the device plugin's config.json (\(hint))",
                expected: configMap, seen: "none",
                next: "kubectl get configmap -n \(namespace); where it has another name, set devicePlugin in the scenario")
        }
        // Keys that are no node's name are not the operator's.
        let isByNode = nodes.contains { config.ofNodes[$0.node.description] != nil }
        var read = 0
        for node in nodes {
            guard let devices = facts.answer(node.vfDevices, at: .baseline), !devices.isEmpty else { continue }
            read += 1
            let own = isByNode ? config.ofNodes[node.node.description] ?? [] : config.resources
            for wanted in node.resources {
                guard let resource = configured(wanted, in: own) else {
                    let known = own.map(\.resource.text).sorted().joined(separator: ", ")
                    return Judgement(
                        .fail, code: "ResourceNotConfigured",
                        sentence:
                            "\(configMap): no resource \(wanted)\(isByNode ? " for \(node.node)" : ""), which pods of the scenario ask for; it has "
                            + (known.isEmpty ? "none" : known),
                        expected: wanted.text, seen: known, next: "kubectl get configmap -n \(namespace) \(name) -o yaml")
                }
                if let judgement = mismatch(resource, node: node, devices: devices, configMap: configMap) { return judgement }
            }
        }
        guard read > 0 else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked,
                sentence: "\(configMap): read, but no node's VFs are known to hold its selectors against")
        }
        let names = Set(nodes.flatMap(\.resources)).sorted().map(\.text).joined(separator: ", ")
        return Judgement(
            .pass, code: "DevicePluginConfigRight",
            sentence: "\(configMap): selects the VFs of \(read) \(read == 1 ? "node" : "nodes") for \(names)",
            seen: names,
            notes: tooWide(config) + prefixedElsewhere(config))
    }

    /// A resource of the plain default prefix may have another one: the plugin's `--resource-prefix`, which the SR-IOV operator
    /// sets, stands in no ConfigMap.
    ///
    /// - Source: sriov-network-device-plugin, README, "Command line arguments".
    private func configured(_ wanted: ResourceName, in resources: [DevicePluginConfig.Resource]) -> DevicePluginConfig.Resource? {
        resources.first { $0.resource == wanted }
            ?? resources.first { $0.prefix == "intel.com" && wanted.text.hasSuffix("/" + $0.name) }
    }

    private func prefixedElsewhere(_ config: DevicePluginConfig) -> [Note] {
        Set(nodes.flatMap(\.resources)).sorted().filter { wanted in
            !config.resources.contains { $0.resource == wanted } && configured(wanted, in: config.resources) != nil
        }.map { wanted in
            Note(
                code: "prefix-not-in-configmap",
                sentence: "ConfigMap \(namespace)/\(name): names \(wanted) without its prefix, "
                    + "which the plugin's --resource-prefix gives"
            )
        }
    }

    private func mismatch(
        _ resource: DevicePluginConfig.Resource, node: NodeTarget, devices: [VFDevice], configMap: String
    ) -> Judgement? {
        let left = devices.filter { device in !resource.selectors.contains { $0.excluding(device, pf: node.pf) == nil } }
        guard let first = left.first else { return nil }
        let reasons = resource.selectors.compactMap { $0.excluding(first, pf: node.pf) }
        let all = left.count == devices.count
        return Judgement(
            .fail, code: all ? "SelectorMatchesNothing" : "SelectorMatchesSome",
            sentence:
                "\(configMap): the selectors of \(resource.resource) match \(all ? "none" : "only \(devices.count - left.count)") of the "
                + "\(devices.count) VFs of \(node.node) \(node.pf); \(first.pciAddress) is left out because "
                + (reasons.isEmpty ? "there is no selector" : reasons.joined(separator: " and ")),
            expected: "all \(devices.count) VFs selected", seen: "\(devices.count - left.count) selected",
            next: "kubectl edit configmap -n \(namespace) \(name), then restart the device plugin's pods")
    }

    /// A selector without PF names or addresses takes VFs of any PF of that kind.
    private func tooWide(_ config: DevicePluginConfig) -> [Note] {
        let wanted = Set(nodes.flatMap(\.resources))
        return config.resources.filter { resource in
            wanted.contains(resource.resource)
                && resource.selectors.contains { $0.pfNames.isEmpty && $0.pciAddresses.isEmpty && $0.rootDevices.isEmpty }
        }.map { resource in
            Note(
                code: "selector-names-no-pf",
                sentence:
                    "ConfigMap \(namespace)/\(name): the selectors of \(resource.resource) name no PF, so VFs of any such card would be counted in"
            )
        }
    }
}

extension DevicePluginConfig.Selector {
    /// Why this selector leaves the device out, as a clause; nil when it selects it. Keys that are not judged here select.
    ///
    /// - Source: sriov-network-device-plugin: the keys of one selector are ANDed, the values of one key ORed.
    func excluding(_ device: VFDevice, pf: InterfaceName) -> String? {
        let terms: [(String, [String], String?)] = [
            ("vendors", vendors, device.vendor), ("devices", devices, device.device), ("drivers", drivers, device.driver),
            ("pciAddresses", pciAddresses, device.pciAddress.description),
        ]
        for (key, values, seen) in terms where !values.isEmpty {
            guard let seen else { continue }
            if !values.contains(where: { $0.lowercased() == seen.lowercased() || $0.hasPrefix(seen + "#") }) {
                return "\(key) \(values) does not have \(seen)"
            }
        }
        if !pfNames.isEmpty, !pfNames.contains(where: { Self.pfName($0, selects: device.index, of: pf) }) {
            return "pfNames \(pfNames) does not have VF \(device.index) of \(pf)"
        }
        return nil
    }

    /// `eno2`, `eno2#0-3,7`.
    private static func pfName(_ text: String, selects index: Int, of pf: InterfaceName) -> Bool {
        let parts = text.split(separator: "#", maxSplits: 1)
        guard let name = parts.first, name == pf.printed else { return false }
        guard parts.count == 2 else { return true }
        return parts[1].split(separator: ",").contains { range in
            let bounds = range.split(separator: "-").compactMap { Int($0) }
            return bounds.count == 2 ? (bounds[0]...max(bounds[0], bounds[1])).contains(index) : bounds == [index]
        }
    }
}
