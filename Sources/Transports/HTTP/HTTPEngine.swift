/// The one way to send HTTP: libcurl on its own threads, callers suspended meanwhile.
///
/// Two loops: short exchanges share few connections (`HostQueue`); watches and raw connections, which hold theirs for good, have a
/// loop without a limit, so that they can never starve the others.
package final class HTTPEngine: Sendable {
    private let exchanges: CurlLoop
    private let standing: CurlLoop

    /// - Throws: `HTTPFailure` when libcurl has no memory for its handles.
    package init() throws(HTTPFailure) {
        guard let exchanges = CurlLoop(name: "http-exchanges", isLimited: true),
            let standing = CurlLoop(name: "http-standing", isLimited: false)
        else { throw HTTPFailure(stage: .notSent, endpoint: "libcurl", detail: "it gave no handle", requestSent: false) }
        self.exchanges = exchanges
        self.standing = standing
    }

    deinit {
        exchanges.stop()
        standing.stop()
    }

    /// Sends a request and waits for the whole answer, whatever its status.
    ///
    /// - Throws: `HTTPFailure` when there is none: also at the deadline, and at once when the task is cancelled.
    package func response(for request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        let stream = try open(request, on: exchanges, highWaterBytes: .max)
        let head = try await stream.head()
        var body: [UInt8] = []
        while let bytes = try await stream.next() {
            if body.isEmpty { body = bytes } else { body += bytes }
        }
        return HTTPResponse(head: head, body: body)
    }

    /// Sends a request and waits for the head of the answer; the body is read as it comes.
    ///
    /// - Parameter highWaterBytes: how much of the body may wait for the reader before the server is made to wait.
    package func stream(for request: HTTPRequest, highWaterBytes: Int = 1 << 20) async throws(HTTPFailure) -> HTTPStream {
        let stream = try open(request, on: standing, highWaterBytes: highWaterBytes)
        let body = HTTPStream.Body(stream, engine: self)
        return HTTPStream(head: try await stream.head(), body: body)
    }

    private func open(
        _ request: HTTPRequest, on loop: CurlLoop, highWaterBytes: Int
    ) throws(HTTPFailure) -> ByteStream<HTTPHead> {
        let deadline = ContinuousClock.now + request.deadline
        let endpoint = try Self.endpoint(request.url)
        if Task.isCancelled { throw HTTPFailure(stage: .cancelled, endpoint: endpoint.description, requestSent: false) }
        let stream = ByteStream<HTTPHead>(endpoint: endpoint.description, highWaterBytes: highWaterBytes, loop: loop)
        loop.post { work in
            do throws(CurlRefusal) {
                work.start(try BodyTransfer(request, endpoint: endpoint, deadline: deadline, stream: stream))
            } catch {
                stream.finish(.failure(.init(error, endpoint: endpoint)))
            }
        }
        return stream
    }

    /// Connects, with TLS and through the proxy where there is one, and hands over the bare byte stream.
    func connect(url: String, route: HTTPRoute, limit: Duration) async throws(HTTPFailure) -> RawConnection {
        let deadline = ContinuousClock.now + limit
        let endpoint = try Self.endpoint(url)
        let connection = RawConnection(endpoint: endpoint.description, loop: standing, engine: self)
        let (inbound, outbound) = (connection.inbound, connection.outbound)
        standing.post { work in
            do throws(CurlRefusal) {
                let transfer = try RawTransfer(
                    url: url, endpoint: endpoint, route: route, limit: limit, deadline: deadline, inbound: inbound,
                    outbound: outbound)
                work.start(transfer)
            } catch {
                inbound.finish(.failure(.init(error, endpoint: endpoint)))
            }
        }
        try await inbound.head()
        return connection
    }

    static func endpoint(_ url: String) throws(HTTPFailure) -> HTTPEndpoint {
        guard let endpoint = HTTPEndpoint(url) else {
            throw HTTPFailure(
                stage: .notSent, endpoint: url, detail: "expected http:// or https://, a host and perhaps a port",
                requestSent: false)
        }
        return endpoint
    }
}

extension HTTPFailure {
    init(_ refusal: CurlRefusal, endpoint: HTTPEndpoint) {
        self.init(stage: .notSent, endpoint: endpoint.description, detail: refusal.detail, requestSent: false)
    }
}
