internal import Documents
internal import Facts

/// One user of a kubeconfig: what proves who it is.
struct UserEntry {
    let clientCertificate: [UInt8]?
    let clientKey: Redacted<[UInt8]>?
    let credentials: Credentials
    let impersonation: Impersonation?

    /// - Throws: `KubernetesFailure` when something needed is missing, or for a way of authentication that is not supported.
    init(_ entry: KubeconfigEntry, cluster: KubeconfigEntry) throws(KubernetesFailure) {
        clientCertificate = try entry.bytes("client-certificate", what: "the client certificate")
        clientKey = try entry.bytes("client-key", what: "the client key").map { Redacted($0) }
        if (clientCertificate == nil) != (clientKey == nil) {
            throw .configuration(
                "\(entry.content.mark): user '\(entry.name)' has a client \(clientKey == nil ? "certificate without its key" : "key without its certificate")"
            )
        }
        credentials = try Self.credentials(entry, cluster)
        impersonation = Self.impersonation(entry)
    }

    private static func credentials(
        _ entry: KubeconfigEntry, _ cluster: KubeconfigEntry
    ) throws(KubernetesFailure) -> Credentials {
        // client-go reads the file where both are given, since the file is what gets renewed.
        if let path = entry.text("tokenFile") { return .tokenFile(path: entry.file.resolve(path)) }
        if let token = entry.text("token") { return .token(Redacted(token)) }
        if let user = entry.text("username") {
            return .basic(user: user, password: Redacted(entry.text("password") ?? ""))
        }
        if let plugin = entry.content["exec"] { return .plugin(try ExecPlugin(plugin, of: entry, cluster: cluster)) }
        if let provider = entry.content["auth-provider"] {
            let name = provider["name"]?.text ?? "unnamed"
            throw .configuration(
                "\(provider.mark): user '\(entry.name)' uses the auth-provider '\(name)', which Kubernetes removed in 1.26",
                next: "use an exec credential plugin instead (\(replacement(for: name)))")
        }
        return .none
    }

    private static func replacement(for provider: String) -> String {
        switch provider {
        case "gcp": "gke-gcloud-auth-plugin"
        case "azure": "kubelogin"
        case "oidc": "kubectl oidc-login"
        default: "ask whoever runs the cluster which one"
        }
    }

    private static func impersonation(_ entry: KubeconfigEntry) -> Impersonation? {
        guard let user = entry.text("as") else { return nil }
        var extra: [String: [String]] = [:]
        for member in entry.content["as-user-extra"]?.members ?? [] {
            extra[member.key] = (member.value.elements ?? []).compactMap(\.text)
        }
        return Impersonation(
            user: user, uid: entry.text("as-uid"), groups: (entry.content["as-groups"]?.elements ?? []).compactMap(\.text),
            extra: extra)
    }
}
