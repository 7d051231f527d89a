/// Judges the key that a server has proved to have.
struct SSHHostKeyCheck {
    let key: [UInt8]
    let known: SSHKnownHostsFiles.Known
    /// A name under which the host may be known besides: the address it fell back to.
    let otherName: String?

    /// What is wrong with the key; `nil` when it is the host's.
    var finding: SSHFailure.Cause? {
        var reader = SSHMessageReader(key)
        let type = reader.text() ?? "?"
        let fingerprint = SSHDigest.fingerprint(ofKey: key)
        switch known.hosts.judge(key: key, type: type, names: known.names + (otherName.map { [$0] } ?? [])) {
        case .known: return nil
        case .unknown(let otherTypes):
            if known.matchesWithoutPort(key: key, type: type) { return nil }
            return .hostKeyUnknown(type: type, fingerprint: fingerprint, files: known.files, knownTypes: otherTypes)
        case .changed(let file, let line):
            return .hostKeyChanged(type: type, fingerprint: fingerprint, file: file, line: line)
        case .revoked(let file, let line):
            return .hostKeyRevoked(type: type, fingerprint: fingerprint, file: file, line: line)
        case .authorityOnly(let file, let line):
            return .hostKeyAuthority(type: type, fingerprint: fingerprint, file: file, line: line)
        }
    }
}
