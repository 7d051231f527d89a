import Facts
import Testing

@testable import Labs

@Suite("Faults", .timeLimit(.minutes(1)))
struct FaultTests {
    /// What every fault does to the pod of worker2, its VF and its path; a fault without a row here fails the test below.
    private static let effects: [(fault: String, effect: Effect)] = [
        ("vfs-not-persisted@worker2", .sandboxRefused("VF pci addr is required")),
        ("vfs-refused@worker2", .sandboxRefused("VF pci addr is required")),
        ("selector-matches-nothing@worker2", .sandboxRefused("VF pci addr is required")),
        ("selector-matches-nothing@cluster", .sandboxRefused("VF pci addr is required")),
        ("stale-allocatable@worker2", .works),
        ("no-free-vf@worker2", .rejected("Requested: 1, Available: 0, which is unexpected")),
        ("multus-not-running@worker2", .noNet1),
        ("multus-not-running@cluster", .noNet1),
        ("cni-binary-missing@worker2", .sandboxRefused("failed to find plugin \"sriov\" in path [/opt/cni/bin]")),
        ("vf-refuses-vlan@worker2", .sandboxRefused("id 201, qos 0 and proto 802.1q: invalid argument\"")),
        ("vf-not-reset@worker2", .keepsTag(201, as: .host(name: "eno2v2"))),
        ("vlan-not-applied@worker2", .silent(vlan: nil)),
        ("wrong-vlan@worker2", .silent(vlan: 202)),
        ("vlan-not-trunked@worker2", .silent(vlan: 201)),
        ("vlan-not-trunked@ge-0/0/1", .silent(vlan: 201)),
        ("miscabled-port@worker2", .learnedElsewhere("ge-0/0/47")),
        ("gateway-interface-down@vlan.201", .noARP),
        ("wrong-static-arp@192.168.201.3", .wrongARP("02:17:de:d3:49:70")),
        ("wrong-static-arp@worker2", .wrongARP("02:17:de:d3:49:70")),
        ("image-without-ip@worker2", .lacks(["ip", "readlink"])), ("image-without-ping@worker2", .lacks(["ping"])),
        ("image-without-programs@worker2", .lacks(["ip", "cat", "ping"])), ("net-raw-dropped@worker2", .mayNotPing),
        // The operator only tells; the seed's site has none.
        ("operator-sync-failed@worker2", .works), ("operator-stale@worker2", .works),
        ("policy-wants-more@worker2", .works), ("sriov-network-edited@cluster", .works),
        ("claim-names-other-vf@worker2", .works),
        ("pf-down@worker2", .silent(vlan: 201)),
        ("cable-pulled@worker2", .silent(vlan: 201)),
        ("pod-mac-changed@worker2", .works),
        ("admin-mac-changed@worker2", .silent(vlan: 201)),
        ("pod-interface-down@worker2", .down),
        ("wrong-subnet@worker2", .stranded("192.168.202.3/24")),
        ("vfs-taken-away@worker2", .noNet1AsClaimed),
        ("sandbox-lost@worker2", .keepsTag(201, as: .host(name: "net1"))),
        ("vf-not-returned@worker2", .staysInItsNamespace),
        ("port-blocked@worker2", .silent(vlan: 201)),
        ("access-port@worker2", .oneWay), ("port-one-way@worker2", .oneWay),
        ("duplicate-mac@worker2", .takenOver("ge-0/0/47")),
        ("gateway-wrong-address@vlan.201", .noARP),
        ("gateway-ignores-echo@vlan.201", .resolvedAndSilent),
        ("duplicate-address@192.168.201.3", .works),
        // The ways in are tried in RunningLabTests; behind them all is well.
        ("host-down@worker2", .works), ("host-silent@fabric-switch", .works), ("host-key-changed@worker2", .works),
        ("login-refused@worker2", .works), ("commands-hang@worker2", .works), ("exec-forbidden@cluster", .works),
        ("pod-create-forbidden@cluster", .works),
    ]

    enum Effect: Sendable {
        case works
        /// The pod stays in ContainerCreating, and an event ends so.
        case sandboxRefused(String)
        /// The kubelet turns the pod away, and its message ends so.
        case rejected(String)
        /// Works, and its VF still has this tag when it is gone.
        /// Running, and its image has none of these.
        case lacks([String])
        /// Running, and ping is refused its socket.
        case mayNotPing
        case keepsTag(Int, as: NetdevPlace)
        /// Works, and its VF is in a namespace still when it is gone.
        case staysInItsNamespace
        /// Its interface is there, and nothing can be sent.
        case down
        /// Its interface has this address, for which the gateway is no neighbour.
        case stranded(String)
        /// Running, Multus says net1, and there is none.
        case noNet1AsClaimed
        /// Running, learned, in the gateway's ARP table, no answer.
        case oneWay
        /// The same, and the pod knows the gateway's MAC.
        case resolvedAndSilent
        /// Running, and nobody says that net1 is missing.
        case noNet1
        /// Running, no answer, learned nowhere; the VF has this tag.
        case silent(vlan: Int?)
        /// Running and answered, on this port.
        case learnedElsewhere(String)
        /// Running, learned on this port, where the answers go.
        case takenOver(String)
        /// Running, learned, no answer, no ARP entry at the gateway.
        case noARP
        /// Running, learned, no answer; the gateway has this MAC for the address.
        case wrongARP(String)
    }

    @Test("Each fault shows as what it is, and nowhere else", arguments: effects)
    func effect(fault: String, effect: Effect) async throws {
        try await RunningCluster.run(faults: [fault]) { cluster in
            try await cluster.createNetwork()
            for (number, node) in ["worker1", "worker2", "worker3"].enumerated() {
                try await cluster.createPod("pod\(number + 1)", node: node, address: "192.168.201.\(number + 2)")
            }
            try await expect(effect, of: cluster)
            // The others are as they should be, but for a fault that is everywhere.
            let everywhere = fault.hasSuffix("@cluster") || fault.hasPrefix("gateway")
            if !everywhere { try await self.works(cluster, "pod1", "worker1") }
        }
    }

    private func expect(_ effect: Effect, of cluster: RunningCluster) async throws {
        switch effect {
        case .works: try await works(cluster, "pod2", "worker2")
        case .sandboxRefused(let end):
            #expect(try await cluster.event("FailedCreatePodSandBox", about: "pod2").hasSuffix(end))
        case .rejected(let end):
            let pod = try await cluster.pod("pod2") { $0.hasEnded }
            #expect(pod.object.text(at: "status", "message")?.hasSuffix(end) == true)
        case .lacks(let programs):
            try await works(cluster, "pod2", "worker2")
            for program in programs {
                guard case .commandNotFound(let message) = await outcome(cluster, "pod2", [program]) else {
                    Issue.record("\(program) ran")
                    continue
                }
                #expect(message.hasSuffix("exec: \"\(program)\": executable file not found in $PATH: unknown"))
            }
        case .mayNotPing:
            try await works(cluster, "pod2", "worker2")
            let answer = try await exec(cluster, "pod2", ["ping", "-c", "1", "-W", "1", "192.168.201.1"])
            #expect(answer.errorText == "ping: permission denied (are you root?)\n" && answer.status == 1)
        case .noNet1:
            let pod = try await running(cluster, "pod2")
            #expect(pod.annotation("k8s.v1.cni.cncf.io/network-status") == nil)
            #expect(
                try await exec(cluster, "pod2", ["ping", "-c1", "-W1", "-I", "net1", "192.168.201.1"]).errorText
                    == "ping: bad address 'net1'\n")
            // Over eth0 the gateway is routed: an answer proves nothing of the VF.
            #expect(try await exec(cluster, "pod2", ["ping", "-c1", "-W1", "192.168.201.1"]).status == 0)
        case .staysInItsNamespace:
            try await works(cluster, "pod2", "worker2")
            let uid = await cluster.fabric.node("worker2")?.sandboxes.first?.uid ?? ""
            try await cluster.store.delete(.pods, namespace: "default", name: "pod2", graceSeconds: 1)
            try await cluster.gone("pod2")
            let vf = await cluster.fabric.node("worker2")?.sriov?.virtualFunctions[2]
            #expect(vf?.netdev == .pod(uid: uid, name: "net1") && vf?.vlan?.number == 201)
        case .down:
            _ = try await running(cluster, "pod2")
            #expect(await ping(cluster, "worker2") == .noRoute)
        case .stranded(let address):
            _ = try await running(cluster, "pod2")
            #expect(await ping(cluster, "worker2") == .lost)
            let sandbox = await cluster.fabric.node("worker2")?.sandboxes.first
            #expect(sandbox?.interface("net1")?.addresses.map(\.description) == [address])
        case .noNet1AsClaimed:
            let pod = try await running(cluster, "pod2")
            #expect(pod.annotation("k8s.v1.cni.cncf.io/network-status")?.contains("net1") == true)
            #expect(await cluster.fabric.node("worker2")?.sandboxes.first?.interfaces.map(\.name) == ["lo", "eth0"])
            #expect(await cluster.fabric.node("worker2")?.sriov?.virtualFunctions.isEmpty == true)
        case .oneWay, .resolvedAndSilent:
            _ = try await running(cluster, "pod2")
            #expect(await ping(cluster, "worker2") == .lost)
            let device = await cluster.fabric.device("fabric-switch")
            #expect(device?.learned.map(\.port) == ["ge-0/0/1"])
            #expect(device?.neighbours.map(\.mac) == device?.learned.map(\.mac))
            let neighbour = await cluster.fabric.node("worker2")?.sandboxes.first?.neighbours.first
            if case .resolvedAndSilent = effect {
                #expect(neighbour?.mac == device?.gateways.first?.mac)
            } else {
                #expect(neighbour?.mac == nil)
            }
        case .keepsTag(let tag, let place):
            try await works(cluster, "pod2", "worker2")
            try await cluster.store.delete(.pods, namespace: "default", name: "pod2", graceSeconds: 1)
            try await cluster.gone("pod2")
            let vf = await cluster.fabric.node("worker2")?.sriov?.virtualFunctions[2]
            #expect(vf?.netdev == place && vf?.vlan?.number == tag)
        case .silent(let vlan):
            _ = try await running(cluster, "pod2")
            #expect(await ping(cluster, "worker2") == .lost)
            let vf = await cluster.fabric.node("worker2")?.sriov?.virtualFunctions[2]
            #expect(vf?.vlan?.number == vlan)
            let learned = await cluster.fabric.device("fabric-switch")?.learned ?? []
            #expect(!learned.contains { $0.mac == vf?.mac })
        case .learnedElsewhere(let port):
            _ = try await running(cluster, "pod2")
            #expect(await ping(cluster, "worker2") != .lost)
            let learned = await cluster.fabric.device("fabric-switch")?.learned ?? []
            #expect(learned.map(\.port) == [port])
        case .takenOver(let port):
            _ = try await running(cluster, "pod2")
            #expect(await ping(cluster, "worker2") == .lost)
            let learned = await cluster.fabric.device("fabric-switch")?.learned ?? []
            #expect(learned.map(\.port) == [port])
        case .noARP, .wrongARP:
            _ = try await running(cluster, "pod2")
            #expect(await ping(cluster, "worker2") == .lost)
            let device = await cluster.fabric.device("fabric-switch")
            #expect(device?.learned.map(\.port) == ["ge-0/0/1"])
            let entry = device?.neighbours.first { $0.address == IPAddress("192.168.201.3") }
            if case .wrongARP(let mac) = effect {
                #expect(entry?.mac.description == mac && entry?.isStatic == true)
            } else {
                #expect(entry == nil)
            }
        }
    }

    private func running(_ cluster: RunningCluster, _ name: String) async throws -> PodSpec {
        try await cluster.pod(name) { $0.object.text(at: "status", "phase") == "Running" }
    }

    private func works(_ cluster: RunningCluster, _ name: String, _ node: NodeName) async throws {
        _ = try await running(cluster, name)
        #expect(await ping(cluster, node) != .lost)
    }

    private func ping(_ cluster: RunningCluster, _ node: NodeName) async -> EchoResult {
        let now = cluster.cluster.time.now()
        return await cluster.fabric.change { state in
            guard let sandbox = state.nodes[node]?.sandboxes.first(where: { $0.pod.namespace == "default" }),
                let gateway = IPAddress("192.168.201.1")
            else { return .noRoute }
            return state.echo(from: PodPlace(node: node, uid: sandbox.uid), to: gateway, bound: "net1", at: now)
        }
    }

    private func exec(_ cluster: RunningCluster, _ pod: String, _ argv: [String]) async throws -> CommandAnswer {
        guard case .ended(let output, let errors, let status) = await outcome(cluster, pod, argv) else {
            return CommandAnswer(status: 255)
        }
        return CommandAnswer(output: output, errors: errors, status: status)
    }

    private func outcome(_ cluster: RunningCluster, _ pod: String, _ argv: [String]) async -> ExecOutcome {
        let runtime = SiteRuntime(fabric: cluster.fabric, ledger: cluster.cluster.ledger)
        return await runtime.exec(namespace: "default", pod: pod, container: "c", argv: argv, stdin: [])
    }

    @Test("Every fault of the catalogue is tried above, at each kind of place")
    func everyFaultIsTried() throws {
        let site = try SeedOutput.site()
        for fault in FaultCatalogue.all {
            for kind in fault.places {
                let places = FaultPlace.all(kind, in: site).map { "\(fault.name)@\($0)" }
                #expect(Self.effects.contains { places.contains($0.fault) }, "\(fault.name) at \(kind) has no row")
            }
        }
        #expect(Set(FaultCatalogue.all.map(\.name)).count == FaultCatalogue.all.count)
    }

    @Test(
        "A fault or place that is not there is refused with what is there",
        arguments: [
            ("vlan-not-aplied@worker1", "no fault 'vlan-not-aplied'"),
            ("wrong-vlan@worker9", "it can be at worker1, worker2, worker3"),
            ("wrong-vlan", "wrong-vlan needs a place: wrong-vlan@worker1"),
        ])
    func refusals(text: String, part: String) throws {
        var state = FabricState(site: try SeedOutput.site())
        let error = #expect(throws: LabError.self) { try FaultCatalogue.plant(text, in: &state) }
        #expect(error?.description.contains(part) == true)
    }

    @Test("Without a place a fault is on the whole cluster, or in the only place there is")
    func onlyPlace() throws {
        var state = FabricState(site: try SeedOutput.site())
        try FaultCatalogue.plant("gateway-interface-down", in: &state)
        #expect(state.switches["fabric-switch"]?.gateways.map(\.adminUp) == [false])
        try FaultCatalogue.plant("multus-not-running", in: &state)
        #expect(state.nodes.values.filter { $0.site.attachment != nil }.allSatisfy { !$0.cni.multusRunning })
    }

    @Test(
        "Nodes show what the device plugin offers",
        arguments: [
            ("vfs-not-persisted@worker2", nil), ("selector-matches-nothing@worker2", nil), ("stale-allocatable@worker2", "4"),
            ("no-free-vf@worker2", "8"),
        ])
    func allocatable(fault: String, expected: String?) async throws {
        try await RunningCluster.run(faults: [fault]) { cluster in
            for name in ["worker1", "worker2"] {
                let node = try await cluster.store.get(.nodes, name: name)
                let allocatable = node.value(at: "status", "allocatable")?["intel.com/intel_sriov_netdevice"]?.text
                #expect(allocatable == (name == "worker2" ? expected : "8"))
            }
        }
    }
}
