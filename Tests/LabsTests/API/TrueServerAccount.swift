import Facts
import Foundation
import Testing
import TrueServer

@testable import Labs

extension Kubectl {
    static let missing: Comment = "no kubectl of 1.31 or newer on this machine: the suite of its calls is skipped"
}

extension TrueServer {
    static let needsKubelet: Comment = "needs a kubelet or controllers, which a true API server does not bring"

    /// What the lab's bench has too: Multus' kind, three nodes, a pod that runs, and what controllers would have made.
    func furnish() async throws {
        let kubectl = Kubectl(kubeconfig: kubeconfig)
        func list(_ objects: [JSONValue]) -> String {
            JSONValue.object([.init("apiVersion", "v1"), .init("kind", "List"), .init("items", .array(objects))]).compactText
        }
        let handmade: [JSONValue] =
            TrueServer.hasControllers
            ? []
            : [
                ["apiVersion": "v1", "kind": "ServiceAccount", "metadata": ["name": "default", "namespace": "default"]],
                ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "kube-root-ca.crt", "namespace": "default"]],
            ]
        let made = list(
            [APIBench.definition.merged(kind: "CustomResourceDefinition", version: "apiextensions.k8s.io/v1")] + handmade
                + APIBench.nodes.map { $0.merged(kind: "Node", version: "v1") } + [
                    APIBench.runningPod("running", node: "worker1").merged(kind: "Pod", version: "v1")
                ])
        try await succeed(kubectl("create", "-f", "-", stdin: made))
        try await succeed(
            kubectl(
                "wait", "--for=condition=Established", "crd/network-attachment-definitions.k8s.cni.cncf.io", "--timeout=20s"))
        for node in APIBench.nodes { try await report(node, "nodes") }
        try await report(APIBench.runningPod("running", node: "worker1"), "pods")
    }

    /// A pod and its status.
    func create(_ pod: JSONValue) async throws {
        let text = pod.merged(kind: "Pod", version: "v1").compactText
        try await succeed(Kubectl(kubeconfig: kubeconfig)("create", "-f", "-", stdin: text))
        try await report(pod, "pods")
    }

    /// Writes an object's status, as its kubelet would.
    private func report(_ object: JSONValue, _ resource: String) async throws {
        let status = JSONValue.object([.init("status", object["status"] ?? [:])]).compactText
        try await succeed(
            Kubectl(kubeconfig: kubeconfig)(
                "patch", resource, object.text(at: "metadata", "name") ?? "", "--subresource=status", "--type=merge", "-p", status
            ))
    }

    private func succeed(_ outcome: Kubectl.Outcome) throws {
        if outcome.status != 0 { throw TrueServerProblem(description: outcome.description) }
    }
}

extension JSONValue {
    /// The same object as a request has it, with its kind.
    fileprivate func merged(kind: String, version: String) -> JSONValue {
        let head: [Member] = [.init("apiVersion", .string(version)), .init("kind", .string(kind))]
        return .object(head + (members ?? []).filter { $0.key != "status" })
    }
}

/// Says what did not run.
@Suite("A true API server") struct TrueServerAccount {
    @Test("Where there is none, it is said how many tests of the suite have met the lab's API alone")
    func told() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let sources = try ["KubectlSuite.swift", "KubectlSuite+Writing.swift"].map {
            try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
        }.joined()
        let all = sources.components(separatedBy: "    @Test").count - 1
        let bound = sources.components(separatedBy: "TrueServer.needsKubelet").count - 1
        #expect(all > 10 && bound < all)
        if TrueServer.assets == nil {
            print(
                "KUBEBUILDER_ASSETS names no folder with kube-apiserver and etcd: \(all - bound) tests were skipped against a true "
                    + "API server; \(bound) more would need a kubelet")
        } else {
            print("\(all - bound) tests ran against a true API server; \(bound) were skipped, which need a kubelet")
        }
    }
}
