package import Verdicts

/// The user's signals to a run, in order: the first ends it and cleans up, the second ends the cleaning.
package actor StopSignals {
    private var received: [RunRecord.Ending] = []
    private var waiters: [Int: (count: Int, continuation: CheckedContinuation<RunRecord.Ending?, Never>)] = [:]
    private var lastWaiter = 0

    package init() {}

    /// - Parameter ending: `.interrupted` (SIGINT) or `.terminated` (SIGTERM).
    package func send(_ ending: RunRecord.Ending) {
        received.append(ending)
        for (id, waiter) in waiters where received.count >= waiter.count {
            waiters[id] = nil
            waiter.continuation.resume(returning: received[waiter.count - 1])
        }
    }

    /// The signal of this number, from 1; nil when the task was cancelled before it came.
    func signal(_ count: Int) async -> RunRecord.Ending? {
        if received.count >= count { return received[count - 1] }
        lastWaiter += 1
        let id = lastWaiter
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled { return continuation.resume(returning: nil) }
                waiters[id] = (count, continuation)
            }
        } onCancel: {
            Task { await self.giveUp(id) }
        }
    }

    private func giveUp(_ id: Int) { waiters.removeValue(forKey: id)?.continuation.resume(returning: nil) }
}
