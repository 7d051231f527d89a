internal import Facts

/// What the SR-IOV operator was told: its policies, and its networks with the NADs that it has written from them.
///
/// - Source: sriov-network-operator, `api/v1/sriovnetworknodepolicy_types.go`, `api/v1/sriovnetwork_types.go` and
///   `bindata/manifests/cni-config/sriov/sriov-cni-config.yaml`.
extension OperatorContents {
    static let policyKind = ResourceKind(
        group: "sriovnetwork.openshift.io", "SriovNetworkNodePolicy", "sriovnetworknodepolicies", custom: true, status: true,
        generations: true)
    static let networkKind = ResourceKind(
        group: "sriovnetwork.openshift.io", "SriovNetwork", "sriovnetworks", custom: true, status: true, generations: true)

    private var resource: String {
        String(cluster.site.cluster.resource.text.split(separator: "/").last ?? "")
    }

    /// One policy for each PF of the node, by its name; and the one of a fault, by its PCI address, which stands over it.
    func writePolicies(_ node: NodeState) async throws(StoreRefusal) {
        for function in node.functions where !function.virtualFunctions.isEmpty {
            let count = function.virtualFunctions.count
            try await writePolicy(
                "\(node.site.name)-\(function.site.name)", of: node, priority: 50, count: count,
                selector: ["pfNames": [.string(function.site.name)]])
            guard node.policyWantsMore else { continue }
            try await writePolicy(
                "\(node.site.name)-more", of: node, priority: 10, count: count + 1,
                selector: ["rootDevices": [.string(function.site.address.description)]])
        }
    }

    private func writePolicy(
        _ name: String, of node: NodeState, priority: Int, count: Int, selector: JSONValue
    ) async throws(StoreRefusal) {
        let spec = JSONValue.object([
            .init("resourceName", .string(resource)),
            .init("nodeSelector", ["kubernetes.io/hostname": .string(node.site.name.text)]),
            .init("priority", .integer(priority)), .init("numVfs", .integer(count)), .init("nicSelector", selector),
            .init("deviceType", "netdevice"),
        ])
        try await cluster.store.create(
            ["metadata": ["name": .string(name), "namespace": .string(namespace)], "spec": spec], kind: Self.policyKind,
            namespace: namespace, options: WriteOptions(fieldManager: "kubectl-create"))
    }

    func writeNetworks() async throws(StoreRefusal) {
        let isEdited = await cluster.fabric.read { $0.operatorNetworksEdited }
        for (name, vlan) in cluster.site.cluster.operatorNetworks.sorted(by: { $0.key < $1.key }) {
            let ipam: JSONValue = ["type": "host-local", "subnet": .string("192.168.\(vlan % 256).0/24")]
            let spec = JSONValue.object([
                .init("resourceName", .string(resource)), .init("networkNamespace", "default"),
                .init("vlan", .integer(isEdited ? vlan + 1 : vlan)), .init("ipam", .string(ipam.compactText)),
            ])
            try await cluster.store.create(
                ["metadata": ["name": .string(name), "namespace": .string(namespace)], "spec": spec], kind: Self.networkKind,
                namespace: namespace, options: WriteOptions(fieldManager: "kubectl-create"))
            try await writeNAD(name, vlan: vlan, ipam: ipam)
        }
    }

    private func writeNAD(_ name: String, vlan: Int, ipam: JSONValue) async throws(StoreRefusal) {
        let config = JSONValue.object([
            .init("cniVersion", "1.0.0"), .init("name", .string(name)), .init("type", "sriov"), .init("vlan", .integer(vlan)),
            .init("vlanQoS", 0), .init("ipam", ipam),
        ])
        let annotations: JSONValue = [
            "k8s.v1.cni.cncf.io/resourceName": .string(cluster.site.cluster.resource.text),
            "sriovnetwork.openshift.io/owner-ref": .string("SriovNetwork.sriovnetwork.openshift.io/\(namespace)/\(name)"),
        ]
        try await cluster.store.create(
            [
                "metadata": ["name": .string(name), "namespace": "default", "annotations": annotations],
                "spec": ["config": .string(config.compactText)],
            ], kind: .networkAttachmentDefinitions, namespace: "default",
            options: WriteOptions(fieldManager: "sriov-network-operator"))
    }
}
