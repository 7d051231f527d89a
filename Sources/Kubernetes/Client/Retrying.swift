internal import Transports

/// When a request is sent again, and how long it waits before that. Only for requests whose repetition does no harm.
struct Retrying: Sendable {
    /// Beside the first.
    var repetitions = 4
    var firstPause = Duration.milliseconds(250)
    var longestPause = Duration.seconds(8)

    /// - Parameter repetition: 1 for the first repetition.
    /// - Returns: how long to wait; `nil` when there is nothing to gain.
    func pause(before repetition: Int, after failure: HTTPFailure) -> Duration? {
        guard repetition <= repetitions else { return nil }
        switch failure.stage {
        case .reset, .truncated, .connect: return backoff(repetition)
        default: return nil
        }
    }

    func pause(before repetition: Int, after response: HTTPResponse) -> Duration? {
        guard repetition <= repetitions else { return nil }
        let asked = response.headers["retry-after"].flatMap { Int($0) }.map { Duration.seconds(max(0, $0)) }
        switch response.status {
        // An eviction's 429 has no Retry-After and means that a budget forbids it: coming back in a second changes nothing.
        case 429: return asked
        case 500, 502, 503, 504: return max(asked ?? .zero, backoff(repetition))
        default: return nil
        }
    }

    func backoff(_ repetition: Int) -> Duration {
        min(firstPause * (1 << min(repetition - 1, 16)), longestPause)
    }
}
