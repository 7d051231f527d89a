package import Facts

/// A node of the API.
package enum NodeReader {
    /// - Throws: `DialectError` when the object is no node or has no name.
    /// - Source: `fixtures/cluster/kubernetes-1.36/node-worker1.json`.
    package static func read(_ object: JSONValue) throws(DialectError) -> ClusterNode {
        try APIObject.check(object, kind: "Node")
        guard let name = object["metadata"]?["name"]?.text else {
            throw .incomplete(expected: "a node with a name", saw: object.compactText)
        }
        let status = object["status"]
        let ready = status?["conditions"]?.elements?.first { $0["type"]?.text == "Ready" }
        let addresses = status?["addresses"]?.elements ?? []
        return ClusterNode(
            name: NodeName(name), capacity: APIObject.quantities(status?["capacity"]),
            allocatable: APIObject.quantities(status?["allocatable"]), ready: ready?["status"]?.text,
            readyMessage: ready?["message"]?.text, unschedulable: object["spec"]?["unschedulable"]?.bool ?? false,
            internalIPs: addresses.filter { $0["type"]?.text == "InternalIP" }
                .compactMap { $0["address"]?.text.flatMap { IPAddress($0) } },
            architecture: status?["nodeInfo"]?["architecture"]?.text,
            labels: APIObject.strings(object["metadata"]?["labels"]))
    }
}
