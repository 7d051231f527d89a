internal import Foundation
package import Facts

/// The site's clock: how long it is up, what the wall clock says, and how to wait. Tests pass one that jumps.
package struct SiteTime: Sendable {
    /// Time since the site came up; never goes back.
    package let now: @Sendable () -> Duration
    /// Waits; throws `CancellationError` when the task is cancelled.
    package let sleep: @Sendable (Duration) async throws -> Void
    /// The wall clock at `now() == 0`.
    package let start: Timestamp

    package init(
        start: Timestamp, now: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.start = start
        self.now = now
        self.sleep = sleep
    }

    /// The wall clock now.
    package var timestamp: Timestamp { start.advanced(by: now()) }

    /// The machine's own clock.
    package static func system() -> SiteTime {
        let clock = ContinuousClock()
        let origin = clock.now
        let start = Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1e9))
        return SiteTime(start: start, now: { origin.duration(to: clock.now) }, sleep: { try await clock.sleep(for: $0) })
    }
}
