internal import CCurl

/// A connected byte stream, TLS included, that libcurl made and hands over (`CURLOPT_CONNECT_ONLY`).
final class RawConnection: Sendable {
    let inbound: ByteStream<Void>
    let outbound = Locked(Outbound())
    private let loop: CurlLoop
    // The engine's threads serve the connection, so it must not go first.
    private let engine: HTTPEngine

    /// What waits to be written.
    struct Outbound {
        var bytes: [UInt8] = []
        var sent = 0
        var isClosed = false
        var writer: CheckedContinuation<Void, Never>?
    }

    init(endpoint: String, loop: CurlLoop, engine: HTTPEngine) {
        self.engine = engine
        inbound = ByteStream(endpoint: endpoint, highWaterBytes: 1 << 20, loop: loop)
        self.loop = loop
    }

    deinit { inbound.abandon() }

    /// The bytes that have come; `nil` when the other side has closed.
    func receive() async throws(HTTPFailure) -> [UInt8]? { try await inbound.next() }

    /// Queues bytes, and waits while more than 256 KB have not been taken by the system. One writer at a time. Bytes for a
    /// connection that has ended are dropped: the reader is told.
    func send(_ bytes: [UInt8]) async {
        outbound.withLock { if !$0.isClosed { $0.bytes += bytes } }
        let ticket = inbound.ticket
        loop.post { $0.pump(ticket) }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mayGoOn = outbound.withLock { outbound in
                    if outbound.isClosed || outbound.bytes.count - outbound.sent <= 256 << 10 { return true }
                    outbound.writer = continuation
                    return false
                }
                if mayGoOn { continuation.resume() }
            }
        } onCancel: {
            inbound.abandon()
        }
    }

    func close() { inbound.abandon() }
}

/// The loop's side of a raw connection.
final class RawTransfer: CurlTransfer {
    let easy: EasyHandle
    let deadline: ContinuousClock.Instant
    private let endpoint: HTTPEndpoint
    private let limit: Duration
    private let inbound: ByteStream<Void>
    private let outbound: Locked<RawConnection.Outbound>
    private var descriptor: curl_socket_t?
    private var isPaused = false
    private var unread: [UInt8] = []
    private var receivedBytes = 0
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)

    var ticket: UInt64 { inbound.ticket }
    var isAbandoned: Bool { inbound.isAbandoned }
    var host: String { endpoint.description }
    var isMultiplexed: Bool? { nil }

    init(
        url: String, endpoint: HTTPEndpoint, route: HTTPRoute, limit: Duration, deadline: ContinuousClock.Instant,
        inbound: ByteStream<Void>, outbound: Locked<RawConnection.Outbound>
    ) throws(CurlRefusal) {
        guard let easy = EasyHandle() else { throw CurlRefusal(code: CURLE_OUT_OF_MEMORY, what: "handle") }
        self.easy = easy
        self.deadline = deadline
        self.endpoint = endpoint
        self.limit = limit
        self.inbound = inbound
        self.outbound = outbound
        try easy.configure(url: endpoint, text: url, route: route, deadline: limit)
        // HTTP/1.1 by ALPN: there is no upgrade to a WebSocket on an HTTP/2 connection that API servers know.
        try easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        try easy.set(CURLOPT_CONNECT_ONLY, 1)
        try easy.set(CURLOPT_HTTPPROXYTUNNEL, 1)
        try easy.set(CURLOPT_FRESH_CONNECT, 1)
    }

    var socket: (descriptor: curl_socket_t, events: Int16)? {
        guard let descriptor else { return nil }
        let hasOutput = outbound.withLock { $0.sent < $0.bytes.count }
        return (descriptor, Int16(isPaused ? 0 : CURL_WAIT_POLLIN) | Int16(hasOutput ? CURL_WAIT_POLLOUT : 0))
    }

    func ended(_ code: CURLcode) -> Bool {
        // Once open, libcurl reports nothing more for this handle.
        guard code == CURLE_OK else {
            finish(.failure(HTTPFailure(code: code, easy: easy, endpoint: endpoint, bytes: 0, began: false)))
            return false
        }
        descriptor = ccurl_active_socket(easy.pointer)
        inbound.begin(())
        return true
    }

    func giveUp(_ why: CurlGivingUp) {
        let stage: HTTPFailure.Stage =
            switch why {
            case .cancelled: .cancelled
            case .deadline:
                .timedOut(
                    in: descriptor == nil ? easy.step(isTLS: endpoint.scheme == "https") : .receiving, after: limit,
                    bytes: receivedBytes)
            }
        finish(.failure(HTTPFailure(stage: stage, endpoint: endpoint.description, requestSent: descriptor != nil)))
    }

    func resume() { isPaused = false }

    func pump() -> Bool {
        write() && read()
    }

    private func write() -> Bool {
        let (result, writer) = outbound.withLock { outbound in
            var result = CURLE_OK
            while outbound.sent < outbound.bytes.count, result == CURLE_OK {
                var taken = 0
                result = outbound.bytes.withUnsafeBytes { bytes in
                    let rest = UnsafeRawBufferPointer(rebasing: bytes[outbound.sent...])
                    return curl_easy_send(easy.pointer, rest.baseAddress, rest.count, &taken)
                }
                outbound.sent += taken
            }
            if outbound.sent == outbound.bytes.count {
                outbound.bytes = []
                outbound.sent = 0
            }
            defer { outbound.writer = nil }
            return (result, outbound.bytes.count - outbound.sent <= 256 << 10 ? outbound.writer : nil)
        }
        writer?.resume()
        // What the other side sent before it closed is still to be read, so a write error alone does not end the connection.
        return result == CURLE_OK || result == CURLE_AGAIN || read()
    }

    /// Reads until libcurl has nothing left: OpenSSL may hold decrypted bytes that poll() does not show.
    private func read() -> Bool {
        if !unread.isEmpty {
            guard unread.withUnsafeBytes(inbound.offer) else { return pause() }
            unread = []
        }
        while true {
            var count = 0
            let result = buffer.withUnsafeMutableBytes { curl_easy_recv(easy.pointer, $0.baseAddress, $0.count, &count) }
            if result == CURLE_AGAIN { return true }
            guard result == CURLE_OK else {
                finish(.failure(HTTPFailure(code: result, easy: easy, endpoint: endpoint, bytes: receivedBytes, began: true)))
                return false
            }
            guard count > 0 else {
                finish(.success(()))
                return false
            }
            receivedBytes += count
            let taken = buffer.withUnsafeBytes { inbound.offer(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            guard taken else {
                unread = Array(buffer[..<count])
                return pause()
            }
        }
    }

    private func pause() -> Bool {
        isPaused = true
        return true
    }

    private func finish(_ end: Result<Void, HTTPFailure>) {
        let writer = outbound.withLock { outbound in
            outbound.isClosed = true
            defer { outbound.writer = nil }
            return outbound.writer
        }
        writer?.resume()
        inbound.finish(end)
    }
}
