/// What the system's ssh wrote to standard error, read for its cause.
///
/// - Source: the messages of OpenSSH's sshconnect.c, sshconnect2.c, kex.c and mux.c, in the C locale.
struct SSHComplaint {
    let text: String
    private let lines: [Substring]

    init(_ text: String) {
        self.text = text
        lines = text.split(whereSeparator: \.isNewline)
    }

    var isSessionRefused: Bool { text.contains("Session open refused by peer") }

    /// Why a login did not come about.
    func cause(user: String) -> SSHFailure.Cause {
        hostKeyCause ?? wayCause ?? loginCause(user) ?? .systemSSH(said: lines.joined(separator: "; "))
    }

    private func line(with part: String) -> Substring? { lines.first { $0.contains(part) } }

    private func words(behind mark: String) -> Substring? {
        guard let line = line(with: mark) else { return nil }
        var start = line.startIndex
        while !line[start...].hasPrefix(mark) { start = line.index(after: start) }
        return line[line.index(start, offsetBy: mark.count)...]
    }

    private var hostKeyCause: SSHFailure.Cause? {
        if text.contains("REVOKED HOST KEY DETECTED") {
            let (file, number) = offence ?? ("known_hosts", 0)
            return .hostKeyRevoked(type: offendingType, fingerprint: fingerprint, file: file, line: number)
        }
        if text.contains("REMOTE HOST IDENTIFICATION HAS CHANGED") {
            let (file, number) = offence ?? ("known_hosts", 0)
            return .hostKeyChanged(type: offendingType, fingerprint: fingerprint, file: file, line: number)
        }
        guard let unknown = words(behind: "No "), unknown.contains("host key is known for") else { return nil }
        let type = unknown.prefix { $0 != " " }
        return .hostKeyUnknown(type: String(type), fingerprint: "(not shown by ssh)", files: [], knownTypes: [])
    }

    /// `Offending ED25519 key in /home/op/.ssh/known_hosts:12`
    private var offence: (file: String, line: Int)? {
        guard let words = words(behind: "Offending "), let place = words.split(separator: " ").last,
            let colon = place.lastIndex(of: ":"), let number = Int(place[place.index(after: colon)...])
        else { return nil }
        return (String(place[..<colon]), number)
    }

    private var offendingType: String {
        words(behind: "The fingerprint for the ").map { String($0.prefix { $0 != " " }) } ?? "host"
    }

    private var fingerprint: String {
        lines.first { $0.hasPrefix("SHA256:") }.map { line in String(line.last == "." ? line.dropLast() : line) }
            ?? "(not shown by ssh)"
    }

    private var wayCause: SSHFailure.Cause? {
        if let words = words(behind: "Could not resolve hostname ") {
            let parts = words.split(separator: ":", maxSplits: 1)
            return .unresolved(
                name: String(parts[0]), reason: parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "no reason given")
        }
        if text.contains("Connection refused") { return .refused }
        if let words = words(behind: "connect to host "), let colon = words.lastIndex(of: ":") {
            return .noRoute(String(words[words.index(after: colon)...].drop { $0 == " " }))
        }
        if text.contains("kex_exchange_identification: Connection closed") { return .closedBeforeBanner }
        if let words = words(behind: "no matching "), let end = words.firstRange(of: " found. Their offer: ") {
            let theirs = words[end.upperBound...].split(separator: ",").map { String($0) }
            return .noCommonAlgorithm(kind: Self.kind(words[..<end.lowerBound]), ours: [], theirs: theirs)
        }
        return nil
    }

    private static func kind(_ words: Substring) -> String {
        words.hasPrefix("key exchange") ? "key exchange" : words.hasPrefix("host key") ? "host key" : String(words)
    }

    /// `op@192.0.2.7: Permission denied (publickey,password).`
    private func loginCause(_ user: String) -> SSHFailure.Cause? {
        guard let words = words(behind: "Permission denied (") else { return nil }
        let methods = words.prefix { $0 != ")" }.split(separator: ",").map { String($0) }
        return .authentication(user: user, offered: methods, tried: ["the keys that ssh has without asking"])
    }
}

extension Substring {
    fileprivate func firstRange(of mark: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(mark) { return start..<index(start, offsetBy: mark.count) }
            start = index(after: start)
        }
        return nil
    }
}
