internal import Facts

/// What the SR-IOV operator keeps in the API: its definitions, a `SriovNetworkNodeState` for each node with VFs, and the
/// policies and networks that it was given.
///
/// - Source: sriov-network-operator, `config/crd/bases` and `api/v1/sriovnetworknodestate_types.go`.
struct OperatorContents: Sendable {
    let cluster: Cluster
    let namespace: String

    static let kind = ResourceKind(
        group: "sriovnetwork.openshift.io", "SriovNetworkNodeState", "sriovnetworknodestates", custom: true, status: true,
        generations: true)

    func write() async throws(StoreRefusal) {
        let store = cluster.store
        try await store.create(["metadata": ["name": .string(namespace)]], kind: .namespaces)
        for kind in [Self.kind, Self.policyKind, Self.networkKind] {
            try await store.create(Self.definition(of: kind), kind: .customResourceDefinitions)
        }
        try await writeNetworks()
        for node in cluster.site.nodes where node.nics.contains(where: { !$0.virtualFunctions.isEmpty }) {
            guard let state = await cluster.fabric.node(node.name) else { continue }
            try await store.create(
                [
                    "metadata": ["name": .string(node.name.text), "namespace": .string(namespace)], "spec": [:],
                    "status": Self.status(state),
                ], kind: Self.kind, namespace: namespace, options: WriteOptions(fieldManager: "sriov-network-config-daemon"))
            try await writePolicies(state)
        }
    }

    /// Writes a node's state anew, as the daemon does when it looks again. Nothing on a cluster without the operator.
    static func refresh(_ node: NodeName, in cluster: Cluster) async {
        guard let namespace = cluster.site.cluster.operatorNamespace, let state = await cluster.fabric.node(node) else { return }
        let status = status(state)
        // A node without VFs has no such object.
        _ = try? await cluster.store.change(
            kind, namespace: namespace, name: node.text, subresource: "status",
            options: WriteOptions(fieldManager: "sriov-network-config-daemon")
        ) { object throws(StoreRefusal) in object.set("status", to: status) }
    }

    /// As the daemon finds the node; VLANs and MACs are those of the moment.
    static func status(_ node: NodeState) -> JSONValue {
        let error = node.operatorError
        let interfaces = node.functions.filter { $0.model.virtualFunction != nil }.map { function in
            JSONValue.object([
                .init("name", .string(function.site.name)), .init("mac", .string(function.site.mac.description)),
                .init("driver", .string(function.model.driver)), .init("pciAddress", .string(function.site.address.description)),
                .init("vendor", .string(function.model.vendor)), .init("deviceID", .string(function.model.device)),
                .init("mtu", .integer(function.site.mtuBytes)), .init("linkType", "ETH"), .init("eSwitchMode", "legacy"),
                .init("numVfs", .integer(node.operatorCount ?? function.virtualFunctions.count)),
                .init("totalvfs", .integer(function.model.virtualFunction?.total ?? 0)),
                .init("Vfs", .array(function.virtualFunctions.map { vf($0, of: function) })),
            ])
        }
        return .object([
            .init("interfaces", .array(interfaces)), .init("syncStatus", error == nil ? "Succeeded" : "Failed"),
            .init("lastSyncError", .string(error ?? "")),
        ])
    }

    private static func vf(_ vf: VirtualFunctionState, of function: PhysicalFunctionState) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("vfID", .integer(vf.index)), .init("pciAddress", .string(vf.address.description)),
            .init("vendor", .string(function.model.vendor)),
            .init("deviceID", .string(function.model.virtualFunction?.device ?? "")),
            .init("driver", .string(function.model.virtualFunction?.driver ?? "")), .init("mtu", 1500),
        ]
        if case .host(let name) = vf.netdev {
            members += [.init("name", .string(name)), .init("mac", .string(vf.mac.description))]
        }
        if let vlan = vf.vlan { members.append(.init("Vlan", .integer(vlan.number))) }
        return .object(members)
    }

    private static func definition(of kind: ResourceKind) -> JSONValue {
        let names = JSONValue.object([
            .init("plural", .string(kind.plural)), .init("singular", .string(kind.singular)),
            .init("kind", .string(kind.kind)), .init("listKind", .string(kind.kind + "List")),
        ])
        let open: JSONValue = ["type": "object", "x-kubernetes-preserve-unknown-fields": true]
        let schema: JSONValue = [
            "type": "object",
            "properties": [
                "apiVersion": ["type": "string"], "kind": ["type": "string"], "metadata": ["type": "object"], "spec": open,
                "status": open,
            ],
        ]
        let version: JSONValue = [
            "name": "v1", "served": true, "storage": true, "schema": ["openAPIV3Schema": schema],
            "subresources": ["status": [:]],
        ]
        return [
            "metadata": ["name": .string(kind.qualifiedPlural)],
            "spec": ["group": .string(kind.group), "names": names, "scope": "Namespaced", "versions": [version]],
            "status": ["acceptedNames": names, "storedVersions": ["v1"], "conditions": []],
        ]
    }
}
