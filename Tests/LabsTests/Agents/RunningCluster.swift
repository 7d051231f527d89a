import Facts

@testable import Labs

/// The seed's cluster with its agents running and no network in front: what is applied goes straight into the store.
struct RunningCluster {
    let cluster: Cluster

    var store: ObjectStore { cluster.store }
    var fabric: Fabric { cluster.fabric }

    /// Brings it up with faults, runs the body, takes it down.
    static func run(
        faults: [String] = [], site: Site? = nil, _ body: @escaping @Sendable (RunningCluster) async throws -> Void
    ) async throws {
        var site = try site ?? SeedOutput.site()
        site.latencies = .none
        var state = FabricState(site: site)
        for fault in faults { try FaultCatalogue.plant(fault, in: &state) }
        let planted = state
        let time = SiteTime.system()
        let fabric = Fabric(site: site, time: time)
        await fabric.change { $0 = planted }
        let store = ObjectStore(now: { time.timestamp })
        let cluster = await Cluster(fabric: fabric, store: store, ledger: WaitLedger(time: time))
        try await store.bootstrap()
        try await ClusterContents(cluster: cluster).write()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await ClusterContents(cluster: cluster).settle()
                try await body(RunningCluster(cluster: cluster))
                return true
            }
            group.addTask {
                try await Kubelets(cluster: cluster).run()
                return false
            }
            group.addTask {
                try await Scheduler(cluster: cluster).run()
                return false
            }
            group.addTask {
                try await Daemons(cluster: cluster).run()
                return false
            }
            defer { group.cancelAll() }
            for try await isBody in group where isBody { return }
        }
    }

    /// Applies the seed's NAD.
    func createNetwork() async throws {
        let nad: JSONValue = [
            "metadata": [
                "name": "sriov-201",
                "annotations": ["k8s.v1.cni.cncf.io/resourceName": "intel.com/intel_sriov_netdevice"],
            ],
            "spec": ["config": .string(PlumbedSite.network)],
        ]
        try await store.create(nad, kind: .networkAttachmentDefinitions, namespace: "default")
    }

    /// Applies one of the seed's pods, or one like it.
    func createPod(
        _ name: String = "sriov-pod-201-1", node: String? = "worker1", address: String? = "192.168.201.2", count: Int = 1,
        networks: String? = nil, resources: Bool = true
    ) async throws {
        let addresses = address.map { ", \"ips\": [\"\($0)\"]" } ?? ""
        let asked = networks ?? "[{\"name\": \"sriov-201\"\(addresses), \"interface\": \"net1\"}]"
        let wanted: JSONValue = ["intel.com/intel_sriov_netdevice": .string(String(count))]
        var spec: [JSONValue.Member] = [
            .init(
                "containers",
                [["name": "c", "image": "busybox:1.28", "resources": resources ? ["limits": wanted, "requests": wanted] : [:]]]),
            .init("terminationGracePeriodSeconds", 1),
        ]
        if let node { spec.append(.init("nodeName", .string(node))) }
        let pod: JSONValue = [
            "metadata": ["name": .string(name), "annotations": ["k8s.v1.cni.cncf.io/networks": .string(asked)]],
            "spec": .object(spec),
        ]
        try await store.create(pod, kind: .pods, namespace: "default")
    }

    /// The pod once it is as wanted. The suite's time limit ends a wait for what does not come.
    func pod(_ name: String = "sriov-pod-201-1", when isWanted: @escaping @Sendable (PodSpec) -> Bool) async throws -> PodSpec {
        PodSpec(try await first(.pods) { PodSpec($0).name == name && isWanted(PodSpec($0)) } ?? .null)
    }

    /// The message of the first event with this reason.
    func event(_ reason: String, about pod: String = "sriov-pod-201-1") async throws -> String {
        let event = try await first(.events) {
            $0.text(at: "reason") == reason && $0.text(at: "involvedObject", "name") == pod
        }
        return event?.text(at: "message") ?? ""
    }

    /// Waits until a pod's object is gone.
    func gone(_ name: String = "sriov-pod-201-1") async throws {
        let events = try await store.watch(.pods, from: cluster.beginning)
        for await event in events where event.change == .deleted && event.name == name { return }
    }

    private func first(_ kind: ResourceKind, where isWanted: @escaping @Sendable (JSONValue) -> Bool) async throws -> JSONValue? {
        let events = try await store.watch(kind, from: cluster.beginning)
        for await event in events where event.change != .deleted && isWanted(event.object) { return event.object }
        return nil
    }
}

extension SiteLatencies {
    /// As good as none, so that tests do not wait.
    static var none: SiteLatencies {
        var latencies = SiteLatencies()
        latencies.api = .zero
        latencies.exec = .zero
        latencies.nodeCommand = .zero
        latencies.switchCommand = .zero
        latencies.schedule = .zero
        latencies.networkSetup = .zero
        latencies.containerStart = .zero
        latencies.carrier = .zero
        latencies.networkTeardown = .zero
        return latencies
    }
}
