/// A private key in clear: its type and the fields that OpenSSH writes behind it, the same in a key file as in what `ssh-add` tells
/// an agent.
///
/// - Source: PROTOCOL.key of OpenSSH; draft-ietf-sshm-ssh-agent §3.2 (ADD_IDENTITY).
struct SSHPrivateKey: Sendable, CustomStringConvertible {
    enum Kind: String, Sendable {
        case ed25519 = "ssh-ed25519"
        case ecdsa256 = "ecdsa-sha2-nistp256"
        case ecdsa384 = "ecdsa-sha2-nistp384"
        case ecdsa521 = "ecdsa-sha2-nistp521"
        case rsa = "ssh-rsa"
    }

    let kind: Kind
    /// ed25519: public, private. ECDSA: curve, public point, private number. RSA: n, e, d, iqmp, p, q.
    let fields: [[UInt8]]

    var description: String { "[redacted]" }

    /// Reads type and fields, and leaves the reader behind them; `nil` for types that are not kept in files (FIDO) or not known.
    init?(_ reader: inout SSHMessageReader) {
        guard let kind = reader.text().flatMap({ Kind(rawValue: $0) }) else { return nil }
        let count =
            switch kind {
            case .ed25519: 2
            case .rsa: 6
            default: 3
            }
        var fields: [[UInt8]] = []
        for _ in 0..<count {
            guard let field = reader.string() else { return nil }
            fields.append(field)
        }
        self.kind = kind
        self.fields = fields
    }

    /// The public half as a blob of RFC 4253 §6.6.
    var publicKey: [UInt8] {
        let parts =
            switch kind {
            case .ed25519: [fields[0]]
            case .rsa: [fields[1], fields[0]]
            default: [fields[0], fields[1]]
            }
        return ([Array(kind.rawValue.utf8)] + parts).flatMap { SSHMessageReader.encode($0) }
    }

    /// A key file without a passphrase, for a library that reads only files.
    var fileText: [UInt8] {
        let string = { (text: String) in SSHMessageReader.encode(Array(text.utf8)) }
        // The same number twice tells a reader that it has decrypted rightly; nothing was encrypted.
        var secret = [UInt8](repeating: 0, count: 8) + string(kind.rawValue)
        for field in fields { secret += SSHMessageReader.encode(field) }
        secret += string("")
        for number in 1...8 where secret.count % 8 != 0 { secret.append(UInt8(number)) }
        let bytes =
            Array("openssh-key-v1\0".utf8) + string("none") + string("none") + string("") + SSHMessageReader.encode(1)
            + SSHMessageReader.encode(publicKey) + SSHMessageReader.encode(secret)
        var rest = SSHBase64.encode(bytes)[...]
        var lines = ["-----BEGIN OPENSSH PRIVATE KEY-----"]
        while !rest.isEmpty {
            lines.append(String(rest.prefix(70)))
            rest = rest.dropFirst(70)
        }
        lines.append("-----END OPENSSH PRIVATE KEY-----\n")
        return Array(lines.joined(separator: "\n").utf8)
    }
}
