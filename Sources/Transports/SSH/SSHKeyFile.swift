/// A private key file that may be used to log in, as it lies there.
struct SSHKeyFile: Sendable {
    enum Form: Sendable, Equatable {
        /// OpenSSH's own format or PEM, in clear.
        case clear
        /// The same behind a passphrase.
        case encrypted
        /// A public key alone; an agent may have the private half.
        case publicOnly
    }

    let path: String
    /// The file's bytes.
    let contents: [UInt8]
    let form: Form
    /// The public key as a blob of RFC 4253 §6.6; `nil` for a PEM file with no `.pub` beside it.
    let publicKey: [UInt8]?
    /// The private key where the file has it in clear in OpenSSH's format.
    let privateKey: SSHPrivateKey?
    /// A certificate lies beside it, which this transport cannot show.
    let hasCertificate: Bool

    /// `ssh-ed25519`, `ssh-rsa`, …; `nil` where the public half is not known.
    var type: String? {
        guard let publicKey else { return nil }
        var reader = SSHMessageReader(publicKey)
        return reader.text()
    }

    /// Reads a key and its public half; `nil` when neither is there.
    init?(path: String) {
        let beside = SSHFile.read(path + ".pub").flatMap { Self.publicKey(line: String(decoding: $0, as: UTF8.self)) }
        let contents = SSHFile.read(path)
        guard contents != nil || beside != nil else { return nil }
        self.path = path
        self.contents = contents ?? []
        hasCertificate = SSHFile.read(path + "-cert.pub") != nil
        let text = String(decoding: contents ?? [], as: UTF8.self)
        if let inside = Self.readOpenSSH(text) {
            publicKey = inside.publicKey
            privateKey = inside.privateKey
            form = inside.isEncrypted ? .encrypted : .clear
        } else if text.contains("PRIVATE KEY-----") {
            publicKey = beside
            privateKey = nil
            let isEncrypted = text.contains("Proc-Type: 4,ENCRYPTED") || text.contains("BEGIN ENCRYPTED PRIVATE KEY")
            form = isEncrypted ? .encrypted : .clear
        } else {
            publicKey = Self.publicKey(line: text) ?? beside
            privateKey = nil
            form = .publicOnly
        }
    }

    /// `ssh-ed25519 AAAA… comment`
    private static func publicKey(line: String) -> [UInt8]? {
        let words = line.split(maxSplits: 2, whereSeparator: \.isWhitespace)
        guard words.count >= 2, let blob = SSHBase64.decode(words[1]) else { return nil }
        var reader = SSHMessageReader(blob)
        return reader.text() == String(words[0]) ? blob : nil
    }

    /// - Source: PROTOCOL.key of OpenSSH: magic, cipher, KDF, KDF options, number of keys, public key, private part.
    private static func readOpenSSH(_ text: String) -> (publicKey: [UInt8], privateKey: SSHPrivateKey?, isEncrypted: Bool)? {
        let lines = text.split(whereSeparator: \.isNewline)
        guard let begin = lines.firstIndex(of: "-----BEGIN OPENSSH PRIVATE KEY-----"),
            let end = lines.firstIndex(of: "-----END OPENSSH PRIVATE KEY-----"), begin < end,
            let bytes = SSHBase64.decode(lines[(begin + 1)..<end].joined())
        else { return nil }
        let magic = Array("openssh-key-v1\0".utf8)
        guard bytes.starts(with: magic) else { return nil }
        var reader = SSHMessageReader(Array(bytes.dropFirst(magic.count)))
        guard let cipher = reader.text(), reader.string() != nil, reader.string() != nil, reader.uint32() != nil,
            let publicKey = reader.string()
        else { return nil }
        guard cipher == "none" else { return (publicKey, nil, true) }
        guard let secret = reader.string() else { return nil }
        var inner = SSHMessageReader(secret)
        guard inner.skip(8) else { return nil }
        return (publicKey, SSHPrivateKey(&inner), false)
    }
}
