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
        // OpenSSL would ask for the passphrase on the terminal; client-go reads no such key either.
        if let clientKey, String(decoding: clientKey.secret, as: UTF8.self).contains("ENCRYPTED") {
            throw .configuration(
                "\(entry.content.mark): the client key of user '\(entry.name)' is protected by a passphrase, which a kubeconfig cannot give",
                next: "take the passphrase off (openssl pkey -in KEY -out KEY-WITHOUT), or use an exec credential plugin")
        }
        credentials = try Self.credentials(entry, cluster)
        impersonation = try Self.impersonation(entry)
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
        try refuseUnknown(entry)
        return .none
    }

    /// Ways of authentication that are no kubeconfig's, or not ours: silence would end in a 401 that nobody can explain.
    private static func refuseUnknown(_ entry: KubeconfigEntry) throws(KubernetesFailure) {
        let known: Set<String> = [
            "client-certificate", "client-certificate-data", "client-key", "client-key-data", "token", "tokenFile", "as",
            "as-uid",
            "as-groups", "as-user-extra", "username", "password", "auth-provider", "exec", "extensions",
        ]
        guard let other = entry.content.members?.first(where: { !known.contains($0.key) }),
            entry.text("client-certificate") == nil,
            entry.text("client-certificate-data") == nil
        else { return }
        throw .configuration(
            "\(other.keyMark): user '\(entry.name)' uses '\(other.key)', which is no way of authentication that kubectl knows",
            next: "use a token, a tokenFile, a client certificate with its key, or an exec credential plugin")
    }

    private static func replacement(for provider: String) -> String {
        switch provider {
        case "gcp": "gke-gcloud-auth-plugin"
        case "azure": "kubelogin"
        case "oidc": "kubectl oidc-login"
        default: "ask whoever runs the cluster which one"
        }
    }

    private static func impersonation(_ entry: KubeconfigEntry) throws(KubernetesFailure) -> Impersonation? {
        guard let user = entry.text("as") else {
            let lonely = ["as-uid", "as-groups", "as-user-extra"].first { entry.content[$0]?.isNull == false }
            guard let lonely else { return nil }
            throw .configuration(
                "\(entry.mark(lonely)): user '\(entry.name)' has '\(lonely)' without 'as': expected whom to act for, as kubectl does"
            )
        }
        var extra: [String: [String]] = [:]
        for member in entry.content["as-user-extra"]?.members ?? [] {
            extra[member.key] = (member.value.elements ?? []).compactMap(\.text)
        }
        return Impersonation(
            user: user, uid: entry.text("as-uid"), groups: (entry.content["as-groups"]?.elements ?? []).compactMap(\.text),
            extra: extra)
    }
}
