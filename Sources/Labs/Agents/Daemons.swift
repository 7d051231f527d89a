internal import Facts

/// The DaemonSets that the seed's cluster has, and their pods: the SR-IOV device plugin and Multus.
///
/// - Source: `get-ds.resp`; the seed's `kubectl get pods -A` for the plugin's names.
struct Daemons: Sendable {
    let cluster: Cluster

    /// One DaemonSet as the site has it.
    struct Daemon: Sendable {
        var name: String
        var container: String
        var image: String
        var arguments: [String]
        var labels: [String: String]
        /// Host folders by volume name.
        var mounts: [(name: String, path: String)]
    }

    static let devicePlugin = Daemon(
        name: "kube-sriov-device-plugin-amd64", container: "kube-sriovdp",
        image: "ghcr.io/k8snetworkplumbingwg/sriov-network-device-plugin:latest",
        arguments: ["--log-dir=sriovdp", "--log-level=10"],
        labels: ["app": "sriovdp", "name": "sriov-device-plugin", "tier": "node"],
        mounts: [
            ("devicesock", "/var/lib/kubelet/device-plugins"), ("log", "/var/log"),
            ("device-info", "/var/run/k8s.cni.cncf.io/devinfo/dp"),
        ])

    static let multus = Daemon(
        name: "kube-multus-ds", container: "kube-multus", image: "ghcr.io/k8snetworkplumbingwg/multus-cni:snapshot",
        arguments: ["--multus-conf-file=auto", "--cni-version=0.3.1"],
        labels: ["app": "multus", "name": "multus", "tier": "node"],
        mounts: [("cni", "/host/etc/cni/net.d"), ("cnibin", "/host/opt/cni/bin")])

    /// Puts both DaemonSets and their pods into the store and starts the device plugins.
    func start() async throws(StoreRefusal) {
        for daemon in [Self.devicePlugin, Self.multus] {
            let created = try await cluster.store.create(
                object(daemon), kind: .daemonSets, namespace: "kube-system", options: WriteOptions(fieldManager: "kubectl-create")
            )
            for node in cluster.site.nodes { try await createPod(of: daemon, owner: created, on: node) }
            await writeStatus(daemon)
        }
    }

    /// Replaces daemon pods that are deleted, until cancelled. A new device plugin looks at the VFs again.
    func run() async throws {
        for await event in try await cluster.store.watch(.pods, namespace: "kube-system") {
            let spec = PodSpec(event.object)
            guard spec.isDaemon, let name = spec.node, let node = cluster.site.node(name) else { continue }
            if spec.isBeingDeleted, event.change != .deleted {
                _ = try? await cluster.store.remove(.pods, namespace: spec.namespace, name: spec.name, uid: spec.uid)
            }
            guard event.change == .deleted,
                let daemon = [Self.devicePlugin, Self.multus].first(where: { spec.name.hasPrefix($0.name) })
            else { continue }
            let owner = try await cluster.store.get(.daemonSets, namespace: "kube-system", name: daemon.name)
            if daemon.name == Self.devicePlugin.name {
                await cluster.fabric.change { state in
                    state.nodes[name]?.devicePlugin.sawOnly = nil
                    state.startDevicePlugin(on: name)
                }
            }
            try await createPod(of: daemon, owner: owner, on: node)
            await writeNode(name)
            await writeStatus(daemon)
        }
    }

    /// Writes what a node offers into its object.
    func writeNode(_ name: NodeName) async {
        guard let state = await cluster.fabric.node(name) else { return }
        let status = NodeObject.make(state, cluster: cluster.site.cluster, time: cluster.stamp)["status"]
        _ = try? await cluster.store.change(.nodes, name: name.text, options: WriteOptions(fieldManager: "kubelet")) {
            object throws(StoreRefusal) in
            if let status { object.set("status", to: status) }
        }
    }

    private func object(_ daemon: Daemon) -> JSONValue {
        let labels = JSONValue.object(daemon.labels.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })
        return [
            "metadata": ["name": .string(daemon.name), "namespace": "kube-system", "labels": labels],
            "spec": [
                "selector": ["matchLabels": ["name": .string(daemon.labels["name"] ?? "")]],
                "template": ["metadata": ["labels": labels], "spec": podSpec(daemon, node: nil)],
                "updateStrategy": ["type": "RollingUpdate", "rollingUpdate": ["maxUnavailable": 1, "maxSurge": 0]],
                "revisionHistoryLimit": 10,
            ],
        ]
    }

    private func podSpec(_ daemon: Daemon, node: NodeName?) -> JSONValue {
        let mounts = daemon.mounts.map { mount -> JSONValue in ["name": .string(mount.name), "mountPath": .string(mount.path)] }
        let volumes = daemon.mounts.map { mount -> JSONValue in
            ["name": .string(mount.name), "hostPath": ["path": .string(mount.path.replacing("/host", with: "")), "type": ""]]
        }
        var members: [JSONValue.Member] = [
            .init("volumes", .array(volumes)),
            .init(
                "containers",
                [
                    .object([
                        .init("name", .string(daemon.container)), .init("image", .string(daemon.image)),
                        .init("args", .array(daemon.arguments.map { .string($0) })),
                        .init("resources", ["requests": ["cpu": "100m", "memory": "40Mi"]]),
                        .init("volumeMounts", .array(mounts)),
                        .init("imagePullPolicy", "IfNotPresent"), .init("securityContext", ["privileged": true]),
                    ])
                ]),
            .init("restartPolicy", "Always"), .init("terminationGracePeriodSeconds", 30), .init("hostNetwork", true),
            .init("tolerations", [["operator": "Exists"]]),
        ]
        if let node { members.append(.init("nodeName", .string(node.text))) }
        return .object(members)
    }

    private func createPod(of daemon: Daemon, owner: JSONValue, on node: SiteNode) async throws(StoreRefusal) {
        let suffix = String(Hex.stable("\(daemon.name)\(node.name)\(await cluster.store.resourceVersion)", count: 5))
        let labels = JSONValue.object(daemon.labels.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })
        let reference: JSONValue = [
            "apiVersion": "apps/v1", "kind": "DaemonSet", "name": .string(daemon.name),
            "uid": .string(owner.text(at: "metadata", "uid") ?? ""), "controller": true, "blockOwnerDeletion": true,
        ]
        let name = "\(daemon.name)-\(suffix)"
        let pod: JSONValue = [
            "metadata": [
                "name": .string(name), "namespace": "kube-system", "labels": labels, "ownerReferences": [reference],
                "generateName": .string(daemon.name + "-"),
            ],
            "spec": podSpec(daemon, node: node.name),
        ]
        let created = try await cluster.store.create(
            pod, kind: .pods, namespace: "kube-system", options: WriteOptions(fieldManager: "kube-controller-manager"))
        let status = PodStatus(
            spec: PodSpec(created), hostAddress: node.address, startTime: cluster.stamp,
            containerIDs: [daemon.container: Hex.random(64)])
        let works = await isWorking(daemon, on: node.name)
        await cluster.fabric.change { state in
            var daemons = (state.nodes[node.name]?.daemons ?? [:]).filter { $0.value != daemon.name }
            daemons[PodReference(namespace: "kube-system", name: name)] = daemon.name
            state.nodes[node.name]?.daemons = daemons
        }
        let value = status.status(
            works
                ? .running(since: cluster.stamp, networkReady: cluster.stamp, address: node.address)
                : .creating(networkReady: cluster.stamp))
        try await cluster.store.change(
            .pods, namespace: "kube-system", name: name, subresource: "status", options: WriteOptions(fieldManager: "kubelet")
        ) { object throws(StoreRefusal) in object.set("status", to: value) }
    }

    private func isWorking(_ daemon: Daemon, on node: NodeName) async -> Bool {
        guard let state = await cluster.fabric.node(node) else { return false }
        return daemon.name == Self.multus.name ? state.cni.multusRunning : state.devicePlugin.running
    }

    private func writeStatus(_ daemon: Daemon) async {
        var ready = 0
        for node in cluster.site.nodes where await isWorking(daemon, on: node.name) { ready += 1 }
        let count = cluster.site.nodes.count
        let status = JSONValue.object([
            .init("currentNumberScheduled", .integer(count)), .init("numberMisscheduled", 0),
            .init("desiredNumberScheduled", .integer(count)), .init("numberReady", .integer(ready)),
            .init("observedGeneration", 1),
            .init("updatedNumberScheduled", .integer(count)), .init("numberAvailable", .integer(ready)),
        ])
        let all =
            ready == count ? status : .object((status.members ?? []) + [.init("numberUnavailable", .integer(count - ready))])
        _ = try? await cluster.store.change(
            .daemonSets, namespace: "kube-system", name: daemon.name, subresource: "status",
            options: WriteOptions(fieldManager: "kube-controller-manager")
        ) { object throws(StoreRefusal) in object.set("status", to: all) }
    }
}
