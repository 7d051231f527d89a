/// What is said to an agent and by it, without the four bytes of length that frame each message.
///
/// - Source: draft-ietf-sshm-ssh-agent: REQUEST_IDENTITIES 11, IDENTITIES_ANSWER 12, SIGN_REQUEST 13, SIGN_RESPONSE 14,
///   flags RSA_SHA2_256 2 and RSA_SHA2_512 4.
enum SSHAgentMessages {
    static let identitiesRequest: [UInt8] = [11]

    /// `nil` when this is no list of identities.
    static func identities(_ answer: [UInt8]) -> [SSHAgentKey]? {
        var reader = SSHMessageReader(answer)
        guard reader.byte() == 12, let count = reader.uint32() else { return nil }
        var keys: [SSHAgentKey] = []
        for _ in 0..<count {
            guard let blob = reader.string(), let comment = reader.text() else { return nil }
            keys.append(SSHAgentKey(publicKey: blob, comment: comment))
        }
        return keys
    }

    static func signRequest(publicKey: [UInt8], data: [UInt8], flags: UInt32) -> [UInt8] {
        [13] + SSHMessageReader.encode(publicKey) + SSHMessageReader.encode(data) + SSHMessageReader.encode(flags)
    }

    /// The signature without its type; `nil` when the agent declined.
    static func signature(_ answer: [UInt8]) -> [UInt8]? {
        var reader = SSHMessageReader(answer)
        guard reader.byte() == 14, let whole = reader.string() else { return nil }
        var inner = SSHMessageReader(whole)
        guard inner.string() != nil else { return nil }
        return inner.string()
    }
}
