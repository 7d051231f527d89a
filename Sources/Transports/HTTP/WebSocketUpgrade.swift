internal import Foundation

/// A request for a WebSocket.
package struct WebSocketRequest: Sendable {
    /// `http` or `https`; the path and query already percent-encoded.
    package var url: String
    package var headers: HTTPHeaders
    /// In order of preference.
    package var subprotocols: [String]
    /// For everything, from the call to the end of the last message.
    package var deadline: Duration
    package var messageLimitBytes: Int
    package var route: HTTPRoute

    package init(
        url: String, headers: HTTPHeaders = [], subprotocols: [String], deadline: Duration = .seconds(10),
        messageLimitBytes: Int = 64 << 20, route: HTTPRoute = HTTPRoute()
    ) {
        self.url = url
        self.headers = headers
        self.subprotocols = subprotocols
        self.deadline = deadline
        self.messageLimitBytes = messageLimitBytes
        self.route = route
    }
}

/// What a server says to a request for a WebSocket.
package enum WebSocketAnswer: Sendable {
    case open(WebSocket, HTTPHead)
    /// Any answer but 101, with its body.
    case refused(HTTPResponse)
}

extension HTTPEngine {
    /// Asks for a WebSocket.
    ///
    /// - Throws: `HTTPFailure` when there is no answer, or a 101 that is none by RFC 6455 §4.1.
    package func webSocket(for request: WebSocketRequest) async throws(HTTPFailure) -> WebSocketAnswer {
        let connection = try await connect(url: request.url, route: request.route, limit: request.deadline)
        let upgrade = WebSocketUpgrade(request, endpoint: try Self.endpoint(request.url))
        await connection.send(upgrade.bytes)
        var reader = HTTPHeadReader()
        var rest: [UInt8]?
        while rest == nil {
            guard let bytes = try await connection.receive() else {
                throw upgrade.failure(reader.isEmpty ? .reset : .truncated(bytes: 0), "")
            }
            do throws(HTTPHeadReader.Violation) {
                rest = try reader.append(bytes)
            } catch {
                throw upgrade.failure(.notUnderstood, error.detail)
            }
        }
        guard let head = reader.head, let rest else { throw upgrade.failure(.notUnderstood, "no status line") }
        guard head.status == 101 else {
            return .refused(HTTPResponse(head: head, body: try await upgrade.refusal(head, rest, connection)))
        }
        let subprotocol = try upgrade.check(head)
        return .open(
            WebSocket(
                connection: connection, subprotocol: subprotocol, received: rest, messageLimitBytes: request.messageLimitBytes),
            head)
    }
}

/// The opening handshake of RFC 6455 §4.1.
struct WebSocketUpgrade {
    let bytes: [UInt8]
    private let endpoint: HTTPEndpoint
    private let expectedAccept: String
    private let offered: [String]

    init(_ request: WebSocketRequest, endpoint: HTTPEndpoint) {
        self.endpoint = endpoint
        offered = request.subprotocols
        let key = Data((0..<16).map { _ in UInt8.random(in: .min ... .max) }).base64EncodedString()
        expectedAccept = Self.accept(for: key)
        let target = endpoint.path.isEmpty ? "/" : endpoint.path
        var lines = [
            "GET \(target) HTTP/1.1", "Host: \(endpoint)", "Connection: Upgrade", "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: \(key)",
        ]
        if !offered.isEmpty { lines.append("Sec-WebSocket-Protocol: " + offered.joined(separator: ", ")) }
        lines += request.headers.fields.map { "\($0.name): \($0.value)" }
        bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    static func accept(for key: String) -> String {
        Data(SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))).base64EncodedString()
    }

    /// The subprotocol of a good 101.
    func check(_ head: HTTPHead) throws(HTTPFailure) -> String? {
        guard head.headers["upgrade"]?.lowercased() == "websocket", head.headers["sec-websocket-accept"] == expectedAccept else {
            throw failure(.notUnderstood, "a 101 that does not answer this WebSocket request")
        }
        let chosen = head.headers["sec-websocket-protocol"]
        if let chosen, !offered.contains(chosen) {
            throw failure(.notUnderstood, "the server chose the subprotocol '\(chosen)', which was not offered")
        }
        return chosen
    }

    /// The body of an answer that is no 101: by its length, by chunks, or until the connection ends.
    func refusal(_ head: HTTPHead, _ first: [UInt8], _ connection: RawConnection) async throws(HTTPFailure) -> [UInt8] {
        let isChunked = head.headers["transfer-encoding"]?.lowercased().contains("chunked") == true
        let length = head.headers["content-length"].flatMap { Int($0) }
        var body = first
        while body.count < 1 << 20 {
            if isChunked, let whole = Self.unchunked(body) { return whole }
            if let length, body.count >= length { return Array(body.prefix(length)) }
            guard let more = try await connection.receive() else {
                if isChunked || length != nil { throw failure(.truncated(bytes: body.count), "") }
                return body
            }
            body += more
        }
        throw failure(.tooLarge(limitBytes: 1 << 20), "")
    }

    /// `nil` while the last chunk has not come.
    private static func unchunked(_ bytes: [UInt8]) -> [UInt8]? {
        var body: [UInt8] = []
        var index = 0
        while let lineEnd = bytes[index...].firstIndex(of: 0x0a) {
            let digits = bytes[index..<lineEnd].prefix { $0 != 0x3b && $0 != 0x0d }
            guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0 else { return nil }
            if size == 0 { return body }
            guard lineEnd + 1 + size + 2 <= bytes.count else { return nil }
            body += bytes[lineEnd + 1..<lineEnd + 1 + size]
            index = lineEnd + 1 + size + 2
        }
        return nil
    }

    func failure(_ stage: HTTPFailure.Stage, _ detail: String) -> HTTPFailure {
        HTTPFailure(stage: stage, endpoint: endpoint.description, detail: detail, requestSent: true)
    }
}

/// Collects bytes until a response's head is complete.
struct HTTPHeadReader {
    struct Violation: Error { let detail: String }

    private var bytes: [UInt8] = []
    private(set) var head: HTTPHead?
    var isEmpty: Bool { bytes.isEmpty }

    /// - Returns: what came after the head; `nil` while the head is not complete.
    mutating func append(_ more: [UInt8]) throws(Violation) -> [UInt8]? {
        let from = max(0, bytes.count - 3)
        bytes += more
        guard let end = Self.end(of: bytes, from: from) else {
            guard bytes.count < 64 << 10 else { throw Violation(detail: "a head of more than 64 KB") }
            return nil
        }
        let lines = String(decoding: bytes[..<(end - 4)], as: UTF8.self).split(
            separator: "\r\n", omittingEmptySubsequences: false)
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw Violation(detail: "the first line is '\((lines.first ?? "").prefix(80))'")
        }
        var headers = HTTPHeaders()
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers.add(String(line[..<colon]), line[line.index(after: colon)...].trimmingBlanks)
        }
        head = HTTPHead(httpVersion: String(words[0].dropFirst(5)), status: status, headers: headers)
        return Array(bytes[end...])
    }

    private static func end(of bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for index in start...(bytes.count - 4)
        where bytes[index] == 0x0d && bytes[index + 1] == 0x0a && bytes[index + 2] == 0x0d && bytes[index + 3] == 0x0a {
            return index + 4
        }
        return nil
    }
}
