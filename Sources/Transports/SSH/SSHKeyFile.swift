/// A private key file that may be used to log in.
struct SSHKeyFile: Sendable {
    let path: String
    /// The file's bytes and a NUL behind them; `nil` when there is only a public half (`path.pub`), as for keys in an agent.
    let contents: [UInt8]?
    /// The public key as a blob of RFC 4253 §6.6; `nil` for a PEM file with no `.pub` beside it.
    let publicKey: [UInt8]?
    let isEncrypted: Bool

    /// `ssh-ed25519`, `ssh-rsa`, …; `nil` when the public half is not known.
    var type: String? {
        guard let publicKey else { return nil }
        var reader = SSHMessageReader(publicKey)
        return reader.text()
    }

    /// Reads a key and its public half; `nil` when neither is there.
    init?(path: String) {
        let contents = SSHFile.read(path)
        let beside = SSHFile.read(path + ".pub").flatMap { Self.publicKey(line: String(decoding: $0, as: UTF8.self)) }
        let inside = contents.flatMap { Self.openPrivateKey(String(decoding: $0, as: UTF8.self)) }
        guard contents != nil || beside != nil else { return nil }
        self.path = path
        // An identity file may also be a public key alone, whose private half an agent has.
        let isPublic = inside == nil && contents.flatMap { Self.publicKey(line: String(decoding: $0, as: UTF8.self)) } != nil
        self.contents = isPublic ? nil : contents.map { $0 + [0] }
        publicKey =
            inside?.publicKey ?? beside ?? contents.flatMap { Self.publicKey(line: String(decoding: $0, as: UTF8.self)) }
        let pemIsEncrypted =
            contents.map {
                let text = String(decoding: $0.prefix(2048), as: UTF8.self)
                return text.contains("Proc-Type: 4,ENCRYPTED") || text.contains("BEGIN ENCRYPTED PRIVATE KEY")
            } ?? false
        isEncrypted = inside?.isEncrypted ?? pemIsEncrypted
    }

    /// `ssh-ed25519 AAAA… comment`
    private static func publicKey(line: String) -> [UInt8]? {
        let words = line.split(maxSplits: 2, whereSeparator: \.isWhitespace)
        guard words.count >= 2, let blob = SSHBase64.decode(words[1]) else { return nil }
        var reader = SSHMessageReader(blob)
        return reader.text() == String(words[0]) ? blob : nil
    }

    /// The clear part of OpenSSH's own format.
    ///
    /// - Source: PROTOCOL.key of OpenSSH: magic, cipher, KDF, KDF options, number of keys, public key.
    private static func openPrivateKey(_ text: String) -> (publicKey: [UInt8], isEncrypted: Bool)? {
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
        return (publicKey, cipher != "none")
    }
}
