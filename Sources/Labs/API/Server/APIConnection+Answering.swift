internal import Facts
internal import Foundation
internal import NIOCore
internal import NIOHTTP1

extension APIConnection {
    /// Writes an answer of any kind.
    ///
    /// - Returns: whether the connection can take another request.
    func write(
        _ answer: APIAnswer, to head: HTTPRequestHead, fault: APIFaults.Kind?, _ iterator: inout Iterator, _ outbound: Writer
    ) async throws -> Bool {
        switch answer.content {
        case .watch(let watch): return try await stream(watch, to: head, fault: fault, outbound)
        case .exec(let session):
            try await run(session, head: head, fault: fault, &iterator, outbound)
            return false
        case .json, .bytes:
            try await writeBody(answer, to: head, fault: fault, outbound)
            return head.isKeepAlive && !answer.headers.contains { $0.name == "Connection" }
        }
    }

    /// Writes an answer that has one body.
    func writeBody(_ answer: APIAnswer, to head: HTTPRequestHead, fault: APIFaults.Kind? = nil, _ outbound: Writer) async throws {
        var body: [UInt8] = []
        var type = ""
        switch answer.content {
        case .json(let value):
            body = value.wireBytes + [0x0a]
            type = "application/json"
        case .bytes(let bytes, let bytesType):
            body = bytes
            type = bytesType
        case .watch, .exec: return
        }
        if fault == .malformedJSON { body = Array(body.prefix(body.count / 2)) }
        var headers = Self.headers(type: type)
        headers.add(name: "Content-Length", value: String(body.count))
        for (name, value) in answer.headers { headers.add(name: name, value: value) }
        try await outbound.write(
            .head(HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status), headers: headers)))
        if fault == .truncatedBody {
            try await outbound.write(.body(ByteBuffer(bytes: body.prefix(body.count / 2))))
            try await outbound.write(.cut(.endOfFile))
            return
        }
        if head.method != .HEAD { try await outbound.write(.body(ByteBuffer(bytes: body))) }
        try await outbound.write(.end)
    }

    static func headers(type: String) -> HTTPHeaders {
        var headers: HTTPHeaders = ["Audit-Id": UUID().uuidString.lowercased(), "Cache-Control": "no-cache, private"]
        if !type.isEmpty { headers.add(name: "Content-Type", value: type) }
        headers.add(name: "Date", value: httpDate(.now))
        return headers
    }

    /// `Mon, 23 Nov 2026 22:00:53 GMT`
    private static func httpDate(_ time: Timestamp) -> String {
        // 1970-01-01 was a Thursday.
        let days = Int(time.nanoseconds / 86_400_000_000_000)
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][days % 7]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let text = time.seconds
        let parts = text.prefix(10).split(separator: "-")
        return "\(weekday), \(parts[2]) \(months[(Int(parts[1]) ?? 1) - 1]) \(parts[0]) \(text.suffix(8)) GMT"
    }
}
