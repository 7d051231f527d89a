/// The one place where the program waits and looks again.
struct Polling: Sendable {
    let clock: ContinuousClock

    init(clock: ContinuousClock = ContinuousClock()) { self.clock = clock }

    /// Looks, and looks again after a pause, until a look says that it is enough, or the task is cancelled.
    ///
    /// Pauses grow with the time that has passed, from an eighth of what the look asks for: what settles soon is seen soon,
    /// and what takes long is not asked for too often.
    /// - Parameter look: given the time since the beginning and the number of the look, from 1; returns the longest pause
    ///   until the next look, counted from the start of this one, or nil for enough.
    func repeatedly(_ look: (_ elapsed: () -> Duration, _ attempt: Int) async -> Duration?) async {
        let start = clock.now
        var attempt = 1
        while !Task.isCancelled {
            let begun = clock.now
            guard let every = await look({ start.duration(to: clock.now) }, attempt) else { return }
            let pause = min(every, max(every / 8, start.duration(to: begun) / 4))
            do {
                try await clock.sleep(until: begun + pause)
            } catch {
                return
            }
            attempt += 1
        }
    }

    /// Runs `work` until it is done or the time is up; then cancels it and waits for it to see that.
    ///
    /// - Returns: false when the time was up first.
    func within<Output: Sendable>(_ limit: Duration, _ work: @escaping @Sendable () async -> Output) async -> Output? {
        await withTaskGroup(of: Output?.self) { group in
            group.addTask { await work() }
            group.addTask {
                do {
                    try await clock.sleep(for: limit)
                } catch {
                    return nil
                }
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }
}
