internal import Facts
internal import Foundation

/// The site's Kubernetes API, up and filled, and the kubeconfig that reaches it.
struct ClusterFront: Sendable {
    let kubeconfig: String
    private let server: APIServer

    /// Makes keys, fills the store, listens, and writes the kubeconfig.
    ///
    /// - Throws: when there is no `openssl`, or the store is not empty.
    static func open(_ cluster: Cluster, in directory: String) async throws -> ClusterFront {
        let certificates = try await Certificates()
        async let serverPair = certificates.server()
        async let clientPair = certificates.client(.administrator)
        try await cluster.store.bootstrap(certificateAuthority: certificates.authority.certificatePEM)
        try await ClusterContents(cluster: cluster).write()
        let pair = try await serverPair
        var configuration = APIServerConfiguration(
            tls: .init(
                certificatePEM: pair.certificatePEM, keyPEM: pair.keyPEM, clientCAPEM: certificates.authority.certificatePEM))
        configuration.latency = cluster.site.latencies.api
        configuration.faults = APIFaults(await cluster.fabric.read { $0.apiFaults })
        configuration.wait = { await cluster.wait($0, for: "api") }
        let runtime = SiteRuntime(fabric: cluster.fabric, ledger: cluster.ledger)
        let server = APIServer(store: cluster.store, runtime: runtime, configuration: configuration)
        let (host, port) = try await server.start()
        let text = Kubeconfig.text(
            host: host, port: port, authorityPEM: certificates.authority.certificatePEM,
            credential: .certificate(try await clientPair))
        let path = directory + "/kubeconfig"
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        // It holds a key.
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return ClusterFront(kubeconfig: path, server: server)
    }

    func close() async { await server.stop() }
}
