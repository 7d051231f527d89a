/// Something to log in with.
enum SSHIdentity: Sendable {
    /// A key that the agent holds and signs with.
    case agent(SSHAgentKey)
    /// A key file's bytes in clear, with a NUL behind them, for the library to read.
    case file(contents: [UInt8], label: String)
    /// An RSA key, signed with here.
    case rsa(SSHRSAKey, label: String)
    /// A key that cannot be used, and why; kept for the sentence.
    case unusable(label: String)
}

extension SSHIdentity {
    /// From a key in clear.
    init(_ key: SSHPrivateKey, path: String) {
        let label = "\(key.kind.rawValue) of \(path)"
        if key.kind == .rsa {
            if let rsa = SSHRSAKey(key.fields) {
                self = .rsa(rsa, label: label)
            } else {
                self = .unusable(label: "\(label) (not tried: OpenSSL does not take it)")
            }
        } else {
            self = .file(contents: key.fileText + [0], label: label)
        }
    }

    /// From a PEM file in clear, or one whose passphrase is given.
    init(pem file: SSHKeyFile, passphrase: String? = nil) {
        if let rsa = SSHRSAKey(pem: file.contents, passphrase: passphrase) {
            self = .rsa(rsa, label: "ssh-rsa of \(file.path)")
        } else {
            self = .file(contents: file.contents + [0], label: "key of \(file.path)")
        }
    }
}
