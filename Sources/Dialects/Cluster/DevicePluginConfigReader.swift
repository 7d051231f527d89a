package import Facts

/// The SR-IOV device plugin's configuration.
package enum DevicePluginConfigReader {
    /// From the ConfigMap as the API gives it.
    ///
    /// - Parameter key: the member of `data` that holds the configuration; `config.json` for the plain plugin, the node's name
    ///   under the operator. Nil: `config.json`, else all members, each by its key and together.
    /// - Throws: `DialectError` when it is no ConfigMap, has no such member, or the text is no configuration.
    /// - Source: sriov-network-device-plugin `pkg/types`; `fixtures/cluster/kubernetes-1.36/configmap.json`; for the operator's, its
    ///   `bindata/manifests/plugins/sriov-device-plugin.yaml` (`--config-file=/etc/pcidp/$(NODE_NAME)`).
    package static func read(configMap object: JSONValue, key: String? = nil) throws(DialectError) -> DevicePluginConfig {
        try APIObject.check(object, kind: "ConfigMap")
        let data = APIObject.strings(object["data"])
        guard let text = data[key ?? "config.json"] else {
            if key == nil, data.count == 1 || data.values.contains(where: { $0.contains("\"resourceList\"") }) {
                return try together(data)
            }
            let keys = data.keys.sorted().joined(separator: ", ")
            throw .incomplete(
                expected: "'\(key ?? "config.json")' in the ConfigMap's data", saw: keys.isEmpty ? "no data" : keys)
        }
        return try read(text)
    }

    /// One configuration a node, as the operator writes them.
    private static func together(_ data: [String: String]) throws(DialectError) -> DevicePluginConfig {
        var resources: [DevicePluginConfig.Resource] = []
        var ofNodes: [String: [DevicePluginConfig.Resource]] = [:]
        for (key, text) in data.sorted(by: { $0.key < $1.key }) {
            let own = try read(text).resources
            ofNodes[key] = own
            for resource in own {
                if let known = resources.firstIndex(where: { $0.resource == resource.resource }) {
                    resources[known].selectors += resource.selectors.filter { !resources[known].selectors.contains($0) }
                } else {
                    resources.append(resource)
                }
            }
        }
        return DevicePluginConfig(
            resources: resources, ofNodes: ofNodes,
            raw: .object(data.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }))
    }

    private static func read(_ text: String) throws(DialectError) -> DevicePluginConfig {
        do {
            return try read(try JSONValue(parsing: text))
        } catch let error as JSONSyntaxError {
            throw .malformed(line: error.line, column: error.column, expected: error.expected)
        } catch let error as DialectError {
            throw error
        } catch {
            throw .incomplete(expected: "a device plugin configuration", saw: text)
        }
    }

    /// From the configuration itself.
    package static func read(_ value: JSONValue) throws(DialectError) -> DevicePluginConfig {
        guard let list = value["resourceList"]?.elements else {
            throw .incomplete(expected: "a device plugin configuration with a 'resourceList'", saw: value.compactText)
        }
        var resources: [DevicePluginConfig.Resource] = []
        for element in list {
            guard let name = element["resourceName"]?.text else {
                throw .incomplete(expected: "a resource with a 'resourceName'", saw: element.compactText)
            }
            resources.append(
                DevicePluginConfig.Resource(
                    prefix: element["resourcePrefix"]?.text ?? "intel.com", name: name,
                    deviceType: element["deviceType"]?.text ?? "netDevice",
                    selectors: element["selectors"]?.listed.map(selector) ?? []))
        }
        return DevicePluginConfig(resources: resources, raw: value)
    }

    private static let judged = ["vendors", "devices", "drivers", "pciAddresses", "pfNames", "rootDevices"]

    private static func selector(_ value: JSONValue) -> DevicePluginConfig.Selector {
        let list = { (key: String) in value[key]?.listed.compactMap(\.text) ?? [] }
        return DevicePluginConfig.Selector(
            vendors: list("vendors"), devices: list("devices"), drivers: list("drivers"), pciAddresses: list("pciAddresses"),
            pfNames: list("pfNames"), rootDevices: list("rootDevices"),
            otherKeys: (value.members ?? []).map(\.key).filter { !judged.contains($0) }.sorted())
    }
}
