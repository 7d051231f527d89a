internal import NIOCore

/// Work that is only worth doing while somebody is there to get its result.
struct ConnectionLife: Sendable {
    let channel: any Channel

    /// Does the work and gives its result; nil when the peer went away first, in which case the work was cancelled.
    func whileOpen<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws -> Result? {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                await waitForClose()
                return nil
            }
            let first = try await group.next()
            group.cancelAll()
            return first ?? nil
        }
    }

    /// Returns when the channel is closed or the task is cancelled.
    func waitForClose() async {
        // The close future itself cannot be waited for with cancellation; a stream can.
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        channel.closeFuture.whenComplete { _ in continuation.finish() }
        for await _ in stream {}
    }
}
