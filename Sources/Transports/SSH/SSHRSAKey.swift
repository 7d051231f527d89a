internal import CSSH2

/// An RSA private key that signs with SHA-2, which libssh2 1.10 cannot.
///
/// `@unchecked Sendable`: the key is never changed after `init`, and OpenSSL's signing takes a context of its own for each
/// signature.
final class SSHRSAKey: @unchecked Sendable {
    private let key: UnsafeMutableRawPointer
    /// The public half as a blob of RFC 4253 §6.6, type `ssh-rsa`.
    let publicKey: [UInt8]

    init?(_ fields: [[UInt8]]) {
        guard fields.count == 6 else { return nil }
        let (n, e, d, p, q) = (fields[0], fields[1], fields[2], fields[4], fields[5])
        guard
            let key = plumbline_rsa_new(
                n, n.count, e, e.count, d, d.count, p, p.count, q, q.count)
        else { return nil }
        self.key = key
        publicKey = [Array("ssh-rsa".utf8), e, n].flatMap { SSHMessageReader.encode($0) }
    }

    /// - Parameter pem: a PEM file's bytes.
    init?(pem: [UInt8], passphrase: String?) {
        let made = pem.withUnsafeBytes { raw in
            plumbline_rsa_from_pem(raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count, passphrase)
        }
        guard let made else { return nil }
        var n = [UInt8](repeating: 0, count: 2048)
        var e = [UInt8](repeating: 0, count: 64)
        var (nLength, eLength) = (n.count, e.count)
        guard plumbline_rsa_public(made, &n, &nLength, &e, &eLength) == 1 else {
            plumbline_rsa_free(made)
            return nil
        }
        key = made
        publicKey =
            SSHMessageReader.encode(Array("ssh-rsa".utf8)) + Self.number(e.prefix(eLength)) + Self.number(n.prefix(nLength))
    }

    deinit { plumbline_rsa_free(key) }

    /// The bare signature; `nil` when OpenSSL makes none.
    func sign(_ data: [UInt8], as algorithm: RSAAlgorithm) -> [UInt8]? {
        var signature = [UInt8](repeating: 0, count: 2048)
        let length = plumbline_rsa_sign(key, algorithm.bits, data, data.count, &signature, signature.count)
        return length == 0 ? nil : Array(signature[..<length])
    }

    /// A number of RFC 4251 §5: a zero goes before a first byte that would read as a sign.
    private static func number(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        SSHMessageReader.encode((bytes.first ?? 0) >= 0x80 ? [0] + bytes : Array(bytes))
    }
}

/// How an RSA key signs (RFC 8332).
enum RSAAlgorithm: String, Sendable {
    case sha512 = "rsa-sha2-512"
    case sha256 = "rsa-sha2-256"
    /// With SHA-1; only where the ssh configuration names it for the host (PubkeyAcceptedAlgorithms).
    case sha1 = "ssh-rsa"

    var bits: Int32 {
        switch self {
        case .sha512: 512
        case .sha256: 256
        case .sha1: 1
        }
    }

    /// For an agent's sign request.
    var agentFlag: UInt32 {
        switch self {
        case .sha512: 4
        case .sha256: 2
        case .sha1: 0
        }
    }

    /// The key's blob under this algorithm's name.
    ///
    /// RFC 8332 leaves the blob's own type at `ssh-rsa`, but libssh2 1.10 takes the algorithm's name from the blob. OpenSSH reads a
    /// blob under either name (measured with 9.2); Dropbear and asyncssh do not.
    func renamed(_ publicKey: [UInt8]) -> [UInt8] {
        var reader = SSHMessageReader(publicKey)
        guard let type = reader.string() else { return publicKey }
        return SSHMessageReader.encode(Array(rawValue.utf8)) + publicKey.dropFirst(4 + type.count)
    }
}
