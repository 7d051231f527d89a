import Facts
import Foundation
import Testing
import TrueServer

@testable import Labs

/// The lab's API held to the true client; with `KUBEBUILDER_ASSETS` a true API server, held to the same.
@Suite(.enabled(if: Kubectl.path != nil, Kubectl.missing), .serialized, .timeLimit(.minutes(3)))
struct KubectlSuite {
    static let manifest = """
        apiVersion: k8s.cni.cncf.io/v1
        kind: NetworkAttachmentDefinition
        metadata:
          name: sriov-201
          annotations:
            k8s.v1.cni.cncf.io/resourceName: intel.com/intel_sriov_netdevice
        spec:
          config: '{"type": "sriov", "vlan": 201}'
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: made
          labels:
            app: first
        spec:
          nodeName: worker2
          terminationGracePeriodSeconds: 1
          containers:
          - name: c
            image: busybox:1.28
            command: ["sleep", "3600"]
            resources:
              limits:
                intel.com/intel_sriov_netdevice: "1"

        """

    /// Runs a test against a true server where there is one, else against a bench whose pods are started and ended by a kubelet.
    func run(
        authorization: APIServerConfiguration.Authorization = .open,
        _ body: @escaping @Sendable (KubectlPlace, Kubectl) async throws -> Void
    ) async throws {
        if let assets = TrueServer.assets {
            try await TrueServer.run(assets: assets) { server in
                try await server.furnish()
                try await body(KubectlPlace(server: server), Kubectl(kubeconfig: server.kubeconfig))
            }
            return
        }
        try await APIBench.run(authorization: authorization) { bench in
            try await withThrowingTaskGroup { group in
                group.addTask { await BenchKubelet(store: bench.store).run() }
                try await body(KubectlPlace(bench: bench), Kubectl(kubeconfig: bench.kubeconfig))
                group.cancelAll()
            }
        }
    }

    @Test func getPrintsTablesNamesJSONYAMLAndColumns() async throws {
        try await run { _, kubectl in
            let table = try await kubectl("get", "pods")
            #expect(
                table.output.split(separator: "\n").first?.split(separator: " ") == [
                    "NAME", "READY", "STATUS", "RESTARTS", "AGE",
                ])
            #expect(
                table.output.split(separator: "\n").last?.split(separator: " ").prefix(4) == ["running", "1/1", "Running", "0"])
            let wide = try await kubectl("get", "pods", "-o", "wide", "--no-headers")
            #expect(wide.output.contains("10.244.1.2") && wide.output.contains("worker1"))
            #expect(try await kubectl("get", "nodes", "-o", "name").output == "node/worker1\nnode/worker2\nnode/worker3\n")
            let json = try JSONValue(parsing: try await kubectl("get", "pod", "running", "-o", "json").output)
            #expect(json.text(at: "status", "podIP") == "10.244.1.2")
            #expect(try await kubectl("get", "po/running", "-o", "yaml").output.contains("\n  nodeName: worker1\n"))
            let columns = try await kubectl(
                "get", "pods", "-o", "custom-columns=NAME:.metadata.name,NODE:.spec.nodeName", "--no-headers")
            #expect(columns.output.split(separator: " ").map { $0.filter { $0 != "\n" } } == ["running", "worker1"])
            let path = try await kubectl("get", "nodes", "-o", "jsonpath={.items[*].status.addresses[0].address}")
            #expect(path.output == "10.88.0.11 10.88.0.12 10.88.0.13")
            let nodes = try await kubectl("get", "nodes", "-o", "wide")
            #expect(nodes.output.contains("v1.36.2") && nodes.output.contains("containerd://1.6.20"))
        }
    }

    @Test func selectorsNarrow() async throws {
        try await run { place, kubectl in
            try await place.addPod("other", node: "worker3")
            #expect(try await kubectl("label", "pod", "other", "app=x", "--overwrite").status == 0)
            #expect(try await kubectl("get", "pods", "-l", "app=x", "-o", "name").output == "pod/other\n")
            #expect(try await kubectl("get", "pods", "-l", "app notin (x)", "-o", "name").output == "pod/running\n")
            #expect(
                try await kubectl("get", "pods", "--field-selector", "spec.nodeName=worker3", "-o", "name").output
                    == "pod/other\n")
            #expect(
                try await kubectl("get", "pods", "-A", "--chunk-size=1", "-o", "name").output == "pod/other\npod/running\n")
            let odd = try await kubectl("get", "pods", "--field-selector", "spec.image=x")
            #expect(odd.status == 1 && odd.errors.contains("field label not supported: spec.image"))
        }
    }

    @Test func describeTellsOfPodsNodesAndEvents() async throws {
        try await run { _, kubectl in
            let uid = try await kubectl("get", "pod", "running", "-o", "jsonpath={.metadata.uid}").output
            let event: JSONValue = [
                "apiVersion": "v1", "kind": "Event", "metadata": ["name": "running.1", "namespace": "default"],
                "involvedObject": [
                    "kind": "Pod", "namespace": "default", "name": "running", "uid": .string(uid), "apiVersion": "v1",
                ],
                "reason": "FailedScheduling", "message": "0/3 nodes are available", "type": "Warning",
                "source": ["component": "default-scheduler"], "count": 1, "firstTimestamp": "2026-11-23T22:00:16Z",
                "lastTimestamp": "2026-11-23T22:00:16Z", "reportingComponent": "", "reportingInstance": "",
            ]
            let written = try await kubectl("create", "-f", "-", stdin: event.compactText)
            #expect(written.status == 0, "\(written)")
            let described = try await kubectl("describe", "pod", "running")
            #expect(described.status == 0, "\(described)")
            #expect(described.output.contains("Warning  FailedScheduling"))
            #expect(described.output.contains("Image:          busybox:1.28"))
            let node = try await kubectl("describe", "node", "worker1")
            #expect(node.status == 0, "\(node)")
            #expect(node.output.contains("intel.com/intel_sriov_netdevice:  8"))
            #expect(node.output.contains("Non-terminated Pods:          (1 in total)"))
            for thing in [
                "namespace/default", "configmap/kube-root-ca.crt", "serviceaccount/default", "clusterrole/cluster-admin",
            ] {
                #expect(try await kubectl("describe", thing).status == 0, "\(thing)")
            }
            let events = try await kubectl("get", "events", "--no-headers")
            #expect(events.output.contains("FailedScheduling   pod/running   0/3 nodes are available"))
        }
    }

    @Test func aWatchSeesWhatHappens() async throws {
        try await run { place, kubectl in
            async let seen = kubectl("get", "pods", "--watch", "-o", "name", "--request-timeout=8s")
            await place.untilWatched()
            try await place.addPod("late", node: "worker1")
            #expect(try await seen.output.contains("pod/late"))
        }
    }

    @Test(.enabled(if: TrueServer.assets == nil, TrueServer.needsKubelet)) func execRunsCommandsWithInput() async throws {
        try await run { _, kubectl in
            let plain = try await kubectl("exec", "running", "--", "echo", "a b", "c")
            #expect(plain.output == "a b c\n", "\(plain)")
            let failed = try await kubectl("exec", "running", "-c", "c", "--", "fail", "3")
            #expect(failed.status == 3)
            #expect(failed.output == "out\n")
            #expect(failed.errors.hasPrefix("err\n"))
            let input = try await kubectl("exec", "-i", "running", "--", "cat", stdin: "two\nlines\n")
            #expect(input.output == "two\nlines\n", "\(input)")
            let missing = try await kubectl("exec", "running", "--", "nosuch")
            #expect(missing.status == 1)
            #expect(missing.errors.contains("executable file not found in $PATH"))
            let died = try await kubectl("exec", "running", "--", "die")
            #expect(died.status == 1)
            #expect(died.output == "half")
            let container = try await kubectl("exec", "running", "-c", "nope", "--", "echo")
            #expect(container.errors.contains("container nope is not valid for pod running"), "\(container)")
        }
    }

    @Test(.enabled(if: TrueServer.assets == nil, TrueServer.needsKubelet)) func tenMegabytesArriveWhole() async throws {
        try await run { _, kubectl in
            let outcome = try await kubectl("exec", "running", "--", "large", "10000000")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.utf8.count == 10_000_000)
        }
    }

    @Test(.enabled(if: TrueServer.assets == nil, TrueServer.needsKubelet)) func logsArePrinted() async throws {
        try await run { _, kubectl in
            let whole = try await kubectl("logs", "running")
            #expect(whole.output == "The app is running!\n")
            let last = try await kubectl("logs", "running", "--tail=1")
            #expect(last.output == "The app is running!\n")
        }
    }

    @Test(.enabled(if: TrueServer.assets == nil, TrueServer.needsKubelet)) func namespacesComeAndGoWithWhatTheyHold() async throws
    {
        try await run { _, kubectl in
            #expect(try await kubectl("create", "namespace", "run").status == 0)
            #expect(try await kubectl("create", "-n", "run", "-f", "-", stdin: Self.manifest).status == 0)
            #expect(try await kubectl("wait", "-n", "run", "--for=condition=Ready", "pod/made", "--timeout=20s").status == 0)
            let gone = try await kubectl("delete", "namespace", "run", "--timeout=20s")
            #expect(gone.status == 0, "\(gone)")
            #expect(try await kubectl("get", "namespace", "run").status == 1)
        }
    }

    @Test func kindsThatKubectlSendsInProtobuf() async throws {
        try await run { _, kubectl in
            for arguments in [
                ["configmap", "made", "--from-literal=a=b"], ["secret", "generic", "made", "--from-literal=a=b"],
                ["serviceaccount", "made"], ["role", "made", "--verb=get,list", "--resource=pods,net-attach-def"],
                ["rolebinding", "made", "--role=made", "--user=jane"], ["clusterrole", "made", "--verb=get", "--resource=nodes"],
                ["clusterrolebinding", "made", "--clusterrole=made", "--group=operators"],
            ] {
                let outcome = try await Kubectl.run(
                    try #require(Kubectl.path), ["--kubeconfig", kubectl.kubeconfig, "create"] + arguments, stdin: "", seconds: 30
                )
                #expect(outcome.status == 0, "\(arguments): \(outcome)")
            }
            #expect(try await kubectl("get", "secret", "made", "-o", "jsonpath={.data.a}").output == "Yg==")
            let rules = try await kubectl("get", "role", "made", "-o", "jsonpath={.rules[*].resources}")
            #expect(rules.output == #"["pods"] ["network-attachment-definitions"]"#, "\(rules)")
        }
    }

    @Test func rightsAreAskedAndEnforced() async throws {
        try await run(authorization: .rbac) { place, kubectl in
            let jane = Kubectl(kubeconfig: place.folder.appending(path: "jane.kubeconfig").path())
            #expect(try await jane("auth", "can-i", "list", "pods").output == "no\n")
            let refused = try await jane("get", "pods")
            #expect(
                refused.errors
                    == "Error from server (Forbidden): pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group"
                    + " \"\" in the namespace \"default\"\n", "\(refused)")
            _ = try await kubectl("create", "role", "reader", "--verb=get,list", "--resource=pods")
            _ = try await kubectl("create", "rolebinding", "reader", "--role=reader", "--user=jane")
            #expect(try await jane("auth", "can-i", "list", "pods").output == "yes\n")
            #expect(try await jane("auth", "can-i", "create", "pods").output == "no\n")
            #expect(try await jane("get", "pods", "-o", "name").output == "pod/running\n")
            #expect(try await jane("auth", "can-i", "--list").output.contains("pods"))
            #expect(try await kubectl("auth", "can-i", "list", "pods", "--as", "jane").output == "yes\n")
            if try await kubectl.isServer(atLeast: 28) {
                #expect(try await jane("auth", "whoami", "-o", "jsonpath={.status.userInfo.username}").output == "jane")
            }
        }
    }

    @Test func whatIsServedIsTold() async throws {
        try await run { _, kubectl in
            let resources = try await kubectl("api-resources", "-o", "name")
            for name in [
                "pods", "nodes", "daemonsets.apps", "leases.coordination.k8s.io",
                "network-attachment-definitions.k8s.cni.cncf.io",
            ] {
                #expect(resources.output.split(separator: "\n").contains(Substring(name)), "\(name)")
            }
            #expect(try await kubectl("api-versions").output.contains("k8s.cni.cncf.io/v1\n"))
            let explained = try await kubectl("explain", "pod.spec.containers.resources")
            #expect(explained.status == 0, "\(explained)")
            #expect(explained.output.contains("limits\t<map[string]"))
            #expect(try await kubectl("explain", "net-attach-def.spec.config").output.contains("<string>"))
            #expect(try await kubectl("get", "--raw", "/readyz").output == "ok")
            #expect(try await kubectl("cluster-info").status == 0)
        }
    }
}
