internal import NIOCore
internal import NIOHTTP1
internal import NIOWebSocket

/// What comes in on a connection: parts of requests, and frames once it has become a WebSocket.
enum ConnectionInput: Sendable {
    case head(HTTPRequestHead)
    case body(ByteBuffer)
    case end
    case frame(WebSocketFrame)
}

/// What goes out on a connection.
enum ConnectionOutput: Sendable {
    case head(HTTPResponseHead)
    case body(ByteBuffer)
    case end
    /// The answer to a WebSocket handshake; frames follow.
    case upgrade(HTTPResponseHead)
    case frame(WebSocketFrame)
    /// Bytes as they stand, past the HTTP encoder, for answers that are no proper HTTP.
    case raw(ByteBuffer)
    /// What was sent before goes out; then the connection ends by force.
    case cut(ConnectionCut)
}

/// How a connection is ended by force.
enum ConnectionCut: Sendable {
    /// The bytes sent so far arrive, then end of file, without a TLS goodbye.
    case endOfFile
    /// The peer sees a reset.
    case reset
}
