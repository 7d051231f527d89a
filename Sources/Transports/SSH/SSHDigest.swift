internal import CSSH2

/// The two digests that host keys need, from the library that libssh2 itself uses.
enum SSHDigest {
    /// 20 bytes; empty when the library refuses SHA-1, which matches no hash.
    static func hmacSHA1(key: [UInt8], text: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 20)
        let made = plumbline_hmac_sha1(key, key.count, text, text.count, &digest)
        return made == 1 ? digest : []
    }

    /// A key's fingerprint as ssh prints it: `SHA256:` and base64 without padding.
    static func fingerprint(ofKey key: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        guard plumbline_sha256(key, key.count, &digest) == 1 else { return "SHA256:?" }
        return "SHA256:" + SSHBase64.encode(digest, padding: false)
    }
}
