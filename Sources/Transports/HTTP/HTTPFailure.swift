/// Why there is no answer. A status such as 403 is an answer and no failure.
package struct HTTPFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where it ended.
    package enum Stage: Hashable, Sendable {
        /// Nothing was sent: the URL, the certificate or an option cannot be used.
        case notSent
        case resolve
        case connect
        /// The proxy could not be reached or would not let us through.
        case proxy
        case tls(TLSProblem)
        /// `bytes` of the answer's body had come.
        case timedOut(in: Step, after: Duration, bytes: Int)
        /// The connection ended before the answer began.
        case reset
        /// The connection ended inside the answer.
        case truncated(bytes: Int)
        case tooLarge(limitBytes: Int)
        /// What came is no HTTP, or no WebSocket.
        case notUnderstood
        case cancelled
    }

    /// What a request was doing when its time was up.
    package enum Step: String, Hashable, Sendable {
        case resolving = "looking up the name"
        case connecting = "connecting"
        case handshake = "the TLS handshake"
        case waiting = "waiting for the answer to begin"
        case receiving = "receiving the answer"
    }

    /// Why no TLS session came about.
    package enum TLSProblem: Hashable, Sendable {
        case wrongName
        case unknownAuthority
        case expired
        case notYetValid
        case notTLS
        case clientCertificateRefused
        case other
    }

    package let stage: Stage
    /// `192.0.2.7:6443`
    package let endpoint: String
    /// libcurl's own words, or ours where it has none; may be empty. Never holds a secret.
    package let detail: String
    /// False when it is certain that the server has seen nothing of the request, so that any method may be sent again.
    package let requestSent: Bool

    package init(stage: Stage, endpoint: String, detail: String = "", requestSent: Bool) {
        self.stage = stage
        self.endpoint = endpoint
        self.detail = detail
        self.requestSent = requestSent
    }

    /// What was seen, with the endpoint as the subject: `192.0.2.7:6443: no connection: Connection refused`.
    package var description: String { "\(endpoint): \(seen)" + (detail.isEmpty ? "" : " (\(detail))") }

    private var seen: String {
        switch stage {
        case .notSent: "the request could not be made"
        case .resolve: "the host name has no address"
        case .connect: "no connection"
        case .proxy: "the proxy gave no way through"
        case .tls(let problem): problem.seen
        case .timedOut(let step, let after, let bytes):
            "no complete answer within \(after.inSeconds); the time ran out while \(step.rawValue)"
                + (step == .receiving ? ", after \(bytes) bytes" : "")
        case .reset: "the connection was closed before an answer came"
        case .truncated(let bytes): "the answer was cut off after \(bytes) bytes"
        case .tooLarge(let limit): "the answer is larger than \(limit) bytes"
        case .notUnderstood: "the answer is not HTTP as expected"
        case .cancelled: "given up before the answer came"
        }
    }
}

extension HTTPFailure.TLSProblem {
    fileprivate var seen: String {
        switch self {
        case .wrongName: "the server's certificate is for another name"
        case .unknownAuthority: "the server's certificate is signed by an authority that is not trusted here"
        case .expired: "the server's certificate has expired"
        case .notYetValid: "the server's certificate is not valid yet"
        case .notTLS: "the server does not speak TLS"
        case .clientCertificateRefused: "the server refused the client certificate"
        case .other: "no TLS session"
        }
    }
}

extension Duration {
    /// Whole milliseconds, at least 1 for anything above zero, at most what libcurl takes.
    var curlMilliseconds: Int {
        let whole = components.seconds.multipliedReportingOverflow(by: 1000)
        guard !whole.overflow, whole.partialValue < 1 << 31 else { return 1 << 31 - 1 }
        let milliseconds = Int(whole.partialValue) + Int(components.attoseconds / 1_000_000_000_000_000)
        return max(milliseconds, self > .zero ? 1 : 0)
    }
}
