internal import Facts

/// A node's object in the API, as its kubelet keeps it.
///
/// - Source: `get-node_worker1.resp`.
enum NodeObject {
    static func make(_ node: NodeState, cluster: SiteCluster, time: String) -> JSONValue {
        let name = JSONValue.string(node.site.name.text)
        let isController = node.site.attachment == nil && node.sriov == nil
        var labels: [JSONValue.Member] = [
            .init("beta.kubernetes.io/arch", architecture(node)), .init("beta.kubernetes.io/os", "linux"),
            .init("kubernetes.io/arch", architecture(node)), .init("kubernetes.io/hostname", name),
            .init("kubernetes.io/os", "linux"),
        ]
        if isController { labels.append(.init("node-role.kubernetes.io/control-plane", "")) }
        let annotations: JSONValue = [
            "node.alpha.kubernetes.io/ttl": "0", "volumes.kubernetes.io/controller-managed-attach-detach": "true",
        ]
        let taints: JSONValue = [["key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"]]
        return .object([
            .init("metadata", ["name": name, "labels": .object(labels), "annotations": annotations]),
            .init("spec", isController ? ["taints": taints] : [:]), .init("status", status(node, cluster: cluster, time: time)),
        ])
    }

    private static func architecture(_ node: NodeState) -> JSONValue { node.site.machine == "aarch64" ? "arm64" : "amd64" }

    private static func status(_ node: NodeState, cluster: SiteCluster, time: String) -> JSONValue {
        let site = node.site
        let info = JSONValue.object([
            .init("machineID", .string(Hex.stable(site.name.text + "machine", count: 32))),
            .init("systemUUID", .string(Hex.stable(site.name.text + "system", count: 32))),
            .init("bootID", .string(Hex.stable(site.name.text + "boot", count: 32))),
            .init("kernelVersion", .string(site.kernel)), .init("osImage", .string(site.osImage)),
            .init("containerRuntimeVersion", "containerd://1.6.20"), .init("kubeletVersion", .string(cluster.kubeletVersion)),
            .init("kubeProxyVersion", ""), .init("operatingSystem", "linux"), .init("architecture", architecture(node)),
        ])
        return .object([
            .init("capacity", resources(node, allocatable: false)), .init("allocatable", resources(node, allocatable: true)),
            .init("conditions", .array(conditions(time))),
            .init(
                "addresses",
                [
                    ["type": "InternalIP", "address": .string(site.address.description)],
                    ["type": "Hostname", "address": .string(site.name.text)],
                ]),
            .init("daemonEndpoints", ["kubeletEndpoint": ["Port": 10250]]), .init("nodeInfo", info),
            .init("images", [["names": ["docker.io/library/busybox:1.28"], "sizeBytes": 2_130_714]]),
        ])
    }

    private static func resources(_ node: NodeState, allocatable: Bool) -> JSONValue {
        let site = node.site
        var members: [JSONValue.Member] = [
            .init("cpu", .string(allocatable ? "\(site.cpus * 1000 - 100)m" : "\(site.cpus)")),
            .init(
                "ephemeral-storage",
                .string(allocatable ? "\(site.ephemeralStorageBytes)" : "\(site.ephemeralStorageBytes * 10 / 9 / 1024)Ki")),
            .init("hugepages-1Gi", "16Gi"),
        ]
        for resource in node.devicePlugin.registered.keys.sorted() {
            let count = node.devicePlugin.registered[resource]?.count ?? 0
            members.append(.init(resource.text, .string(String(allocatable && !node.devicePlugin.running ? 0 : count))))
        }
        members += [
            .init("memory", .string("\(allocatable ? site.memoryKiB : site.memoryKiB + 16_879_616)Ki")), .init("pods", "110"),
        ]
        return .object(members)
    }

    private static func conditions(_ time: String) -> [JSONValue] {
        let rows = [
            ("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
            ("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
            ("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
            ("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
        ]
        return rows.map { type, status, reason, message in
            .object([
                .init("type", .string(type)), .init("status", .string(status)), .init("lastHeartbeatTime", .string(time)),
                .init("lastTransitionTime", .string(time)), .init("reason", .string(reason)), .init("message", .string(message)),
            ])
        }
    }
}
