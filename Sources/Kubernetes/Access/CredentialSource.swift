internal import Facts
internal import Foundation
internal import Transports

/// Gives each request the header fields and the certificate that prove who asks.
actor CredentialSource {
    /// What one request is sent with.
    struct Proof: Sendable {
        var headers = HTTPHeaders()
        /// `nil` leaves the route's own.
        var certificate: (chain: [UInt8], key: Redacted<[UInt8]>)?
        /// Names what a plugin gave; `nil` for everything that would be the same another time.
        fileprivate(set) var generation: Int?
    }

    private let access: ClusterAccess
    private let now: @Sendable () -> Timestamp
    private var cached: PluginCredential?
    private var generation = 0
    /// The plugin while it runs, so that requests that come meanwhile wait for the same run.
    private var running: Task<Result<PluginCredential, KubernetesFailure>, Never>?

    init(_ access: ClusterAccess, now: @escaping @Sendable () -> Timestamp) {
        self.access = access
        self.now = now
    }

    /// - Throws: `KubernetesFailure` of kind `configuration` when there is nothing to prove it with.
    func proof() async throws(KubernetesFailure) -> Proof {
        var proof = Proof()
        switch access.credentials {
        case .none: break
        case .token(let token): proof.headers.add("Authorization", "Bearer \(token.secret)")
        case .tokenFile(let path): proof.headers.add("Authorization", "Bearer \(try token(path))")
        case .basic(let user, let password):
            proof.headers.add("Authorization", "Basic " + Data("\(user):\(password.secret)".utf8).base64EncodedString())
        case .plugin(let plugin):
            let credential = try await credential(of: plugin)
            if let token = credential.token { proof.headers.add("Authorization", "Bearer \(token.secret)") }
            proof.certificate = credential.certificate
            proof.generation = generation
        }
        addImpersonation(to: &proof.headers)
        return proof
    }

    /// The server did not accept this proof.
    ///
    /// - Returns: whether another may be had. A token file is read anew by itself.
    func refused(_ proof: Proof) -> Bool {
        if case .tokenFile = access.credentials { return true }
        guard let refused = proof.generation else { return false }
        // A newer one is there already when another request was refused before.
        if refused == generation { cached = nil }
        return true
    }

    private func credential(of plugin: ExecPlugin) async throws(KubernetesFailure) -> PluginCredential {
        if let cached, cached.expires.map({ now() < $0 }) ?? true { return cached }
        let access = access
        let task =
            running
            ?? Task { () -> Result<PluginCredential, KubernetesFailure> in
                do throws(KubernetesFailure) {
                    return .success(try await plugin.run(for: access))
                } catch {
                    return .failure(error)
                }
            }
        let isFirst = running == nil
        running = task
        let result = await task.value
        if isFirst {
            running = nil
            generation += 1
            if case .success(let credential) = result { cached = credential }
        }
        return try result.get()
    }

    private func token(_ path: String) throws(KubernetesFailure) -> String {
        let bytes = try LocalFile.read(path, what: "the token of user '\(access.userName ?? "")' in \(access.origin)")
        let token = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard !token.isEmpty else { throw .configuration("the token file \(path) is empty: expected a bearer token") }
        return token
    }

    private func addImpersonation(to headers: inout HTTPHeaders) {
        guard let impersonation = access.impersonation else { return }
        headers.add("Impersonate-User", impersonation.user)
        if let uid = impersonation.uid { headers.add("Impersonate-Uid", uid) }
        for group in impersonation.groups { headers.add("Impersonate-Group", group) }
        for (key, values) in impersonation.extra.sorted(by: { $0.key < $1.key }) {
            for value in values { headers.add("Impersonate-Extra-" + PercentEncoding.encode(key), value) }
        }
    }
}
