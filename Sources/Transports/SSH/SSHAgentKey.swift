/// A key that an agent holds.
struct SSHAgentKey: Sendable, Hashable {
    /// A blob of RFC 4253 §6.6.
    let publicKey: [UInt8]
    /// Mostly the path of the file that it was read from.
    let comment: String

    /// `ssh-ed25519`, `ssh-ed25519-cert-v01@openssh.com`, …
    var type: String {
        var reader = SSHMessageReader(publicKey)
        return reader.text() ?? "?"
    }
}
