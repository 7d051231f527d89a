internal import Facts
internal import Foundation

/// The site's Kubernetes API, up and filled, and the kubeconfig that reaches it.
struct ClusterFront: Sendable {
    let kubeconfig: String
    /// Of a user who may do everything, also where roles decide.
    let administratorKubeconfig: String
    let api: LabAPI
    private let server: APIServer

    /// Makes keys, fills the store, listens, and writes the kubeconfig.
    ///
    /// - Parameters:
    ///   - runtime: runs what `exec` asks for.
    ///   - access: who may do what, and who takes note of it.
    /// - Throws: `LabError` when there is no `openssl`; `StoreRefusal` when the store is not empty.
    static func open(_ cluster: Cluster, runtime: any PodRuntime, access: SiteAccess, in directory: String) async throws
        -> ClusterFront
    {
        let keys: Keys
        do { keys = try await Keys.make() } catch let error as CertificateError { throw LabError(error.description) }
        let certificates = keys.certificates
        try await cluster.store.bootstrap(certificateAuthority: certificates.authority.certificatePEM)
        try await ClusterContents(cluster: cluster).write()
        let pair = keys.server
        var configuration = APIServerConfiguration(
            tls: .init(
                certificatePEM: pair.certificatePEM, keyPEM: pair.keyPEM, clientCAPEM: certificates.authority.certificatePEM))
        configuration.foreignTLS = .init(
            certificatePEM: keys.foreign.certificatePEM, keyPEM: keys.foreign.keyPEM,
            clientCAPEM: certificates.authority.certificatePEM)
        configuration.latency = cluster.site.latencies.api
        configuration.faults = APIFaults(await cluster.fabric.read { $0.apiFaults })
        configuration.wait = { await cluster.wait($0, for: "api") }
        configuration.authorization = access.enforcesRoles ? .rbac : .open
        configuration.audit = access.log
        let token = UUID().uuidString
        configuration.tokens = [token: .operatorUser]
        let server = APIServer(store: cluster.store, runtime: runtime, configuration: configuration)
        let (host, port) = try await server.start()
        let name = cluster.site.kind == .emulated ? "plumbline-lab-emulated" : "plumbline-lab"
        func write(_ credential: Kubeconfig.Credential, to path: String) throws -> String {
            let text = Kubeconfig.text(
                host: host, port: port, authorityPEM: certificates.authority.certificatePEM, credential: credential,
                name: name)
            try text.write(toFile: path, atomically: false, encoding: .utf8)
            // It holds a key.
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            return path
        }
        let administrator = try write(.certificate(keys.client), to: directory + "/kubeconfig")
        let own = access.enforcesRoles ? try write(.token(token), to: directory + "/operator.kubeconfig") : administrator
        return ClusterFront(
            kubeconfig: own, administratorKubeconfig: administrator,
            api: LabAPI(store: cluster.store, faults: configuration.faults), server: server)
    }

    /// The throwaway keys of one site.
    private struct Keys: Sendable {
        let certificates: Certificates
        let server: Certificates.Pair
        /// By the same authority, for another machine.
        let foreign: Certificates.Pair
        let client: Certificates.Pair

        static func make() async throws -> Keys {
            let certificates = try await Certificates()
            async let server = certificates.server()
            async let foreign = certificates.server(names: ["DNS:other.example.net"])
            async let client = certificates.client(.administrator)
            return try await Keys(certificates: certificates, server: server, foreign: foreign, client: client)
        }
    }

    func close() async { await server.stop() }
}
