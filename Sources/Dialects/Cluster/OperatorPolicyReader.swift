package import Facts

/// `SriovNetworkNodePolicy` and `SriovNetwork` of the SR-IOV operator.
package enum OperatorPolicyReader {
    /// - Throws: `DialectError` when the object is another kind, or lacks what the definition requires.
    /// - Source: sriov-network-operator, `api/v1/sriovnetworknodepolicy_types.go`.
    package static func policy(_ object: JSONValue) throws(DialectError) -> OperatorPolicy {
        try APIObject.check(object, kind: "SriovNetworkNodePolicy")
        let spec = object["spec"]
        guard let name = object["metadata"]?["name"]?.text, let resource = spec?["resourceName"]?.text,
            let numVFs = spec?["numVfs"]?.int
        else {
            throw .incomplete(
                expected: "a SriovNetworkNodePolicy with name, resourceName and numVfs", saw: object.compactText)
        }
        return OperatorPolicy(
            name: name, resource: resource, priority: spec?["priority"]?.int ?? 0, numVFs: numVFs,
            nodeSelector: APIObject.strings(spec?["nodeSelector"]), nics: try selector(spec?["nicSelector"], of: name),
            deviceType: said(spec?["deviceType"]) ?? "netdevice", isExternallyManaged: spec?["externallyManaged"]?.bool ?? false)
    }

    private static func selector(_ value: JSONValue?, of policy: String) throws(DialectError) -> OperatorPolicy.NICSelector {
        var pfNames: [OperatorPolicy.NICSelector.Part] = []
        for text in (value?["pfNames"]?.elements ?? []).compactMap(\.text) { pfNames.append(try part(text, of: policy)) }
        let roots = (value?["rootDevices"]?.elements ?? []).compactMap(\.text).map { root in
            String(root.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)[0])
        }
        return OperatorPolicy.NICSelector(
            vendor: said(value?["vendor"]), device: said(value?["deviceID"]), rootDevices: roots, pfNames: pfNames,
            netFilter: said(value?["netFilter"]))
    }

    /// `eno2` or `eno2#0-3`.
    private static func part(_ text: String, of policy: String) throws(DialectError) -> OperatorPolicy.NICSelector.Part {
        let halves = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[1].isEmpty else { return .init(String(halves[0])) }
        let bounds = halves[1].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard bounds.count == 2, let first = bounds[0], let last = bounds[1], first >= 0, first <= last else {
            throw .incomplete(expected: "a PF of policy \(policy) as NAME or NAME#FIRST-LAST", saw: text)
        }
        return .init(String(halves[0]), vfs: first...last)
    }

    /// - Throws: `DialectError` when the object is another kind, or lacks what the definition requires.
    /// - Source: sriov-network-operator, `api/v1/sriovnetwork_types.go`.
    package static func network(_ object: JSONValue) throws(DialectError) -> OperatorNetwork {
        try APIObject.check(object, kind: "SriovNetwork")
        let spec = object["spec"]
        guard let name = object["metadata"]?["name"]?.text, let namespace = object["metadata"]?["namespace"]?.text,
            let resource = spec?["resourceName"]?.text
        else {
            throw .incomplete(expected: "a SriovNetwork with name, namespace and resourceName", saw: object.compactText)
        }
        return OperatorNetwork(
            namespace: namespace, name: name, networkNamespace: said(spec?["networkNamespace"]), resource: resource,
            vlan: spec?["vlan"]?.int ?? 0, qos: spec?["vlanQoS"]?.int ?? 0, vlanProtocol: said(spec?["vlanProto"]),
            spoofCheck: said(spec?["spoofChk"]), trust: said(spec?["trust"]), linkState: said(spec?["linkState"]),
            minTxRate: spec?["minTxRate"]?.int, maxTxRate: spec?["maxTxRate"]?.int)
    }

    private static func said(_ value: JSONValue?) -> String? { value?.text.flatMap { $0.isEmpty ? nil : $0 } }
}
