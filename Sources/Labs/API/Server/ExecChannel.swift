/// How the streams of a command share one WebSocket.
///
/// - Source: the recordings `exec-*`: which names are taken, which of several, and what each says at the end.
enum ExecChannel: String, Sendable {
    case version5 = "v5.channel.k8s.io"
    case version4 = "v4.channel.k8s.io"
    case version1 = "channel.k8s.io"
    case base64 = "base64.channel.k8s.io"
    /// None was offered: as `channel.k8s.io`.
    case unnamed = ""

    /// - Parameter offered: the words of the `Sec-WebSocket-Protocol` header.
    /// - Returns: nil when none of the offered is served here.
    init?(offered: [String]) {
        let names = offered.filter { !$0.hasPrefix("base64url.bearer.authorization.k8s.io.") }
        if names.isEmpty {
            self = .unnamed
            return
        }
        let known: [ExecChannel] = [.version5, .version4, .version1, .base64]
        guard let choice = known.first(where: { names.contains($0.rawValue) }) else { return nil }
        self = choice
    }

    /// Whether the end is told as a `Status` object.
    var tellsStatus: Bool { self == .version5 || self == .version4 }
}
