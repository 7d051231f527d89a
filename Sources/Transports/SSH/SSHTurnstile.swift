/// Lets a bounded number of callers pass at one time, in the order they came.
///
/// A class without locks: it lives in the isolation of its owner.
final class SSHTurnstile {
    private let width: Int
    private var inside = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var served = 0

    /// - Parameter width: how many may be inside; at least 1.
    init(width: Int) {
        self.width = width
    }

    /// Passes without waiting, when nobody is in the way.
    func enterAtOnce() -> Bool {
        guard inside < width else { return false }
        inside += 1
        return true
    }

    /// Queues up; the caller is inside when the continuation is resumed.
    func wait(_ continuation: CheckedContinuation<Void, Never>) {
        waiting.append(continuation)
    }

    /// Gives the place to the next in line.
    func leave() {
        guard served < waiting.count else {
            inside -= 1
            waiting = []
            served = 0
            return
        }
        served += 1
        waiting[served - 1].resume()
    }
}
