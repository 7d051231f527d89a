import Facts
import Testing

@testable import Labs

@Suite("A pod's life on a node", .timeLimit(.minutes(1)))
struct PodLifeTests {
    /// Every key of a value with those around it, in order; lists by their first element.
    private func keys(_ value: JSONValue?, below path: String = "") -> [String] {
        switch value {
        case .object(let members)?: members.flatMap { [path + $0.key] + keys($0.value, below: path + $0.key + ".") }
        case .array(let elements)?: keys(elements.first, below: path + "0.")
        default: []
        }
    }

    @Test("A running pod's status has the members of a true one, in their order")
    func statusIsAsRecorded() async throws {
        try await RunningCluster.run { cluster in
            try await cluster.createNetwork()
            try await cluster.createPod()
            let pod = try await cluster.pod { $0.object.text(at: "status", "phase") == "Running" }
            let recorded = try Recording("get-pod_1").json
            #expect(keys(pod.object["status"]) == keys(recorded["status"]))
            let device = pod.object.value(at: "status", "containerStatuses")?[0]?["allocatedResourcesStatus"]?[0]?["resources"]?[
                0]
            #expect(device?.text(at: "resourceID") == "0000:01:10.3")
            #expect(pod.object.text(at: "status", "podIP") == "10.233.65.0")
        }
    }

    @Test("Its statuses come in the recorded order")
    func statusesInOrder() async throws {
        try await RunningCluster.run { cluster in
            try await cluster.createNetwork()
            try await cluster.createPod()
            _ = try await cluster.pod { $0.object.text(at: "status", "phase") == "Running" }
            let seen = try await cluster.store.watch(.pods, namespace: "default", from: cluster.cluster.beginning)
            var stages: [String] = []
            for await event in seen {
                stages.append(Self.stage(event.object))
                if stages.last?.hasPrefix("Running") == true { break }
            }
            let recorded = try Recording("watch-pod-field").events.prefix(5).compactMap { $0["object"] }.map(Self.stage)
            #expect(stages == recorded)
        }
    }

    /// What a watcher can tell of a pod: phase, network-status there or not, sandbox ready or not.
    private static func stage(_ pod: JSONValue) -> String {
        let spec = PodSpec(pod)
        let ready = (pod.value(at: "status", "conditions")?.elements ?? []).first {
            $0.text(at: "type") == "PodReadyToStartContainers"
        }
        let parts = [
            pod.text(at: "status", "phase") ?? "none",
            spec.annotation("k8s.v1.cni.cncf.io/network-status") == nil ? "no networks" : "networks",
            ready?.text(at: "status") ?? "no sandbox",
        ]
        return parts.joined(separator: ", ")
    }

    @Test("A pod with nodeName and too few VFs is turned away in the kubelet's words")
    func tooFewVFs() async throws {
        try await RunningCluster.run { cluster in
            try await cluster.createNetwork()
            try await cluster.createPod()
            _ = try await cluster.pod { $0.object.text(at: "status", "phase") == "Running" }
            try await cluster.createPod("want9node", address: nil, count: 9)
            let rejected = try await cluster.pod("want9node") { $0.hasEnded }
            let recorded = try Recording("after-pod-want9node").json
            for key in ["phase", "message", "reason"] {
                #expect(rejected.object.text(at: "status", key) == recorded.text(at: "status", key))
            }
            #expect(keys(rejected.object["status"]) == keys(recorded["status"]))
            let event = try await cluster.event("UnexpectedAdmissionError", about: "want9node")
            #expect(try event == Recording("after-events-want9node").json["items"]?[0]?.text(at: "message"))
        }
    }

    @Test(
        "Sandboxes that cannot be made are told in the recorded words",
        arguments: [
            ("after-events-missnad", "missnad", "sriov-999", true), ("after-events-nores", "nores", "sriov-201", false),
        ])
    func sandboxRefused(recording: String, name: String, networks: String, resources: Bool) async throws {
        try await RunningCluster.run { cluster in
            try await cluster.createNetwork()
            try await cluster.createPod(name, networks: networks, resources: resources)
            let message = try await cluster.event("FailedCreatePodSandBox", about: name)
            let recorded = try #require(try Recording(recording).json["items"]?.elements).first {
                $0.text(at: "reason") == "FailedCreatePodSandBox"
            }
            #expect(Self.masked(message) == Self.masked(recorded?.text(at: "message") ?? ""))
        }
    }

    @Test(
        "An address that is taken or outside is refused in host-local's words",
        arguments: [
            ("after-events-dupip", "dupip", "192.168.201.2"), ("after-events-outip", "outip", "10.9.9.9"),
        ])
    func addressRefused(recording: String, name: String, address: String) async throws {
        try await RunningCluster.run { cluster in
            try await cluster.createNetwork()
            try await cluster.createPod()
            _ = try await cluster.pod { $0.object.text(at: "status", "phase") == "Running" }
            try await cluster.createPod(name, address: address)
            let message = try await cluster.event("FailedCreatePodSandBox", about: name)
            let recorded = try #require(try Recording(recording).json["items"]?.elements).first {
                $0.text(at: "reason") == "FailedCreatePodSandBox"
            }
            #expect(Self.masked(message) == Self.masked(recorded?.text(at: "message") ?? ""))
        }
    }

    /// Without what is another in every run: runs of hexadecimal digits and hyphens of at least 30.
    private static func masked(_ text: String) -> String {
        var masked = ""
        var run = ""
        for character in text + " " {
            if character.isHexDigit && !character.isUppercase || character == "-" {
                run.append(character)
            } else {
                masked += (run.count >= 30 ? "#" : run) + String(character)
                run = ""
            }
        }
        return masked
    }

    @Test("A deleted pod ends as recorded and gives its VF and its address back")
    func deletion() async throws {
        try await RunningCluster.run { cluster in
            try await cluster.createNetwork()
            let before = await cluster.fabric.node("worker1")
            try await cluster.createPod()
            _ = try await cluster.pod { $0.object.text(at: "status", "phase") == "Running" }
            #expect(await cluster.fabric.node("worker1")?.devicePlugin.allocations.count == 1)
            try await cluster.store.delete(.pods, namespace: "default", name: "sriov-pod-201-1", graceSeconds: 0)
            try await cluster.createPod("next", address: nil)
            // The next pod gets the same VF only if the first has given it back; a kubelet that is slower takes another.
            _ = try await cluster.pod("next") { $0.object.text(at: "status", "phase") == "Running" }
            try await cluster.store.delete(.pods, namespace: "default", name: "next", graceSeconds: 1)
            let killed = try await cluster.pod("next") { $0.hasEnded }
            let recorded = try #require(try Recording("watch-pod-field").events.last?["object"])
            #expect(killed.object.text(at: "status", "phase") == recorded.text(at: "status", "phase"))
            let state = killed.object.value(at: "status", "containerStatuses")?[0]?["state"]
            #expect(keys(state) == keys(recorded.value(at: "status", "containerStatuses")?[0]?["state"]))
            #expect(state?.value(at: "terminated", "exitCode")?.int == 137)
            try await cluster.gone("next")
            let after = await cluster.fabric.node("worker1")
            #expect(
                after?.sandboxes.isEmpty == true && after?.cni.leases.isEmpty == true
                    && after?.devicePlugin.allocations.isEmpty == true)
            #expect(after?.links.map(\.name).sorted() == before?.links.map(\.name).sorted())
        }
    }

    @Test("Pods without a node go where a VF is free; where none is, the scheduler says so as recorded")
    func scheduling() async throws {
        var site = try SeedOutput.site()
        site.nodes.removeLast()
        try await RunningCluster.run(site: site) { cluster in
            try await cluster.createNetwork()
            try await cluster.createPod(node: nil)
            _ = try await cluster.pod { $0.object.text(at: "status", "phase") == "Running" }
            try await cluster.createPod("want9", node: nil, address: nil, count: 9)
            let message = try await cluster.event("FailedScheduling", about: "want9")
            #expect(try message == Recording("after-events-want9").json["items"]?[0]?.text(at: "message"))
        }
    }
}
