/// An open WebSocket, the client's end. One task reads; another may write meanwhile.
package final class WebSocket: Sendable {
    /// What the server sent.
    package enum Message: Hashable, Sendable {
        case binary([UInt8])
        case text([UInt8])
        /// The server's close frame; `code` is `nil` when it gave none. Nothing follows.
        case close(code: Int?, reason: String)
        /// The connection ended without a close frame.
        case endOfStream
    }

    /// The subprotocol that the server chose; `nil` when it named none.
    package let subprotocol: String?
    private let connection: RawConnection
    private let reading: Locked<Reading>
    private let messageLimitBytes: Int

    private struct Reading {
        var decoder: WebSocketDecoder
        var opcode: WebSocketFrame.Opcode?
        var message: [UInt8] = []
    }

    init(connection: RawConnection, subprotocol: String?, received: [UInt8], messageLimitBytes: Int) {
        self.connection = connection
        self.subprotocol = subprotocol
        self.messageLimitBytes = messageLimitBytes
        var decoder = WebSocketDecoder(payloadLimitBytes: messageLimitBytes)
        decoder.append(received)
        reading = Locked(Reading(decoder: decoder))
    }

    /// Sends one binary message; returns when the system has taken nearly all of what waits.
    package func send(_ message: [UInt8]) async {
        await send(WebSocketFrame(opcode: .binary, payload: message))
    }

    /// Sends a close frame. The server's own is still to be read.
    package func sendClose(code: Int = 1000) async {
        await send(WebSocketFrame(opcode: .close, payload: [UInt8(code >> 8 & 0xff), UInt8(code & 0xff)]))
    }

    /// Drops the connection.
    package func close() { connection.close() }

    /// The next message. Pings are answered meanwhile.
    ///
    /// - Throws: `HTTPFailure` when the deadline passes, the task is cancelled, the connection breaks, or the server does what RFC 6455 forbids.
    package func receive() async throws(HTTPFailure) -> Message {
        while true {
            switch reading.withLock({ next(&$0) }) {
            case .failure(let violation): throw failure(violation.detail)
            case .success(.message(let message)): return message
            case .success(.pong(let payload)): await send(WebSocketFrame(opcode: .pong, payload: payload))
            case .success(.nothing):
                guard let bytes = try await connection.receive() else { return .endOfStream }
                reading.withLock { $0.decoder.append(bytes) }
            }
        }
    }

    private enum Step {
        case message(Message)
        case pong([UInt8])
        case nothing
    }

    private func next(_ reading: inout Reading) -> Result<Step, WebSocketViolation> {
        do throws(WebSocketViolation) {
            while let frame = try reading.decoder.next() {
                if let step = try take(frame, &reading) { return .success(step) }
            }
            return .success(.nothing)
        } catch {
            return .failure(error)
        }
    }

    private func take(_ frame: WebSocketFrame, _ reading: inout Reading) throws(WebSocketViolation) -> Step? {
        switch frame.opcode {
        case .ping: return .pong(frame.payload)
        case .pong: return nil
        case .close: return .message(try Self.close(frame.payload))
        case .continuation where reading.opcode == nil:
            throw WebSocketViolation(detail: "a continuation of no message")
        case .text where reading.opcode != nil, .binary where reading.opcode != nil:
            throw WebSocketViolation(detail: "a new message inside another")
        default: break
        }
        guard reading.message.count + frame.payload.count <= messageLimitBytes else {
            throw WebSocketViolation(detail: "a message of more than \(messageLimitBytes) bytes")
        }
        let opcode = reading.opcode ?? frame.opcode
        reading.message += frame.payload
        reading.opcode = frame.isFinal ? nil : opcode
        guard frame.isFinal else { return nil }
        let message = reading.message
        reading.message = []
        return .message(opcode == .text ? .text(message) : .binary(message))
    }

    private static func close(_ payload: [UInt8]) throws(WebSocketViolation) -> Message {
        guard payload.count != 1 else { throw WebSocketViolation(detail: "half a close code") }
        guard payload.count >= 2 else { return .close(code: nil, reason: "") }
        return .close(code: Int(payload[0]) << 8 | Int(payload[1]), reason: String(decoding: payload[2...], as: UTF8.self))
    }

    private func send(_ frame: WebSocketFrame) async {
        let key = UInt32.random(in: .min ... .max)
        let bytes = frame.masked(
            with: (UInt8(key >> 24), UInt8(key >> 16 & 0xff), UInt8(key >> 8 & 0xff), UInt8(key & 0xff)))
        await connection.send(bytes)
    }

    private func failure(_ detail: String) -> HTTPFailure {
        HTTPFailure(stage: .notUnderstood, endpoint: connection.inbound.endpoint, detail: detail, requestSent: true)
    }
}
