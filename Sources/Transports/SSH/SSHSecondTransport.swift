/// Decides for which hosts the system's ssh is worth trying after libssh2 did not do.
enum SSHSecondTransport {
    static func mayHelp(_ endpoint: SSHEndpoint, after failure: SSHFailure, keys: SSHKeyring) async -> Bool {
        switch failure.cause {
        case .noCommonAlgorithm(let kind, _, let theirs):
            return lists(endpoint, kind).contains { theirs.contains($0) }
        case .hostKeyAuthority: return true
        case .hostKeyUnknown(_, _, _, let knownTypes):
            // libssh2 1.10 cannot ask for an RSA key by a name that servers still answer to.
            return knownTypes.contains { $0 == "ssh-rsa" || $0.hasPrefix("sk-") }
        case .authentication:
            let files = await keys.keyFiles(endpoint.identityFiles)
            if files.contains(where: { $0.hasCertificate || $0.type == "ssh-rsa" || $0.type?.hasPrefix("sk-") == true }) {
                return true
            }
            guard let agent = endpoint.identityAgent, let held = await keys.keys(ofAgent: agent) else { return false }
            return held.contains { key in
                let type = key.type
                return type == "ssh-rsa" || type.hasPrefix("sk-") || type.contains("-cert-")
            }
        case .jumpHost(let hop):
            guard case .systemSSH = hop.cause else { return false }
            return true
        default: return false
        }
    }

    /// Why the system's ssh is used for a host, as it stands in the evidence.
    static func reason(_ failure: SSHFailure) -> String {
        switch failure.cause {
        case .noCommonAlgorithm(let kind, _, let theirs):
            "libssh2 has no \(kind) algorithm in common with it, which offers \(theirs.joined(separator: ", "))"
        case .hostKeyAuthority: "it is known by a certificate authority, and libssh2 reads no certificates"
        case .hostKeyUnknown(_, _, _, let knownTypes):
            "it is known by \(knownTypes.joined(separator: ", ")), which libssh2 cannot ask for"
        case .authentication: "the user's key is RSA, of a security key or has a certificate, which libssh2 cannot use with it"
        case .jumpHost: "a jump host on the way is reached so"
        default: failure.description
        }
    }

    /// Which of two failures says more. Where both transports found the same, it is the first, which knows fingerprints and what
    /// was tried.
    static func telling(_ first: SSHFailure, or second: SSHFailure) -> SSHFailure {
        switch (first.cause, second.cause) {
        case (.authentication, .authentication), (.hostKeyAuthority, .hostKeyUnknown), (.hostKeyUnknown, .hostKeyUnknown): first
        default: second
        }
    }

    private static func lists(_ endpoint: SSHEndpoint, _ kind: String) -> [String] {
        switch kind {
        case "key exchange": endpoint.keyExchangeAlgorithms
        case "host key": endpoint.hostKeyAlgorithms
        case "cipher": endpoint.ciphers
        default: endpoint.macs
        }
    }
}
