package import Facts

/// Network attachment definitions and the CNI configurations in them.
package enum NADReader {
    private static let resourceAnnotation = "k8s.v1.cni.cncf.io/resourceName"
    private static let ownerAnnotation = "sriovnetwork.openshift.io/owner-ref"

    /// A NAD as the API gives it. A configuration that cannot be read is told in `configurationProblem`, not thrown: the object
    /// is there, and what is wrong with it is a finding.
    ///
    /// - Throws: `DialectError` when the object is no NAD or has no name.
    /// - Source: `fixtures/cluster/kubernetes-1.36/nad-201.json`; sriov-cni `types.go`.
    package static func read(_ object: JSONValue) throws(DialectError) -> NetworkAttachmentDefinition {
        try APIObject.check(object, kind: "NetworkAttachmentDefinition")
        let metadata = object["metadata"]
        guard let name = metadata?["name"]?.text else {
            throw .incomplete(expected: "a network attachment definition with a name", saw: object.compactText)
        }
        var definition = NetworkAttachmentDefinition(namespace: metadata?["namespace"]?.text ?? "default", name: name)
        definition.resource = metadata?["annotations"]?[resourceAnnotation]?.text.map { ResourceName($0) }
        definition.owner = metadata?["annotations"]?[ownerAnnotation]?.text
        guard let config = object["spec"]?["config"] else { return definition }
        guard let text = config.text else {
            definition.configurationProblem = "spec.config is not a string: \(config.compactText.prefix(80))"
            return definition
        }
        if text.allSatisfy(\.isWhitespace) { return definition }
        do {
            let value = try JSONValue(parsing: text)
            definition.configuration = try configuration(value)
            definition.configurationProblem = CNIConfigurationProblem.first(in: value)
        } catch let error as JSONSyntaxError {
            definition.configurationProblem = "spec.config is not JSON: \(error)"
        } catch {
            definition.configurationProblem = "\(error)"
        }
        return definition
    }

    /// A CNI configuration: one plugin, or a list of them, of which the first of type `sriov` counts, else the first.
    ///
    /// - Throws: `DialectError` when the value is no object, or a list without plugins.
    package static func configuration(_ value: JSONValue) throws(DialectError) -> CNIConfiguration {
        guard value.members != nil else {
            throw .incomplete(expected: "a CNI configuration as a JSON object", saw: value.compactText)
        }
        guard let plugins = value["plugins"] else { return configuration(plugin: value, whole: value, isList: false) }
        let elements = plugins.elements ?? []
        guard let plugin = elements.first(where: { $0["type"]?.text == "sriov" }) ?? elements.first else {
            throw .incomplete(expected: "a CNI configuration list with plugins", saw: value.compactText)
        }
        return configuration(plugin: plugin, whole: value, isList: true)
    }

    private static func configuration(plugin: JSONValue, whole: JSONValue, isList: Bool) -> CNIConfiguration {
        let ipam = plugin["ipam"]
        let ranges = ipam?["ranges"]?.elements?.flatMap(\.listed) ?? []
        let subnets = ranges.compactMap { $0["subnet"]?.text } + [ipam?["subnet"]?.text, ipam?["range"]?.text].compactMap { $0 }
        let gateway = ipam?["gateway"]?.text ?? ranges.lazy.compactMap { $0["gateway"]?.text }.first
        return CNIConfiguration(
            type: plugin["type"]?.text, cniVersion: (whole["cniVersion"] ?? plugin["cniVersion"])?.text,
            name: (whole["name"] ?? plugin["name"])?.text, vlan: plugin["vlan"]?.int, vlanQoS: plugin["vlanQoS"]?.int,
            vlanProto: plugin["vlanProto"]?.text, mac: plugin["mac"]?.text.flatMap { MACAddress($0) },
            spoofchk: plugin["spoofchk"]?.text, trust: plugin["trust"]?.text, linkState: plugin["link_state"]?.text,
            minTxRate: plugin["min_tx_rate"]?.int, maxTxRate: plugin["max_tx_rate"]?.int, ipamType: ipam?["type"]?.text,
            subnets: subnets.compactMap { IPPrefix($0) }, gateway: gateway.flatMap { IPAddress($0) },
            declaresIPs: plugin["capabilities"]?["ips"]?.bool ?? false, isList: isList, raw: whole)
    }
}

/// Values that the sriov plugin cannot unmarshal: it then refuses the whole configuration.
enum CNIConfigurationProblem {
    private static let numbers = ["vlan", "vlanQoS", "min_tx_rate", "max_tx_rate"]
    private static let strings = ["vlanProto", "mac", "spoofchk", "trust", "link_state", "type", "name", "cniVersion"]

    /// The first, in words; nil where there is none.
    static func first(in value: JSONValue) -> String? {
        for plugin in value["plugins"]?.elements ?? [value] where plugin["type"]?.text ?? "sriov" == "sriov" {
            for key in numbers {
                if let found = plugin[key], found != .null, found.int == nil {
                    return "'\(key)' is \(found.compactText), expected a whole number without quotes"
                }
            }
            for key in strings {
                if let found = plugin[key], found != .null, found.text == nil {
                    return "'\(key)' is \(found.compactText), expected a string"
                }
            }
        }
        return nil
    }
}
