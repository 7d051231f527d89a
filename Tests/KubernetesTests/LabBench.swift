import Facts
import Foundation
import Transports

@testable import Kubernetes
@testable import Labs

/// The lab's API server with three nodes, Multus' kind of object and a running pod, and clients of it.
struct LabBench {
    let store: ObjectStore
    let faults: APIFaults
    let port: Int
    let authority: Certificates.Pair
    private let server: APIServer

    /// Made once for all benches: making them takes longer than most tests.
    private static let certificates = Task {
        let all = try await Certificates()
        return (
            all: all, server: try await all.server(), administrator: try await all.client(.administrator),
            jane: try await all.client(APIUser(name: "jane", groups: ["operators"]))
        )
    }

    /// Starts a server, lets `body` use it and stops it, whatever happens.
    ///
    /// - Parameter identity: what the server shows; `nil` for a certificate that is as it should be.
    static func run<Value: Sendable>(
        authorization: APIServerConfiguration.Authorization = .open, bookmarkInterval: Duration = .seconds(60),
        latency: Duration = .zero, identity: Certificates.Pair? = nil, _ body: (LabBench) async throws -> Value
    ) async throws -> Value {
        let bench = try await LabBench(authorization, bookmarkInterval, latency, identity)
        do {
            let value = try await body(bench)
            await bench.server.stop()
            return value
        } catch {
            await bench.server.stop()
            throw error
        }
    }

    private init(
        _ authorization: APIServerConfiguration.Authorization, _ bookmarkInterval: Duration, _ latency: Duration,
        _ identity: Certificates.Pair?
    ) async throws {
        let certificates = try await Self.certificates.value
        authority = certificates.all.authority
        store = ObjectStore(now: { .now })
        faults = APIFaults()
        let shown = identity ?? certificates.server
        var configuration = APIServerConfiguration(
            tls: .init(certificatePEM: shown.certificatePEM, keyPEM: shown.keyPEM, clientCAPEM: authority.certificatePEM))
        configuration.tokens = ["token-of-jane": APIUser(name: "jane", groups: ["operators"])]
        configuration.authorization = authorization
        configuration.bookmarkInterval = bookmarkInterval
        configuration.latency = latency
        configuration.faults = faults
        server = APIServer(store: store, runtime: FewCommands(), configuration: configuration)
        try await Self.furnish(store, authority: authority.certificatePEM)
        port = try await server.start().port
    }

    /// A kubeconfig's content is taken apart as the product does it.
    func client(
        token: String? = nil, change: (inout HTTPRoute) -> Void = { _ in }, engine: HTTPEngine? = nil
    ) async throws -> KubernetesClient {
        let certificates = try await Self.certificates.value
        var route = HTTPRoute(authorities: Array(authority.certificatePEM.utf8))
        if token == nil {
            route.clientCertificate = Array(certificates.administrator.certificatePEM.utf8)
            route.clientKey = Redacted(Array(certificates.administrator.keyPEM.utf8))
        }
        change(&route)
        let access = ClusterAccess(
            server: "https://127.0.0.1:\(port)", route: route, credentials: token.map { .token(Redacted($0)) } ?? .none,
            contextName: "lab", userName: "admin", origin: "context 'lab' of /etc/lab.yaml")
        var client = KubernetesClient(access: access, engine: try engine ?? HTTPEngine()) { .now }
        client.retrying.firstPause = .milliseconds(5)
        client.retrying.longestPause = .milliseconds(50)
        return client
    }

    /// Certificates that are wrong in one way or another.
    static func certificate(names: [String]) async throws -> Certificates.Pair {
        try await certificates.value.all.server(names: names)
    }

    static func authorityPair() async throws -> Certificates.Pair { try await certificates.value.all.authority }

    /// In PEM.
    static func authority() async throws -> String { try await certificates.value.all.authority.certificatePEM }

    static func administrator() async throws -> Certificates.Pair { try await certificates.value.administrator }

    private static func furnish(_ store: ObjectStore, authority: String) async throws {
        try await store.bootstrap(certificateAuthority: authority)
        try await store.create(definition, kind: .customResourceDefinitions)
        for number in 1...3 {
            try await store.create(["metadata": ["name": .string("worker\(number)")]], kind: .nodes)
        }
        try await store.create(runningPod("running", node: "worker1"), kind: .pods)
    }

    static func runningPod(_ name: String, node: String) -> JSONValue {
        [
            "metadata": ["name": .string(name), "labels": ["app": "seed"]],
            "spec": ["nodeName": .string(node), "containers": [["name": "c", "image": "busybox:1.28"]]],
            "status": [
                "phase": "Running",
                "containerStatuses": [
                    ["name": "c", "state": ["running": ["startedAt": "2026-11-23T22:00:17Z"]], "ready": true, "restartCount": 0]
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
                "singular": "network-attachment-definition", "listKind": "NetworkAttachmentDefinitionList",
            ],
            "versions": [
                [
                    "name": "v1", "served": true, "storage": true,
                    "schema": ["openAPIV3Schema": ["type": "object", "x-kubernetes-preserve-unknown-fields": true]],
                ]
            ],
        ],
    ]
}

/// Containers in which a handful of commands do what they do everywhere.
private struct FewCommands: PodRuntime {
    func exec(namespace: String, pod: String, container: String, argv: [String], stdin: [UInt8]) async -> ExecOutcome {
        switch argv.first {
        case "echo"?: return .ended(stdout: Array((argv.dropFirst().joined(separator: " ") + "\n").utf8), stderr: [], exitCode: 0)
        case "cat"?: return .ended(stdout: stdin, stderr: [], exitCode: 0)
        case "fail"?: return .ended(stdout: Array("out\n".utf8), stderr: Array("err\n".utf8), exitCode: Int(argv[1]) ?? 1)
        case "large"?: return .ended(stdout: Array(repeating: 0x78, count: Int(argv[1]) ?? 0), stderr: [], exitCode: 0)
        case "die"?: return .dropped(stdout: Array("half".utf8), stderr: [])
        default: return .commandNotFound(message: "exec: \"\(argv.first ?? "")\": executable file not found in $PATH: unknown")
        }
    }

    func logs(namespace: String, pod: String, container: String) async -> String? { nil }
}
