/// The algorithms that a session offers: those that the user's ssh would offer to this host and that the library has, so that
/// an old algorithm is there only where the ssh configuration names it for the host.
struct SSHOffer {
    private let lists: [(method: LibSSH2.Method, names: [String])]

    init(endpoint: SSHEndpoint, knownTypes: [String], library: LibSSH2) {
        let common = { (method: LibSSH2.Method, wanted: [String], otherwise: [String]) in
            let supported = library.supported(method)
            let names = (wanted.isEmpty ? otherwise : wanted).filter { supported.contains($0) }
            return (method, names)
        }
        let hostKeys = common(.hostKey, endpoint.hostKeyAlgorithms, Self.modernHostKeys)
        // A host that is known by one type of key is asked for that type first, else it would look unknown.
        let known = hostKeys.1.filter { knownTypes.contains($0) }
        let ciphers = common(.cipherOut, endpoint.ciphers, Self.modernCiphers)
        let macs = common(.macOut, endpoint.macs, Self.modernMACs)
        lists = [
            common(.keyExchange, endpoint.keyExchangeAlgorithms, Self.modernKeyExchanges),
            (.hostKey, known + hostKeys.1.filter { !known.contains($0) }),
            ciphers, (.cipherIn, ciphers.1), macs, (.macIn, macs.1),
        ]
    }

    func make(to library: LibSSH2) {
        for list in lists where !list.names.isEmpty { _ = library.prefer(list.method, list.names) }
    }

    /// What a handshake that did not come to its end was about.
    func explain(code: Int32, text: String, _ library: LibSSH2) -> SSHFailure.Cause {
        let opening = library.opening
        guard let banner = opening.banner else {
            return library.received == 0 || opening.saysTooMany ? .closedBeforeBanner : .notSSH(firstBytes: opening.firstBytes)
        }
        guard let theirs = opening.lists else { return .bannerOnly(banner: banner) }
        for (index, list) in lists.enumerated() where !list.names.contains(where: { theirs[index].contains($0) }) {
            return .noCommonAlgorithm(kind: Self.kinds[index], ours: list.names, theirs: theirs[index])
        }
        return .keyExchange(text)
    }

    private static let kinds = ["key exchange", "host key", "cipher", "cipher", "MAC", "MAC"]
    private static let modernKeyExchanges = [
        "curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521",
        "diffie-hellman-group-exchange-sha256", "diffie-hellman-group16-sha512", "diffie-hellman-group18-sha512",
        "diffie-hellman-group14-sha256",
    ]
    private static let modernHostKeys = [
        "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "rsa-sha2-512", "rsa-sha2-256",
    ]
    private static let modernCiphers = ["aes128-ctr", "aes192-ctr", "aes256-ctr"]
    private static let modernMACs = ["hmac-sha2-256", "hmac-sha2-512"]
}
