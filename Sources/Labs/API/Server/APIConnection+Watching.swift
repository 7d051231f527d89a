internal import Facts
internal import NIOCore
internal import NIOHTTP1

extension APIConnection {
    private enum Tick: Sendable {
        case change(StoreEvent)
        case bookmark
    }

    /// Sends the events of a watch until its time is over, the store ends it or the client goes away.
    ///
    /// - Returns: whether the connection can take another request.
    func stream(_ watch: WatchAnswer, to head: HTTPRequestHead, fault: APIFaults.Kind?, _ outbound: Writer) async throws -> Bool {
        var headers = Self.headers(type: "application/json")
        headers.add(name: "Transfer-Encoding", value: "chunked")
        try await outbound.write(.head(HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)))
        let isWhole = try await life.whileOpen { try await self.sendEvents(watch, fault: fault, outbound) }
        guard isWhole == true else { return false }
        try await outbound.write(.end)
        return head.isKeepAlive
    }

    /// - Returns: whether the stream ends as it should.
    private func sendEvents(_ watch: WatchAnswer, fault: APIFaults.Kind?, _ outbound: Writer) async throws -> Bool {
        if let refusal = watch.refusal {
            try await send(WatchAnswer.line("ERROR", refusal.status), outbound)
            return true
        }
        var sender = EventSender(connection: self, fault: fault, outbound: outbound)
        var version = watch.initial?.resourceVersion ?? 0
        for object in watch.initial?.items ?? [] {
            let shaped = watch.form.shape(object, kind: watch.kind, version: version)
            guard try await sender.send(WatchAnswer.line("ADDED", shaped)) else { return false }
        }
        if watch.tellsInitialEnd { try await send(watch.bookmark(at: version, endsInitial: true), outbound) }
        guard try await sender.isWithinLimit() else { return false }
        return try await withThrowingTaskGroup { group in
            defer { group.cancelAll() }
            let (ticks, feed) = AsyncStream.makeStream(of: Tick.self)
            group.addTask {
                await self.feedTicks(feed, watch)
                feed.finish()
            }
            for await tick in ticks {
                switch tick {
                case .bookmark: try await send(watch.bookmark(at: version), outbound)
                case .change(let event):
                    version = event.resourceVersion
                    guard let (change, object) = watch.seen(event) else { continue }
                    let shaped = watch.form.shape(object, kind: watch.kind, version: version)
                    guard try await sender.send(WatchAnswer.line(change.rawValue, shaped)) else { return false }
                }
            }
            if watch.wantsBookmarks { try await send(watch.bookmark(at: version), outbound) }
            return true
        }
    }

    /// Gives on the changes with the bookmarks between them, until the watch's time is over or the store ends it.
    private func feedTicks(_ feed: AsyncStream<Tick>.Continuation, _ watch: WatchAnswer) async {
        let interval = handler.configuration.bookmarkInterval
        await withTaskGroup { group in
            group.addTask { for await event in watch.changes { feed.yield(.change(event)) } }
            // A sleep throws only when it is cancelled, and then there is nothing left to do.
            group.addTask { try? await Task.sleep(for: watch.timeout) }
            if watch.wantsBookmarks {
                group.addTask { while (try? await Task.sleep(for: interval)) != nil { feed.yield(.bookmark) } }
            }
            await group.next()
            group.cancelAll()
        }
    }

    private func send(_ line: [UInt8], _ outbound: Writer) async throws {
        try await outbound.write(.body(ByteBuffer(bytes: line)))
    }
}

/// Sends events and spoils them as planted.
private struct EventSender {
    let connection: APIConnection
    let fault: APIFaults.Kind?
    let outbound: APIConnection.Writer
    var sent = 0

    /// - Returns: false when the stream has been broken off.
    mutating func send(_ line: [UInt8]) async throws -> Bool {
        guard try await isWithinLimit() else { return false }
        sent += 1
        switch fault {
        case .truncatedBody where sent == 1:
            try await outbound.write(.body(ByteBuffer(bytes: line.prefix(line.count / 2))))
            try await outbound.write(.cut(.endOfFile))
            return false
        case .malformedJSON where sent == 1:
            try await outbound.write(.body(ByteBuffer(bytes: line.prefix(line.count / 2) + [0x0a])))
        default: try await outbound.write(.body(ByteBuffer(bytes: line)))
        }
        return try await isWithinLimit()
    }

    /// - Returns: false when the watch was to be dropped after this many events, and has been.
    func isWithinLimit() async throws -> Bool {
        guard case .watchDrop(let limit)? = fault, sent >= limit else { return true }
        try await outbound.write(.cut(.endOfFile))
        return false
    }
}
