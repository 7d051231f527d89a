internal import Facts

/// Puts into the API what the seed's cluster has before anybody applies the seed's pods.
struct ClusterContents: Sendable {
    let cluster: Cluster

    /// - Throws: when the store refuses one of the objects, which means that it is not empty.
    func write() async throws(StoreRefusal) {
        let store = cluster.store
        for node in cluster.site.nodes {
            await cluster.fabric.change { $0.startDevicePlugin(on: node.name) }
            guard let state = await cluster.fabric.node(node.name) else { continue }
            try await store.create(
                NodeObject.make(state, cluster: cluster.site.cluster, time: cluster.stamp), kind: .nodes,
                options: WriteOptions(fieldManager: "kubelet"))
        }
        try await store.create(Self.definition(at: cluster.stamp), kind: .customResourceDefinitions)
        let config = await cluster.fabric.read { $0.devicePluginConfig }
        try await store.create(
            ["metadata": ["name": "sriovdp-config", "namespace": "kube-system"], "data": ["config.json": .string(config)]],
            kind: .configMaps, namespace: "kube-system", options: WriteOptions(fieldManager: "kubectl-create"))
        if let namespace = cluster.site.cluster.operatorNamespace {
            try await OperatorContents(cluster: cluster, namespace: namespace).write()
        }
        if let driver = cluster.site.cluster.deviceDriver {
            try await DeviceDriver(cluster: cluster, name: driver).writeSlices()
        }
        try await Daemons(cluster: cluster).start()
        for name in await cluster.fabric.read({ $0.occupied.sorted() }) { try await occupy(name) }
    }

    /// Waits until pods that were there from the start run.
    func settle() async throws {
        let occupied = await cluster.fabric.read { $0.occupied }
        guard !occupied.isEmpty else { return }
        for await _ in try await cluster.store.watch(.pods, namespace: Self.tenant, from: cluster.beginning) {
            let pods = try await cluster.store.list(.pods, ListQuery(namespace: Self.tenant)).items
            if pods.filter({ $0.text(at: "status", "phase") == "Running" }).count == occupied.count { return }
        }
    }

    private static let tenant = "other-tenant"

    /// Another tenant's pod that holds every VF of a node.
    private func occupy(_ node: NodeName) async throws(StoreRefusal) {
        let namespace = Self.tenant
        do throws(StoreRefusal) {
            try await cluster.store.create(["metadata": ["name": .string(namespace)]], kind: .namespaces)
        } catch  where error.code == 409 {
            // The first occupied node has made it.
        }
        let count = await cluster.fabric.node(node)?.devicePlugin.registered[cluster.site.cluster.resource]?.count ?? 0
        let resources: JSONValue = [cluster.site.cluster.resource.text: .string(String(count))]
        let container = JSONValue.object([
            .init("name", "holder"), .init("image", "busybox:1.28"), .init("command", ["sleep", "infinity"]),
            .init("resources", .object([.init("limits", resources), .init("requests", resources)])),
        ])
        try await cluster.store.create(
            [
                "metadata": ["name": .string("holder-\(node)"), "namespace": .string(namespace)],
                "spec": ["nodeName": .string(node.text), "containers": [container]],
            ], kind: .pods, namespace: namespace, options: WriteOptions(fieldManager: "kubectl-create"))
    }

    /// The CustomResourceDefinition that Multus' deployment brings.
    ///
    /// - Source: `get-crd.resp`, descriptions left out.
    private static func definition(at time: String) -> JSONValue {
        let schema: JSONValue = [
            "type": "object",
            "properties": [
                "apiVersion": ["type": "string"], "kind": ["type": "string"], "metadata": ["type": "object"],
                "spec": ["type": "object", "properties": ["config": ["type": "string"]]],
            ],
        ]
        let names: JSONValue = [
            "plural": "network-attachment-definitions", "singular": "network-attachment-definition",
            "shortNames": ["net-attach-def"], "kind": "NetworkAttachmentDefinition",
            "listKind": "NetworkAttachmentDefinitionList",
        ]
        let conditions: JSONValue = [
            [
                "type": "NamesAccepted", "status": "True", "lastTransitionTime": .string(time), "reason": "NoConflicts",
                "message": "no conflicts found",
            ],
            [
                "type": "Established", "status": "True", "lastTransitionTime": .string(time), "reason": "InitialNamesAccepted",
                "message": "the initial names have been accepted",
            ],
        ]
        return [
            "metadata": ["name": "network-attachment-definitions.k8s.cni.cncf.io"],
            "spec": [
                "group": "k8s.cni.cncf.io", "names": names, "scope": "Namespaced",
                "versions": [["name": "v1", "served": true, "storage": true, "schema": ["openAPIV3Schema": schema]]],
            ],
            "status": ["conditions": conditions, "acceptedNames": names, "storedVersions": ["v1"]],
        ]
    }
}
