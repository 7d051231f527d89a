/// Lets a bounded number of callers pass at one time, in the order they came.
///
/// Lives in the isolation of its owner, a class without locks.
final class SSHTurnstile {
    /// How many may be inside; at least 1.
    var width: Int
    private var inside = 0
    private var waiting: [(id: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
    private var lastID: UInt64 = 0

    init(width: Int) {
        self.width = width
    }

    /// Passes without waiting, when nobody is in the way.
    func enterAtOnce() -> Bool {
        guard inside < width, waiting.isEmpty else { return false }
        inside += 1
        return true
    }

    /// A ticket for `wait` and `leaveQueue`.
    func takeTicket() -> UInt64 {
        lastID += 1
        return lastID
    }

    /// Queues up. The continuation gets true when the caller is inside, false when it was taken out of the queue.
    func wait(ticket: UInt64, _ continuation: CheckedContinuation<Bool, Never>) {
        waiting.append((ticket, continuation))
    }

    func leaveQueue(ticket: UInt64) {
        guard let index = waiting.firstIndex(where: { $0.id == ticket }) else { return }
        waiting.remove(at: index).continuation.resume(returning: false)
    }

    func leave() {
        inside -= 1
        admit()
    }

    private func admit() {
        while inside < width, !waiting.isEmpty {
            inside += 1
            waiting.removeFirst().continuation.resume(returning: true)
        }
    }
}
