import Facts
import Foundation
import Testing

@testable import Labs

/// A true `kube-apiserver` with an `etcd` of its own on 127.0.0.1, where `KUBEBUILDER_ASSETS` names the folder of both programs.
///
/// There is no kubelet and no controller manager: nothing starts pods, ends bound ones or empties namespaces.
///
/// - Source: kube-apiserver's and etcd's reference of command line flags; which of them a server without a cluster needs:
///   controller-runtime, `pkg/internal/testing/controlplane/apiserver.go` and `etcd.go`.
struct TrueServer {
    /// The folder with both programs; nil where the variable is not set or one of them is missing.
    static let assets: String? = {
        guard let folder = ProcessInfo.processInfo.environment["KUBEBUILDER_ASSETS"], !folder.isEmpty else { return nil }
        let programs = ["kube-apiserver", "etcd"].map { folder + "/" + $0 }
        return programs.allSatisfy { FileManager.default.isExecutableFile(atPath: $0) } ? folder : nil
    }()

    static let needsKubelet: Comment = "needs a kubelet or controllers, which a true API server does not bring"

    let kubeconfig: String
    let folder: URL
    private let processes: [Process]

    /// Starts both, lets `body` use the server and ends them by their process ids, whatever happens.
    static func run(assets: String, _ body: @Sendable (TrueServer) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plumbline-true-" + UUID().uuidString)
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let ports = try LoopbackPorts.free(for: ["etcd", "kube-apiserver"])
        let (etcdPort, port) = (ports["etcd"] ?? 0, ports["kube-apiserver"] ?? 0)
        try await writeFiles(in: folder, port: port)
        let etcd = try start(assets + "/etcd", etcdArguments(folder, etcdPort), folder)
        do {
            let server = try start(assets + "/kube-apiserver", serverArguments(folder, etcdPort, port), folder)
            let place = TrueServer(
                kubeconfig: folder.appending(path: "admin.kubeconfig").path(), folder: folder, processes: [server, etcd])
            do {
                try await place.becomeReady()
                try await place.furnish()
                try await body(place)
            } catch {
                await place.stop()
                throw error
            }
            await place.stop()
        } catch {
            await end(etcd)
            throw error
        }
    }

    private static func etcdArguments(_ folder: URL, _ port: Int) -> [String] {
        let address = "http://127.0.0.1:\(port)"
        return [
            "--data-dir=\(folder.path())etcd", "--listen-client-urls=\(address)", "--advertise-client-urls=\(address)",
            "--listen-peer-urls=http://127.0.0.1:0",
        ]
    }

    private static func serverArguments(_ folder: URL, _ etcdPort: Int, _ port: Int) -> [String] {
        let path = folder.path()
        return [
            "--etcd-servers=http://127.0.0.1:\(etcdPort)", "--bind-address=127.0.0.1", "--secure-port=\(port)",
            "--cert-dir=\(path)", "--tls-cert-file=\(path)server.pem", "--tls-private-key-file=\(path)server.key",
            "--client-ca-file=\(path)ca.pem", "--authorization-mode=RBAC", "--allow-privileged=true",
            "--service-cluster-ip-range=10.0.0.0/24", "--service-account-issuer=https://127.0.0.1:\(port)/",
            "--service-account-key-file=\(path)signer.key", "--service-account-signing-key-file=\(path)signer.key",
            // The controllers that make the default account are not there.
            "--disable-admission-plugins=ServiceAccount",
        ]
    }

    private static func writeFiles(in folder: URL, port: Int) async throws {
        let certificates = try await SharedCertificates.value
        let server = try await SharedCertificates.server
        let signer = try await certificates.client(APIUser(name: "signer", groups: []))
        let jane = try await certificates.client(APIUser(name: "jane", groups: ["operators"]))
        func kubeconfig(_ pair: Certificates.Pair) -> String {
            Kubeconfig.text(
                host: "127.0.0.1", port: port, authorityPEM: certificates.authority.certificatePEM,
                credential: .certificate(pair))
        }
        for (name, text) in [
            ("ca.pem", certificates.authority.certificatePEM), ("server.pem", server.certificatePEM),
            ("server.key", server.keyPEM), ("signer.key", signer.keyPEM),
            ("admin.kubeconfig", kubeconfig(try await SharedCertificates.administrator)), ("jane.kubeconfig", kubeconfig(jane)),
        ] {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
    }

    private static func start(_ program: String, _ arguments: [String], _ folder: URL) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let log = folder.appending(path: URL(filePath: program).lastPathComponent + ".log")
        try Data().write(to: log)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: log)
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        return process
    }

    /// Waits until the server says that it is ready; each question waits for its answer, so that nothing spins.
    private func becomeReady() async throws {
        let kubectl = Kubectl(kubeconfig: kubeconfig)
        let start = ContinuousClock.now
        while ContinuousClock.now - start < .seconds(60), processes.allSatisfy(\.isRunning) {
            if try await kubectl("get", "--raw", "/readyz", "--request-timeout=2s").output == "ok" { return }
        }
        let logs = ["kube-apiserver.log", "etcd.log"].map { name in
            let text = (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
            return "\(name): …\(text.suffix(1500))"
        }
        throw TrueServerProblem(description: "the API server was not ready after a minute\n" + logs.joined(separator: "\n"))
    }

    /// What the lab's bench has too: Multus' kind, three nodes, a pod that runs, and what controllers would have made.
    private func furnish() async throws {
        let kubectl = Kubectl(kubeconfig: kubeconfig)
        func list(_ objects: [JSONValue]) -> String {
            JSONValue.object([.init("apiVersion", "v1"), .init("kind", "List"), .init("items", .array(objects))]).compactText
        }
        let made = list(
            [
                APIBench.definition.merged(kind: "CustomResourceDefinition", version: "apiextensions.k8s.io/v1"),
                ["apiVersion": "v1", "kind": "ServiceAccount", "metadata": ["name": "default", "namespace": "default"]],
                ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "kube-root-ca.crt", "namespace": "default"]],
            ] + APIBench.nodes.map { $0.merged(kind: "Node", version: "v1") } + [
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
    func report(_ object: JSONValue, _ resource: String) async throws {
        let status = JSONValue.object([.init("status", object["status"] ?? [:])]).compactText
        try await succeed(
            Kubectl(kubeconfig: kubeconfig)(
                "patch", resource, object.text(at: "metadata", "name") ?? "", "--subresource=status", "--type=merge", "-p", status
            ))
    }

    private func succeed(_ outcome: Kubectl.Outcome) throws {
        if outcome.status != 0 { throw TrueServerProblem(description: outcome.description) }
    }

    /// The server first, that it may still write its last words.
    private func stop() async {
        for process in processes { await Self.end(process) }
    }

    private static func end(_ process: Process) async {
        guard process.isRunning else { return }
        process.terminate()
        let killer = Task {
            try await Task.sleep(for: .seconds(10))
            kill(process.processIdentifier, SIGKILL)
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                process.waitUntilExit()
                continuation.resume()
            }
        }
        killer.cancel()
    }
}

struct TrueServerProblem: Error, CustomStringConvertible {
    let description: String
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
