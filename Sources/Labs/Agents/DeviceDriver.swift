internal import Facts

/// The cluster's driver of dynamic resource allocation: it offers every VF, and says which of them a pod got.
///
/// Pods ask for the extended resource as with a device plugin; the claim is the one that the scheduler makes for it.
///
/// - Source: kubernetes/api, `resource/v1/types.go` and `core/v1/types.go` (`PodExtendedResourceClaimStatus`);
///   dra-driver-sriov, `pkg/devicestate/discovery.go` for names and attributes of devices.
struct DeviceDriver: Sendable {
    let cluster: Cluster
    /// As ResourceSlices name it.
    let name: String

    /// A slice for each node with VFs.
    func writeSlices() async throws(StoreRefusal) {
        for node in cluster.site.nodes {
            guard let state = await cluster.fabric.node(node.name) else { continue }
            let devices = state.functions.flatMap { function in function.virtualFunctions.map { device($0, of: function) } }
            guard !devices.isEmpty else { continue }
            let pool = JSONValue.object([
                .init("name", .string(node.name.text)), .init("generation", 1), .init("resourceSliceCount", 1),
            ])
            try await cluster.store.create(
                [
                    "metadata": ["name": .string("\(node.name)-\(name)-\(Hex.stable(node.name.text, count: 5))")],
                    "spec": [
                        "driver": .string(name), "pool": pool, "nodeName": .string(node.name.text),
                        "devices": .array(devices),
                    ],
                ], kind: .resourceSlices, options: WriteOptions(fieldManager: "dra-driver-sriov"))
        }
    }

    private func device(_ vf: VirtualFunctionState, of function: PhysicalFunctionState) -> JSONValue {
        let address = JSONValue.string(vf.address.description)
        return .object([
            .init("name", .string(Self.deviceName(vf.address))),
            .init(
                "attributes",
                .object([
                    .init("resource.kubernetes.io/pciBusID", ["string": address]),
                    .init("\(name)/pciAddress", ["string": address]), .init("k8s.cni.cncf.io/deviceID", ["string": address]),
                    .init("\(name)/PFName", ["string": .string(function.site.name)]),
                    .init("\(name)/vfID", ["int": .integer(vf.index)]),
                    .init("\(name)/vendor", ["string": .string(function.model.vendor)]),
                ])),
        ])
    }

    private static func deviceName(_ address: PCIAddress) -> String {
        String(address.description.map { $0 == ":" || $0 == "." ? "-" : $0 })
    }

    private static func claimName(_ pod: PodSpec) -> String {
        "\(pod.name)-extended-resources-\(Hex.stable(pod.uid, count: 5))"
    }

    /// Makes the claim for the devices that a pod was given.
    ///
    /// - Returns: what the pod's status says of it; nil where it was given none.
    func claim(
        for pod: PodSpec, _ given: [String: [(resource: ResourceName, devices: [PCIAddress])]], on node: NodeName
    ) async -> JSONValue? {
        var mappings: [JSONValue] = []
        var results: [JSONValue] = []
        let isWrong = await cluster.fabric.node(node)?.claimsNameOther ?? false
        for (place, container) in pod.containerNames.enumerated() {
            for (number, (resource, devices)) in (given[container] ?? []).enumerated() {
                let request = JSONValue.string("container-\(place)-request-\(number)")
                mappings.append([
                    "containerName": .string(container), "resourceName": .string(resource.text), "requestName": request,
                ])
                for address in devices {
                    let said = isWrong ? await neighbour(of: address, on: node) : address
                    results.append([
                        "request": request, "driver": .string(name), "pool": .string(node.text),
                        "device": .string(Self.deviceName(said)),
                    ])
                }
            }
        }
        guard !results.isEmpty else { return nil }
        let status: JSONValue = [
            "allocation": ["devices": ["results": .array(results)]],
            "reservedFor": [["resource": "pods", "name": .string(pod.name), "uid": .string(pod.uid)]],
        ]
        // One of the same pod from an earlier try is as good.
        _ = try? await cluster.store.create(
            [
                "metadata": ["name": .string(Self.claimName(pod)), "namespace": .string(pod.namespace)],
                "spec": ["devices": [:]], "status": status,
            ], kind: .resourceClaims, namespace: pod.namespace, options: WriteOptions(fieldManager: "kube-scheduler"))
        _ = try? await cluster.store.change(
            .resourceClaims, namespace: pod.namespace, name: Self.claimName(pod), subresource: "status",
            options: WriteOptions(fieldManager: "kube-scheduler")
        ) { object throws(StoreRefusal) in object.set("status", to: status) }
        return ["requestMappings": .array(mappings), "resourceClaimName": .string(Self.claimName(pod))]
    }

    /// Another VF of the same PF.
    private func neighbour(of address: PCIAddress, on node: NodeName) async -> PCIAddress {
        let functions = await cluster.fabric.node(node)?.functions.map(\.virtualFunctions) ?? []
        return functions.first { $0.contains { $0.address == address } }?.first { $0.address != address }?.address ?? address
    }

    /// Says of the claim's device what its interface is, once the pod has it.
    func tellNetwork(of pod: PodSpec, on node: NodeName) async {
        let sandbox = await cluster.fabric.node(node)?.sandbox(pod.uid)
        let functions = await cluster.fabric.node(node)?.functions.flatMap(\.virtualFunctions) ?? []
        guard let vf = functions.first(where: { if case .pod(pod.uid, _) = $0.netdev { true } else { false } }),
            case .pod(_, let interface) = vf.netdev
        else { return }
        let addresses = sandbox?.interfaces.first { $0.name == interface }?.addresses ?? []
        let network = JSONValue.object([
            .init("interfaceName", .string(interface)), .init("ips", .array(addresses.map { .string($0.description) })),
            .init("hardwareAddress", .string(vf.mac.description)),
        ])
        let time = cluster.stamp
        _ = try? await cluster.store.change(
            .resourceClaims, namespace: pod.namespace, name: Self.claimName(pod), subresource: "status",
            options: WriteOptions(fieldManager: "dra-driver-sriov")
        ) { object throws(StoreRefusal) in
            let results = object.value(at: "status", "allocation", "devices", "results")?.elements ?? []
            let ready = JSONValue.object([
                .init("type", "Ready"), .init("status", "True"), .init("lastTransitionTime", .string(time)),
                .init("reason", "Ready"), .init("message", ""),
            ])
            object.set(
                "status", "devices",
                to: .array(
                    results.map { result in
                        .object([
                            .init("driver", result["driver"] ?? ""), .init("pool", result["pool"] ?? ""),
                            .init("device", result["device"] ?? ""), .init("conditions", [ready]),
                            .init("networkData", network),
                        ])
                    }))
        }
    }

    /// The claim goes with its pod.
    static func release(_ pod: PodSpec, in cluster: Cluster) async {
        _ = try? await cluster.store.remove(.resourceClaims, namespace: pod.namespace, name: claimName(pod))
    }
}
