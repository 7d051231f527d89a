/// One WebSocket frame, and how it is written.
///
/// - Source: RFC 6455 §5.2.
struct WebSocketFrame: Hashable, Sendable {
    enum Opcode: UInt8, Sendable {
        case continuation = 0x0
        case text = 0x1
        case binary = 0x2
        case close = 0x8
        case ping = 0x9
        case pong = 0xa

        var isControl: Bool { rawValue >= 0x8 }
    }

    var isFinal = true
    var opcode: Opcode
    var payload: [UInt8]

    /// The bytes of this frame as a client must send it: masked.
    func masked(with key: (UInt8, UInt8, UInt8, UInt8)) -> [UInt8] {
        var bytes: [UInt8] = [(isFinal ? 0x80 : 0) | opcode.rawValue]
        switch payload.count {
        case ..<126: bytes.append(0x80 | UInt8(payload.count))
        case ..<65536: bytes += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xff)]
        default: bytes += [0x80 | 127] + (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
        }
        let mask = [key.0, key.1, key.2, key.3]
        bytes += mask
        bytes.reserveCapacity(bytes.count + payload.count)
        for (index, byte) in payload.enumerated() { bytes.append(byte ^ mask[index & 3]) }
        return bytes
    }
}

/// What a server sends that a WebSocket client must not accept.
struct WebSocketViolation: Error, Hashable, Sendable {
    let detail: String
}

/// Takes bytes as they come, in any pieces, and gives back whole frames. Strict: what RFC 6455 forbids a server ends it.
struct WebSocketDecoder {
    private var bytes: [UInt8] = []
    private var start = 0
    private let payloadLimitBytes: Int

    /// - Parameter payloadLimitBytes: a frame that announces more is refused before it is stored.
    init(payloadLimitBytes: Int = 64 << 20) { self.payloadLimitBytes = payloadLimitBytes }

    mutating func append(_ more: [UInt8]) {
        if start > 0 {
            bytes.removeFirst(start)
            start = 0
        }
        bytes += more
    }

    /// True when a frame has begun and not ended.
    var isInsideFrame: Bool { start < bytes.count }

    /// The next frame; `nil` when more bytes are needed.
    mutating func next() throws(WebSocketViolation) -> WebSocketFrame? {
        guard bytes.count - start >= 2 else { return nil }
        let (first, second) = (bytes[start], bytes[start + 1])
        guard first & 0x70 == 0 else { throw WebSocketViolation(detail: "reserved bits set without an extension") }
        guard let opcode = WebSocketFrame.Opcode(rawValue: first & 0x0f) else {
            throw WebSocketViolation(detail: "unknown opcode \(first & 0x0f)")
        }
        guard second & 0x80 == 0 else { throw WebSocketViolation(detail: "a masked frame from the server") }
        let isFinal = first & 0x80 != 0
        if opcode.isControl, !isFinal || second > 125 {
            throw WebSocketViolation(detail: "a control frame in pieces or over 125 bytes")
        }
        guard let (count, header) = try length(second) else { return nil }
        guard count <= payloadLimitBytes else {
            throw WebSocketViolation(detail: "a frame of \(count) bytes, more than \(payloadLimitBytes)")
        }
        guard bytes.count - start >= header + count else { return nil }
        let payload = Array(bytes[start + header..<start + header + count])
        start += header + count
        return WebSocketFrame(isFinal: isFinal, opcode: opcode, payload: payload)
    }

    /// Length of payload and of header; `nil` when the length field is not complete.
    private func length(_ second: UInt8) throws(WebSocketViolation) -> (count: Int, header: Int)? {
        let extra = second == 126 ? 2 : second == 127 ? 8 : 0
        guard extra > 0 else { return (Int(second), 2) }
        guard bytes.count - start >= 2 + extra else { return nil }
        let count = bytes[start + 2..<start + 2 + extra].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard count < 1 << 63, count > (extra == 2 ? 125 : 65535) else {
            throw WebSocketViolation(detail: "a frame length that is not written in the shortest way")
        }
        return (Int(count), 2 + extra)
    }
}
