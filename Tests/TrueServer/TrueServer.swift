package import Foundation
@testable package import Labs

/// A true `kube-apiserver` with an `etcd` of its own on 127.0.0.1, where `KUBEBUILDER_ASSETS` names the folder of both programs.
///
/// Where that folder has a `kube-controller-manager` too it runs: it empties namespaces, publishes the authority's certificate and makes
/// service accounts. There is no kubelet and no scheduler: nothing starts pods or ends bound ones.
///
/// - Source: kube-apiserver's and etcd's reference of command line flags; which of them a server without a cluster needs:
///   controller-runtime, `pkg/internal/testing/controlplane/apiserver.go` and `etcd.go`.
package struct TrueServer: Sendable {
    /// The folder with both programs; nil where the variable is not set or one of them is missing.
    package static let assets: String? = {
        guard let folder = ProcessInfo.processInfo.environment["KUBEBUILDER_ASSETS"], !folder.isEmpty else { return nil }
        let programs = ["kube-apiserver", "etcd"].map { folder + "/" + $0 }
        return programs.allSatisfy { FileManager.default.isExecutableFile(atPath: $0) } ? folder : nil
    }()

    package static let hasControllers: Bool =
        assets.map { FileManager.default.isExecutableFile(atPath: $0 + "/kube-controller-manager") } ?? false

    /// `https://127.0.0.1:PORT`.
    package let url: String
    package let certificates: Certificates
    /// Of system:masters.
    package let administrator: Certificates.Pair
    /// Of a user jane in the group operators, who has no rights until they are given.
    package let jane: Certificates.Pair
    /// Of the administrator; jane's is `jane.kubeconfig` beside it.
    package let kubeconfig: String
    package let folder: URL
    private var processes: [TrueProcess]

    /// Starts all, lets `body` use the server and ends them by their process ids, whatever happens.
    package static func run<Value: Sendable>(
        assets: String, _ body: @Sendable (TrueServer) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plumbline-true-" + UUID().uuidString)
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let ports = try LoopbackPorts.free(for: ["etcd", "kube-apiserver"])
        var place = try await TrueServer(
            assets: assets, folder: folder, etcdPort: ports["etcd"] ?? 0, port: ports["kube-apiserver"] ?? 0)
        do {
            try await place.becomeReady()
            try await place.startControllers(assets)
            let value = try await body(place)
            await place.stop()
            return value
        } catch {
            await place.stop()
            throw error
        }
    }

    private init(assets: String, folder: URL, etcdPort: Int, port: Int) async throws {
        self.folder = folder
        url = "https://127.0.0.1:\(port)"
        certificates = try await Certificates()
        administrator = try await certificates.client(.administrator)
        jane = try await certificates.client(APIUser(name: "jane", groups: ["operators"]))
        kubeconfig = folder.appending(path: "admin.kubeconfig").path()
        try await Self.writeFiles(in: folder, port: port, certificates, administrator: administrator, jane: jane)
        var started = [try TrueProcess(assets + "/etcd", Self.etcdArguments(folder, etcdPort), in: folder)]
        do {
            let server = Self.serverArguments(folder, etcdPort, port)
            started.insert(try TrueProcess(assets + "/kube-apiserver", server, in: folder), at: 0)
        } catch {
            for process in started { await process.end() }
            throw error
        }
        processes = started
    }

    private static func etcdArguments(_ folder: URL, _ port: Int) -> [String] {
        let address = "http://127.0.0.1:\(port)"
        return [
            "--data-dir=\(folder.appending(path: "etcd").path())", "--listen-client-urls=\(address)",
            "--advertise-client-urls=\(address)",
            "--listen-peer-urls=http://127.0.0.1:0",
        ]
    }

    private static func serverArguments(_ folder: URL, _ etcdPort: Int, _ port: Int) -> [String] {
        let path = folder.path() + "/"
        return [
            "--etcd-servers=http://127.0.0.1:\(etcdPort)", "--bind-address=127.0.0.1", "--secure-port=\(port)",
            "--cert-dir=\(path)", "--tls-cert-file=\(path)server.pem", "--tls-private-key-file=\(path)server.key",
            "--client-ca-file=\(path)ca.pem", "--authorization-mode=RBAC", "--allow-privileged=true",
            "--service-cluster-ip-range=10.0.0.0/24", "--service-account-issuer=https://127.0.0.1:\(port)/",
            "--service-account-key-file=\(path)signer.pem", "--service-account-signing-key-file=\(path)signer.key",
            "--endpoint-reconciler-type=none",
            // Without controllers nobody makes the default account.
            "--disable-admission-plugins=ServiceAccount",
        ]
    }

    /// Whether it still has a port without TLS, which is open unless it is told not to be: until 1.23.
    private static func isOld(_ program: String) async throws -> Bool {
        let told = try await Kubectl.run(program, ["--version"], stdin: "", seconds: 10).output
        let minor = told.split(separator: ".").dropFirst().first.flatMap { Int($0) }
        return minor.map { $0 < 24 } ?? false
    }

    private static func controllerArguments(_ folder: URL, isOld: Bool) -> [String] {
        let path = folder.path() + "/"
        return (isOld ? ["--port=0"] : []) + [
            "--kubeconfig=\(path)admin.kubeconfig", "--leader-elect=false", "--secure-port=0", "--root-ca-file=\(path)ca.pem",
            "--service-account-private-key-file=\(path)signer.key",
            // Nodes without a kubelet are no failure here.
            "--controllers=*,-nodelifecycle,-nodeipam",
        ]
    }

    private static func writeFiles(
        in folder: URL, port: Int, _ certificates: Certificates, administrator: Certificates.Pair, jane: Certificates.Pair
    ) async throws {
        let server = try await certificates.server()
        let signer = try await certificates.client(APIUser(name: "signer", groups: []))
        func kubeconfig(_ pair: Certificates.Pair) -> String {
            Kubeconfig.text(
                host: "127.0.0.1", port: port, authorityPEM: certificates.authority.certificatePEM,
                credential: .certificate(pair))
        }
        for (name, text) in [
            ("ca.pem", certificates.authority.certificatePEM), ("server.pem", server.certificatePEM),
            ("server.key", server.keyPEM), ("signer.pem", signer.certificatePEM), ("signer.key", signer.keyPEM),
            ("admin.kubeconfig", kubeconfig(administrator)),
            ("jane.kubeconfig", kubeconfig(jane)),
        ] {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
    }

    /// Waits until the server says that it is ready; each question waits for its answer, so that nothing spins.
    private func becomeReady() async throws {
        let kubectl = Kubectl(kubeconfig: kubeconfig)
        let start = ContinuousClock.now
        while ContinuousClock.now - start < .seconds(60), processes.allSatisfy(\.isRunning) {
            if try await kubectl("get", "--raw", "/readyz", "--request-timeout=2s").output == "ok" { return }
        }
        throw TrueServerProblem(
            description: "the API server was not ready after a minute\n" + processes.map(\.lastWords).joined(separator: "\n"))
    }

    /// They end at once when they find no server.
    private mutating func startControllers(_ assets: String) async throws {
        guard Self.hasControllers else { return }
        let program = assets + "/kube-controller-manager"
        let arguments = Self.controllerArguments(folder, isOld: try await Self.isOld(program))
        processes.insert(try TrueProcess(program, arguments, in: folder), at: 0)
    }

    /// The server before what it writes to, that it may still write its last words.
    private func stop() async {
        for process in processes { await process.end() }
    }
}

package struct TrueServerProblem: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) {
        self.description = description
    }
}
