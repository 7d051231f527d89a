/// Remembers when the site kept somebody waiting by a latency that is part of it, so that a run can be measured against
/// what no tool could have saved.
///
/// - Source: design: simulated latency per system is part of a site.
package actor WaitLedger {
    /// One wait, in site time, and the system that took it.
    private struct Wait {
        var system: String
        var start: Duration
        var end: Duration
    }

    private nonisolated let time: SiteTime
    private var waits: [Wait] = []

    package init(time: SiteTime) { self.time = time }

    /// Does the work, then waits until the latency has passed since the call. Cancellation ends the wait early.
    package nonisolated func waiting<Result: Sendable>(
        _ latency: Duration, for system: String, _ work: @Sendable () async -> Result
    ) async -> Result {
        let start = time.now()
        let result = await work()
        let left = start + latency - time.now()
        // A cancelled wait is a wait that nobody needs any more; the answer goes out at once.
        if left > .zero { do { try await time.sleep(left) } catch {} }
        await note(system, from: start, to: start + latency)
        return result
    }

    /// Takes note of a wait that happened elsewhere, such as a VF's way to its carrier.
    package func note(_ system: String, from start: Duration, to end: Duration) {
        if end > start { waits.append(Wait(system: system, start: start, end: end)) }
    }

    /// Forgets all waits so far.
    package func reset() { waits = [] }

    /// The time in which at least one caller was kept waiting.
    ///
    /// - Parameter system: only this system's waits; nil for all.
    package func total(of system: String? = nil) -> Duration {
        var total = Duration.zero
        var covered = Duration.zero
        for wait in waits.filter({ system == nil || $0.system == system }).sorted(by: { $0.start < $1.start }) {
            let start = max(wait.start, covered)
            if wait.end > start {
                total += wait.end - start
                covered = wait.end
            }
        }
        return total
    }

    /// The systems that kept somebody waiting, in order of name.
    package var systems: [String] { Set(waits.map(\.system)).sorted() }
}
