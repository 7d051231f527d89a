@preconcurrency internal import Dispatch
internal import Foundation
internal import Runs
internal import Verdicts

/// Hands SIGINT and SIGTERM to a run as they come, in place of their default effect.
final class SignalSource: Sendable {
    private let sources: [any DispatchSourceSignal]

    init(_ stops: StopSignals) {
        sources = [(SIGINT, false), (SIGTERM, true)].map { number, terminates in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                Console.err("\nreceived \(terminates ? "SIGTERM" : "SIGINT"); a second signal stops the clean-up\n")
                Task { await stops.send(terminates ? .terminated : .interrupted) }
            }
            source.resume()
            return source
        }
    }

    func cancel() { for source in sources { source.cancel() } }
}
