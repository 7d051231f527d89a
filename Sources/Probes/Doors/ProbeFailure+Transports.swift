internal import Dialects
internal import Facts
internal import Kubernetes
internal import Transports

extension ProbeFailure {
    /// Why a host did not answer. `SSHFailure` names the host; the scenario's name for it comes first where they differ.
    init(_ failure: SSHFailure, source: FactSource) {
        let kind: Kind =
            switch failure.cause {
            case .timedOut, .commandDeadline, .bannerOnly, .noPrompt: .timedOut
            case .cancelled, .closed: .interrupted
            case .channelRefused, .commandRefused, .promptInstead: .refused
            case .dropped, .outputTooLong, .pager: .notUnderstood
            default: .unreachable
            }
        self.init(kind: kind, source: source, sentence: Self.named(source, failure.description))
    }

    init(_ failure: KubernetesFailure, source: FactSource) {
        let kind: Kind =
            switch failure.kind {
            case .configuration, .unreachable, .serverError, .tooManyRequests: .unreachable
            case .timedOut: .timedOut
            case .unauthorized, .forbidden, .admission: .refused
            case .notUnderstood, .invalid, .gone, .conflict, .fieldConflict, .alreadyExists, .brokenOff: .notUnderstood
            case .commandNotFound, .commandNotPermitted: .notAvailable
            case .notFound, .containerNotRunning: .notAsked
            case .cancelled: .interrupted
            }
        self.init(kind: kind, source: source, sentence: Self.named(source, failure.sentence), next: failure.next)
    }

    /// The server knows no reviews of rights: nobody can say what the caller may do.
    init(noReviews failure: KubernetesFailure) {
        self.init(
            kind: .notAvailable, source: .cluster,
            sentence: "\(failure.sentence); this server does not review rights, so that they show only when they are used")
    }

    /// An answer that no dialect reads.
    init(_ error: DialectError, source: FactSource, what: String) {
        let kind: Kind =
            switch error {
            case .permissionDenied, .sudo: .refused
            case .commandNotFound: .notAvailable
            default: .notUnderstood
            }
        self.init(kind: kind, source: source, sentence: "\(source): no \(what): \(error.description)")
    }

    private static func named(_ source: FactSource, _ sentence: String) -> String {
        sentence.hasPrefix("\(source)") ? sentence : "\(source): \(sentence)"
    }
}
