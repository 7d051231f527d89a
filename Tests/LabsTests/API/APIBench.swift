import Facts
import Foundation
import Testing

@testable import Labs

/// A lab's API with three nodes, Multus' kind of object and a pod that runs, and files to reach it by.
struct APIBench {
    let store: ObjectStore
    let server: APIServer
    let faults: APIFaults
    let port: Int
    let certificates: Certificates
    let folder: URL
    /// The administrator's.
    var kubeconfig: String { folder.appending(path: "admin.kubeconfig").path() }

    /// Starts a server, lets `body` use it and stops it, whatever happens.
    static func run(
        authorization: APIServerConfiguration.Authorization = .open, bookmarkInterval: Duration = .seconds(60),
        runtime: any PodRuntime = EchoRuntime(), _ body: @Sendable (APIBench) async throws -> Void
    ) async throws {
        let bench = try await APIBench(
            authorization: authorization, bookmarkInterval: bookmarkInterval, runtime: runtime)
        do {
            try await body(bench)
        } catch {
            await bench.stop()
            throw error
        }
        await bench.stop()
    }

    private init(
        authorization: APIServerConfiguration.Authorization, bookmarkInterval: Duration, runtime: any PodRuntime
    ) async throws {
        certificates = try await SharedCertificates.value
        let identity = try await SharedCertificates.server
        store = ObjectStore(now: { .now })
        try await Self.furnish(store, authority: certificates.authority.certificatePEM)
        faults = APIFaults()
        var configuration = APIServerConfiguration(
            tls: .init(
                certificatePEM: identity.certificatePEM, keyPEM: identity.keyPEM,
                clientCAPEM: certificates.authority.certificatePEM))
        configuration.tokens = [
            "token-of-jane": APIUser(name: "jane", groups: ["operators"]), "token-of-root": .administrator,
            "token-only-get": APIUser(name: "jane", groups: ["only-get"]),
            "token-only-create": APIUser(name: "jane", groups: ["only-create"]), "tok-admin-1234567890": .administrator,
        ]
        configuration.authorization = authorization
        configuration.bookmarkInterval = bookmarkInterval
        configuration.faults = faults
        server = APIServer(store: store, runtime: runtime, configuration: configuration)
        port = try await server.start().port
        folder = FileManager.default.temporaryDirectory.appending(path: "plumbline-test-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        try write(.certificate(try await SharedCertificates.administrator), to: "admin.kubeconfig")
        try write(.token("token-of-jane"), to: "jane.kubeconfig")
    }

    /// One request over HTTPS on a connection of its own, and its whole answer.
    func request(
        _ method: String, _ path: String, token: String? = "token-of-root", type: String = "application/json",
        headers: [String] = [], body: String = ""
    ) async throws -> Recording {
        let outcome = try await RawClient(port: port).exchange(
            Self.text(method, path, token: token, type: type, headers: headers, body: body))
        return try Recording(bytes: outcome.bytes)
    }

    static func text(
        _ method: String, _ path: String, token: String? = "token-of-root", type: String = "application/json",
        headers: [String] = [], body: String = ""
    ) -> String {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1", "User-Agent: bench/1"] + headers
        if let token { lines.append("Authorization: Bearer \(token)") }
        if !headers.contains(where: { $0.hasPrefix("Connection:") }) { lines.append("Connection: close") }
        if !body.isEmpty { lines += ["Content-Type: \(type)", "Content-Length: \(body.utf8.count)"] }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    private func write(_ credential: Kubeconfig.Credential, to name: String) throws {
        let text = Kubeconfig.text(
            host: "127.0.0.1", port: port, authorityPEM: certificates.authority.certificatePEM, credential: credential)
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    private func stop() async {
        await server.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    static func furnish(_ store: ObjectStore, authority: String) async throws {
        try await store.bootstrap(certificateAuthority: authority)
        try await store.create(definition, kind: .customResourceDefinitions)
        for node in nodes { try await store.create(node, kind: .nodes) }
        try await store.create(runningPod("running", node: "worker1"), kind: .pods)
    }

    static let nodes: [JSONValue] = (1...3).map { number in
        [
            "metadata": [
                "name": .string("worker\(number)"), "labels": ["kubernetes.io/hostname": .string("worker\(number)")],
            ],
            "status": [
                "capacity": ["cpu": "2", "intel.com/intel_sriov_netdevice": "8"],
                "allocatable": ["cpu": "2", "intel.com/intel_sriov_netdevice": "8"],
                "conditions": [["type": "Ready", "status": "True", "reason": "KubeletReady"]],
                "addresses": [["type": "InternalIP", "address": .string("10.88.0.1\(number)")]],
                "nodeInfo": [
                    "kubeletVersion": "v1.36.2", "osImage": "Debian GNU/Linux 12 (bookworm)",
                    "kernelVersion": "6.1.0-28-amd64", "architecture": "amd64",
                    "containerRuntimeVersion": "containerd://1.6.20",
                ],
            ],
        ]
    }

    static func runningPod(_ name: String, node: String) -> JSONValue {
        [
            "metadata": ["name": .string(name), "labels": ["app": "seed"]],
            "spec": ["nodeName": .string(node), "containers": [["name": "c", "image": "busybox:1.28"]]],
            "status": [
                "phase": "Running", "podIP": "10.244.1.2", "podIPs": [["ip": "10.244.1.2"]], "hostIP": "10.88.0.11",
                "startTime": "2026-11-23T22:00:16Z",
                "conditions": [
                    ["type": "Ready", "status": "True", "lastProbeTime": nil, "lastTransitionTime": "2026-11-23T22:00:17Z"]
                ],
                "containerStatuses": [
                    [
                        "name": "c", "state": ["running": ["startedAt": "2026-11-23T22:00:17Z"]], "lastState": [:],
                        "ready": true, "restartCount": 0, "image": "docker.io/library/busybox:1.28", "imageID": "sha256:0",
                        "started": true,
                    ]
                ],
            ],
        ]
    }

    static let definition: JSONValue = [
        "metadata": ["name": "network-attachment-definitions.k8s.cni.cncf.io"],
        "spec": [
            "group": "k8s.cni.cncf.io", "scope": "Namespaced",
            "names": [
                "kind": "NetworkAttachmentDefinition", "plural": "network-attachment-definitions",
                "singular": "network-attachment-definition", "shortNames": ["net-attach-def"],
                "listKind": "NetworkAttachmentDefinitionList",
            ],
            "versions": [
                [
                    "name": "v1", "served": true, "storage": true,
                    "schema": [
                        "openAPIV3Schema": [
                            "type": "object",
                            "properties": [
                                "apiVersion": ["type": "string"], "kind": ["type": "string"], "metadata": ["type": "object"],
                                "spec": ["type": "object", "properties": ["config": ["type": "string"]]],
                            ],
                        ]
                    ],
                ]
            ],
        ],
    ]
}

/// Made once for all benches: making them takes longer than most tests.
enum SharedCertificates {
    private static let all = Task {
        let certificates = try await Certificates()
        return (
            certificates: certificates, server: try await certificates.server(),
            administrator: try await certificates.client(.administrator)
        )
    }
    static var value: Certificates { get async throws { try await all.value.certificates } }
    static var server: Certificates.Pair { get async throws { try await all.value.server } }
    static var administrator: Certificates.Pair { get async throws { try await all.value.administrator } }
}

/// Containers in which a handful of commands do what they do everywhere.
struct EchoRuntime: PodRuntime {
    func exec(namespace: String, pod: String, container: String, argv: [String], stdin: [UInt8]) async -> ExecOutcome {
        switch argv.first {
        case "echo"?: return .ended(stdout: Array((argv.dropFirst().joined(separator: " ") + "\n").utf8), stderr: [], exitCode: 0)
        case "cat"?: return .ended(stdout: stdin, stderr: [], exitCode: 0)
        case "fail"?: return .ended(stdout: Array("out\n".utf8), stderr: Array("err\n".utf8), exitCode: Int(argv[1]) ?? 1)
        case "large"?: return .ended(stdout: Array(repeating: 0x78, count: Int(argv[1]) ?? 0), stderr: [], exitCode: 0)
        case "die"?: return .dropped(stdout: Array("half".utf8), stderr: [])
        default:
            return .commandNotFound(
                message:
                    "error executing command in container: failed to exec in container: failed to start exec \"0\": OCI runtime"
                    + " exec failed: exec failed: unable to start container process: exec: \"\(argv.first ?? "")\": executable file"
                    + " not found in $PATH: unknown")
        }
    }

    func logs(namespace: String, pod: String, container: String) async -> String? { "The app is running!\n" }
}
