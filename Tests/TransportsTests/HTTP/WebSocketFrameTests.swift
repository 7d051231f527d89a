import Testing

@testable import Transports

/// Bytes of the examples in RFC 6455 §5.7.
struct WebSocketFrameTests {
    @Test func aMaskedTextFrameIsTheRFCsExample() {
        let frame = WebSocketFrame(opcode: .text, payload: Array("Hello".utf8))
        #expect(
            frame.masked(with: (0x37, 0xfa, 0x21, 0x3d)) == [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58])
    }

    @Test func framesAreReadFromAnyPieces() throws {
        let bytes: [UInt8] =
            [0x01, 0x03, 0x48, 0x65, 0x6c, 0x89, 0x00, 0x80, 0x02, 0x6c, 0x6f] + [0x82, 0x7e, 0x01, 0x00]
            + [UInt8](repeating: 7, count: 256)
        for size in [1, 2, 3, 5, 100, bytes.count] {
            var decoder = WebSocketDecoder()
            var frames: [WebSocketFrame] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                decoder.append(Array(bytes[start..<min(start + size, bytes.count)]))
                while let frame = try decoder.next() { frames.append(frame) }
            }
            #expect(
                frames == [
                    WebSocketFrame(isFinal: false, opcode: .text, payload: Array("Hel".utf8)),
                    WebSocketFrame(opcode: .ping, payload: []),
                    WebSocketFrame(opcode: .continuation, payload: Array("lo".utf8)),
                    WebSocketFrame(opcode: .binary, payload: [UInt8](repeating: 7, count: 256)),
                ])
            #expect(!decoder.isInsideFrame)
        }
    }

    @Test(
        arguments: [
            ([0xc1, 0x00], "reserved bits set without an extension"),
            ([0x83, 0x00], "unknown opcode 3"),
            ([0x81, 0x80, 0, 0, 0, 0], "a masked frame from the server"),
            ([0x09, 0x00], "a control frame in pieces or over 125 bytes"),
            ([0x88, 0x7e, 0x01, 0x00], "a control frame in pieces or over 125 bytes"),
            ([0x82, 0x7e, 0x00, 0x05], "a frame length that is not written in the shortest way"),
            ([0x82, 0x7f, 0x80, 0, 0, 0, 0, 0, 0, 0], "a frame length that is not written in the shortest way"),
            ([0x82, 0x7f, 0, 0, 0, 0, 0x10, 0, 0, 0], "a frame of 268435456 bytes, more than 67108864"),
        ] as [([UInt8], String)])
    func whatAServerMayNotSendIsRefused(_ bytes: [UInt8], _ detail: String) {
        var decoder = WebSocketDecoder()
        decoder.append(bytes)
        #expect(throws: WebSocketViolation(detail: detail)) { try decoder.next() }
    }

    @Test(arguments: [0, 1, 125, 126, 65535, 65536])
    func whatAClientWritesHasTheShortestLength(_ count: Int) {
        let frame = WebSocketFrame(opcode: .binary, payload: [UInt8](repeating: 0x55, count: count))
        let bytes = frame.masked(with: (1, 2, 3, 4))
        let header = count < 126 ? 2 : count < 65536 ? 4 : 10
        #expect(bytes.count == header + 4 + count)
        #expect(zip(bytes[(header + 4)...], 0...).allSatisfy { $0 == 0x55 ^ [1, 2, 3, 4][$1 & 3] })
    }
}
