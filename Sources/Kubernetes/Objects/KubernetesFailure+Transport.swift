internal import Facts
internal import Transports

extension KubernetesFailure {
    /// What a missing answer means for what was asked.
    init(_ failure: HTTPFailure, of operation: Operation, access: ClusterAccess) {
        let (kind, seen): (Kind, String) =
            switch failure.stage {
            case .notSent: (.configuration, "the request could not be made with \(access.origin)")
            case .timedOut: (.timedOut, "no answer from the API server at \(access.server)")
            case .cancelled: (.cancelled, "given up")
            case .truncated, .tooLarge, .notUnderstood:
                (.notUnderstood, "no whole answer from the API server at \(access.server)")
            default: (.unreachable, "the API server at \(access.server) was not reached")
            }
        self.init(kind: kind, sentence: "cluster: \(operation): \(seen): \(failure)", next: Self.next(failure, access))
    }

    private static func next(_ failure: HTTPFailure, _ access: ClusterAccess) -> String? {
        switch failure.stage {
        case .resolve, .connect: "look at the server address in \(access.origin), and whether it can be reached from here"
        case .proxy: "look at proxy-url in \(access.origin), HTTPS_PROXY and NO_PROXY"
        case .tls(.wrongName):
            "look at the server address in \(access.origin), or set tls-server-name to a name in the certificate"
        case .tls(.unknownAuthority): "look at certificate-authority-data in \(access.origin): is it this cluster's?"
        case .tls(.expired), .tls(.notYetValid): "renew the API server's certificate, or look at this machine's clock"
        case .tls(.clientCertificateRefused):
            "look at the client certificate of user '\(access.userName ?? "")' in \(access.origin)"
        case .tls(.notTLS): "is the server in \(access.origin) meant to be http://?"
        case .timedOut: "is the API server overloaded, or is something between here and there dropping packets?"
        case .reset, .truncated: "look at the API server and at any load balancer before it"
        default: nil
        }
    }

    /// The answer is none that the API gives.
    static func notUnderstood(_ operation: Operation, _ seen: String, access: ClusterAccess) -> KubernetesFailure {
        KubernetesFailure(
            kind: .notUnderstood,
            sentence: "cluster: \(operation): expected the API's JSON from \(access.server), but \(seen)",
            next: "is \(access.server) an API server? look at the server address in \(access.origin)")
    }
}
