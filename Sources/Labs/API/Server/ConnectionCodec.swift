internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOWebSocket

/// Turns HTTP parts into the connection's own parts and back, until the connection becomes a WebSocket: then it puts the frame
/// handlers where the HTTP handlers were, in the same step in which the handshake's answer is written.
final class HTTPPartsCodec: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = ConnectionInput
    typealias OutboundIn = ConnectionOutput
    typealias OutboundOut = HTTPServerResponsePart

    private let encoder: HTTPResponseEncoder
    private let decoder: ByteToMessageHandler<HTTPRequestDecoder>

    init(encoder: HTTPResponseEncoder, decoder: ByteToMessageHandler<HTTPRequestDecoder>) {
        self.encoder = encoder
        self.decoder = decoder
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): context.fireChannelRead(wrapInboundOut(.head(head)))
        case .body(let buffer): context.fireChannelRead(wrapInboundOut(.body(buffer)))
        case .end: context.fireChannelRead(wrapInboundOut(.end))
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head): context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body(let buffer): context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: promise)
        case .end: context.write(wrapOutboundOut(.end(nil)), promise: promise)
        case .upgrade(let head): upgrade(head, context: context, promise: promise)
        case .raw(let buffer): writeRaw(buffer, context: context, promise: promise)
        case .cut(let cut): context.cut(cut, promise: promise)
        case .frame: promise?.fail(ConnectionError.framesBeforeUpgrade)
        }
    }

    private func upgrade(_ head: HTTPResponseHead, context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
        let operations = context.pipeline.syncOperations
        do {
            try operations.addHandler(WebSocketFrameEncoder(), position: .before(self))
            try operations.addHandler(
                ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: 4 << 20)), position: .before(self))
            try operations.addHandler(FramePartsCodec(), position: .after(self))
        } catch {
            context.fireErrorCaught(error)
        }
        // The decoder goes last: what it still holds is handed to the frame decoder.
        operations.removeHandler(encoder, promise: nil)
        operations.removeHandler(self, promise: nil)
        operations.removeHandler(decoder, promise: nil)
    }

    /// Below the encoder there are only bytes; its context writes them past it.
    private func writeRaw(_ buffer: ByteBuffer, context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        do {
            try context.pipeline.syncOperations.context(handler: encoder).write(NIOAny(buffer), promise: promise)
        } catch {
            promise?.fail(error)
        }
    }
}

/// The same for a connection that has become a WebSocket.
final class FramePartsCodec: ChannelDuplexHandler {
    typealias InboundIn = WebSocketFrame
    typealias InboundOut = ConnectionInput
    typealias OutboundIn = ConnectionOutput
    typealias OutboundOut = WebSocketFrame

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.fireChannelRead(wrapInboundOut(.frame(unwrapInboundIn(data))))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .frame(let frame): context.write(wrapOutboundOut(frame), promise: promise)
        case .cut(let cut): context.cut(cut, promise: promise)
        default: promise?.fail(ConnectionError.partsAfterUpgrade)
        }
    }
}

extension ChannelHandlerContext {
    /// Flushes first: what was written in the same batch is still unencrypted then, and would be lost.
    fileprivate func cut(_ cut: ConnectionCut, promise: EventLoopPromise<Void>?) {
        flush()
        triggerUserOutboundEvent(cut, promise: promise)
    }
}

/// Nearest to the socket: cuts it below TLS, as a peer that dies does.
final class SocketCutter: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard let cut = event as? ConnectionCut else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        switch cut {
        case .reset:
            // Only a socket's own option makes the kernel send a reset; a channel that is no socket is just closed.
            (context.channel as? any SocketOptionProvider)?
                .setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in }
            context.close(mode: .all, promise: promise)
        case .endOfFile:
            // An empty write completes when everything before it has left: a close would throw away what has not.
            let channel = context.channel
            let isOut = context.eventLoop.makePromise(of: Void.self)
            let context = NIOLoopBound(context, eventLoop: context.eventLoop)
            isOut.futureResult.whenComplete { _ in context.value.close(mode: .all, promise: promise) }
            context.value.writeAndFlush(wrapOutboundOut(channel.allocator.buffer(capacity: 0)), promise: isOut)
        }
    }
}

/// A defect of the server's own: parts sent in the wrong phase of a connection.
enum ConnectionError: Error {
    case framesBeforeUpgrade
    case partsAfterUpgrade
}
