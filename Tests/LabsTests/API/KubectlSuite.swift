import Facts
import Foundation
import Testing

@testable import Labs

/// The lab's API held to the true client.
@Suite(.enabled(if: Kubectl.path != nil, Kubectl.missing), .timeLimit(.minutes(2)))
struct KubectlSuite {
    private static let manifest = """
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

    /// Runs a test against a bench whose pods are started and ended by a kubelet.
    private func run(
        authorization: APIServerConfiguration.Authorization = .open,
        _ body: @escaping @Sendable (APIBench, Kubectl) async throws -> Void
    ) async throws {
        try await APIBench.run(authorization: authorization) { bench in
            try await withThrowingTaskGroup { group in
                group.addTask { await BenchKubelet(store: bench.store).run() }
                try await body(bench, Kubectl(kubeconfig: bench.kubeconfig))
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
        try await run { bench, kubectl in
            try await bench.store.create(APIBench.runningPod("other", node: "worker3"), kind: .pods)
            try await bench.store.change(.pods, namespace: "default", name: "other") {
                $0.set("metadata", "labels", "app", to: "x")
            }
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
        try await run { bench, kubectl in
            let pod = try await bench.store.get(.pods, namespace: "default", name: "running")
            try await bench.store.create(
                [
                    "metadata": ["name": "running.1"],
                    "involvedObject": [
                        "kind": "Pod", "namespace": "default", "name": "running", "uid": pod.value(at: "metadata", "uid") ?? "",
                        "apiVersion": "v1",
                    ],
                    "reason": "FailedScheduling", "message": "0/3 nodes are available", "type": "Warning",
                    "source": ["component": "default-scheduler"], "count": 1, "firstTimestamp": "2026-11-23T22:00:16Z",
                    "lastTimestamp": "2026-11-23T22:00:16Z", "reportingComponent": "", "reportingInstance": "",
                ], kind: .events, namespace: "default")
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

    @Test func createApplyDiffAndDelete() async throws {
        try await run { bench, kubectl in
            let file = bench.folder.appending(path: "made.yaml")
            try Data(Self.manifest.utf8).write(to: file)
            let first = try await kubectl("apply", "-f", file.path())
            #expect(
                first.output
                    == "networkattachmentdefinition.k8s.cni.cncf.io/sriov-201 created\npod/made created\n", "\(first)")
            let again = try await kubectl("apply", "-f", file.path())
            #expect(
                again.output
                    == "networkattachmentdefinition.k8s.cni.cncf.io/sriov-201 unchanged\npod/made unchanged\n", "\(again)")
            #expect(try await kubectl("diff", "-f", file.path()).status == 0)
            try Data(Self.manifest.replacingOccurrences(of: "first", with: "second").utf8).write(to: file)
            let diff = try await kubectl("diff", "-f", file.path())
            #expect(diff.status == 1)
            #expect(diff.output.contains("-    app: first") && diff.output.contains("+    app: second"), "\(diff)")
            #expect(try await kubectl("apply", "-f", file.path()).output.contains("pod/made configured"))
            #expect(try await kubectl("get", "pod", "made", "-o", "jsonpath={.metadata.labels.app}").output == "second")
            let taken = try await kubectl("create", "-f", file.path())
            #expect(taken.status == 1)
            #expect(taken.errors.contains("Error from server (AlreadyExists)"), "\(taken)")
            let deleted = try await kubectl("delete", "-f", file.path(), "--wait", "--timeout=20s")
            #expect(deleted.status == 0, "\(deleted)")
            #expect(try await kubectl("get", "pod", "made").errors.contains("pods \"made\" not found"))
        }
    }

    @Test func devicesAreRequestedAsLimited() async throws {
        try await run { _, kubectl in
            _ = try await kubectl("create", "-f", "-", stdin: Self.manifest)
            let requests = try await kubectl("get", "pod", "made", "-o", "jsonpath={.spec.containers[0].resources.requests}")
            #expect(requests.output == #"{"intel.com/intel_sriov_netdevice":"1"}"#)
        }
    }

    @Test func serverSideApplyKeepsOwnersApart() async throws {
        try await run { _, kubectl in
            let first = try await kubectl("apply", "--server-side", "--field-manager=alpha", "-f", "-", stdin: Self.manifest)
            #expect(first.status == 0, "\(first)")
            let other = Self.manifest.replacingOccurrences(of: "first", with: "second")
            let conflict = try await kubectl("apply", "--server-side", "--field-manager=beta", "-f", "-", stdin: other)
            #expect(conflict.status == 1)
            #expect(
                conflict.errors.contains(#"Apply failed with 1 conflict: conflict with "alpha": .metadata.labels.app"#),
                "\(conflict)")
            let forced = try await kubectl(
                "apply", "--server-side", "--field-manager=beta", "--force-conflicts", "-f", "-", stdin: other)
            #expect(forced.status == 0, "\(forced)")
            let moved = try await kubectl("apply", "-f", "-", stdin: Self.manifest)
            #expect(moved.status == 0, "\(moved)")
        }
    }

    @Test func patchesOfThreeKinds() async throws {
        try await run { _, kubectl in
            _ = try await kubectl("create", "-f", "-", stdin: Self.manifest)
            let strategic = try await kubectl(
                "patch", "pod", "made", "-p", #"{"spec":{"containers":[{"name":"c","image":"busybox:1.36"}]}}"#)
            #expect(strategic.output == "pod/made patched\n", "\(strategic)")
            let image = try await kubectl(
                "get", "pod", "made", "-o", "jsonpath={.spec.containers[*].image} {.spec.containers[0].command[0]}")
            #expect(image.output == "busybox:1.36 sleep", "the container's other members are kept")
            let merge = try await kubectl(
                "patch", "net-attach-def", "sriov-201", "--type", "merge", "-p", #"{"spec":{"config":"{}"}}"#)
            #expect(merge.status == 0, "\(merge)")
            let json = try await kubectl(
                "patch", "pod", "made", "--type", "json", "-p", #"[{"op":"add","path":"/metadata/labels/b","value":"c"}]"#)
            #expect(json.status == 0, "\(json)")
            #expect(
                try await kubectl("get", "pod", "made", "-o", "jsonpath={.metadata.labels}").output == #"{"app":"first","b":"c"}"#
            )
            let refused = try await kubectl("patch", "net-attach-def", "sriov-201", "-p", #"{"spec":{"config":"{}"}}"#)
            #expect(refused.status == 1)
            #expect(refused.errors.contains("is not supported by k8s.cni.cncf.io/v1"), "\(refused)")
            let fixed = try await kubectl("patch", "pod", "made", "-p", #"{"spec":{"nodeName":"worker3"}}"#)
            #expect(fixed.errors.contains("pod updates may not change fields other than"), "\(fixed)")
            for arguments in [["label", "pod", "made", "x=y"], ["annotate", "pod", "made", "x=y"]] {
                #expect(try await kubectl(arguments[0], arguments[1], arguments[2], arguments[3]).status == 0)
            }
        }
    }

    @Test func waitEndsWhenItsConditionHolds() async throws {
        try await run { _, kubectl in
            _ = try await kubectl("create", "-f", "-", stdin: Self.manifest)
            let ready = try await kubectl("wait", "--for=condition=Ready", "pod/made", "--timeout=20s")
            #expect(ready.output == "pod/made condition met\n", "\(ready)")
            let phase = try await kubectl("wait", "--for=jsonpath={.status.phase}=Running", "pod/made", "--timeout=20s")
            #expect(phase.status == 0, "\(phase)")
            async let gone = kubectl("wait", "--for=delete", "pod/made", "--timeout=20s")
            _ = try await kubectl("delete", "pod", "made", "--wait=false")
            #expect(try await gone.status == 0)
            let never = try await kubectl("wait", "--for=condition=Ready", "pod/made", "--timeout=1s")
            #expect(never.status == 1)
        }
    }

    @Test func aWatchSeesWhatHappens() async throws {
        try await run { bench, kubectl in
            let from = await bench.store.resourceVersion
            async let seen = kubectl("get", "pods", "--watch-only", "-o", "name", "--request-timeout=3s")
            // The lab tells when the watch has come.
            while await !bench.faults.requests.contains(where: { $0.verb == "watch" }) { await Task.yield() }
            try await bench.store.create(APIBench.runningPod("late", node: "worker1"), kind: .pods)
            #expect(try await seen.output.contains("pod/late"), "from \(from)")
        }
    }

    @Test func execRunsCommandsWithInput() async throws {
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

    @Test func tenMegabytesArriveWhole() async throws {
        try await run { _, kubectl in
            let outcome = try await kubectl("exec", "running", "--", "large", "10000000")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.utf8.count == 10_000_000)
        }
    }

    @Test func logsArePrinted() async throws {
        try await run { _, kubectl in
            let whole = try await kubectl("logs", "running")
            #expect(whole.output == "The app is running!\n")
            let last = try await kubectl("logs", "running", "--tail=1")
            #expect(last.output == "The app is running!\n")
        }
    }

    @Test func namespacesComeAndGoWithWhatTheyHold() async throws {
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
        try await run(authorization: .rbac) { bench, kubectl in
            let jane = Kubectl(kubeconfig: bench.folder.appending(path: "jane.kubeconfig").path())
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
            #expect(try await jane("auth", "whoami", "-o", "jsonpath={.status.userInfo.username}").output == "jane")
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

    @Test func mistakesAreFoundBeforeAnythingIsMade() async throws {
        try await run { _, kubectl in
            let typo = Self.manifest.replacingOccurrences(of: "nodeName", with: "nodename")
            let strict = try await kubectl("create", "-f", "-", stdin: typo)
            #expect(strict.status == 1)
            #expect(strict.errors.contains(#"unknown field "spec.nodename""#), "\(strict)")
            let warned = try await kubectl("create", "--validate=warn", "--dry-run=server", "-f", "-", stdin: typo)
            #expect(warned.errors.contains(#"Warning: unknown field "spec.nodename""#), "\(warned)")
            #expect(try await kubectl("get", "pod", "made").status == 1, "a dry run keeps nothing")
        }
    }

    @Test func aDefinitionThatIsAppliedServesItsKind() async throws {
        try await run { _, kubectl in
            let definition = """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: sriovnetworks.sriovnetwork.openshift.io}
                spec:
                  group: sriovnetwork.openshift.io
                  scope: Namespaced
                  names: {kind: SriovNetwork, plural: sriovnetworks, singular: sriovnetwork}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    subresources: {status: {}}
                    additionalPrinterColumns:
                    - {name: VLAN, type: integer, jsonPath: .spec.vlan}
                    schema:
                      openAPIV3Schema:
                        type: object
                        properties:
                          spec: {type: object, properties: {vlan: {type: integer}}}
                          status: {type: object, x-kubernetes-preserve-unknown-fields: true}

                """
            #expect(try await kubectl("apply", "-f", "-", stdin: definition).status == 0)
            #expect(
                try await kubectl(
                    "wait", "--for=condition=Established", "crd/sriovnetworks.sriovnetwork.openshift.io", "--timeout=10s"
                ).status == 0)
            let object = """
                apiVersion: sriovnetwork.openshift.io/v1
                kind: SriovNetwork
                metadata: {name: made}
                spec: {vlan: 201}

                """
            #expect(try await kubectl("apply", "-f", "-", stdin: object).status == 0)
            let table = try await kubectl("get", "sriovnetworks")
            #expect(
                table.output.split(separator: "\n").map { $0.split(separator: " ") } == [["NAME", "VLAN"], ["made", "201"]])
            let wrong = try await kubectl("apply", "-f", "-", stdin: object.replacingOccurrences(of: "201", with: "\"x\""))
            #expect(wrong.errors.contains("must be of type integer"), "\(wrong)")
        }
    }
}

/// Starts pods that are bound to a node and ends those that are marked, at once.
private struct BenchKubelet {
    let store: ObjectStore

    func run() async {
        // A watch from now on is never refused.
        guard let changes = try? await store.watch(.pods) else { return }
        for await event in changes where event.change != .deleted {
            if event.object.text(at: "metadata", "deletionTimestamp") != nil {
                // Gone meanwhile is as good as ended.
                try? await store.remove(.pods, namespace: event.namespace, name: event.name)
            } else if event.object.text(at: "status", "phase") == "Pending", event.object.text(at: "spec", "nodeName") != nil {
                _ = try? await store.change(
                    .pods, namespace: event.namespace, name: event.name, options: WriteOptions(fieldManager: "kubelet")
                ) { pod in
                    pod.set("status", "phase", to: "Running")
                    pod.set("status", "conditions", to: [["type": "Ready", "status": "True"]])
                }
            }
        }
    }
}
