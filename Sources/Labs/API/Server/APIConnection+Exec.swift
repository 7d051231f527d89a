internal import Facts
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOWebSocket

extension APIConnection {
    /// Makes the connection a WebSocket, runs the command and sends what it printed and how it ended.
    func run(
        _ session: ExecSession, head: HTTPRequestHead, fault: APIFaults.Kind?, _ iterator: inout Iterator, _ outbound: Writer
    ) async throws {
        guard try await shakeHands(session, head: head, outbound) else { return }
        // The first message of a true server is an empty one on channel 1.
        try await outbound.write(.frame(Self.frame([], channel: 1, of: session)))
        let (input, feed) = AsyncStream.makeStream(of: [UInt8].self)
        if !session.wantsStdin || !session.runtime.readsInput(session.argv) { feed.finish() }
        try await withThrowingTaskGroup { group in
            group.addTask {
                var stdin: [UInt8] = []
                for await piece in input { stdin += piece }
                let outcome = await session.runtime.exec(
                    namespace: session.namespace, pod: session.pod, container: session.container, argv: session.argv,
                    stdin: stdin)
                try await self.send(session.ending(of: outcome), of: session, fault: fault, outbound)
                // The client answers the goodbye and closes; one that does not is not waited for.
                try await Task.sleep(for: .seconds(2))
                try await outbound.write(.cut(.endOfFile))
            }
            while let part = try await iterator.next() {
                guard case .frame(let frame) = part, try await take(frame, of: session, feed: feed, outbound) else { break }
            }
            group.cancelAll()
        }
    }

    /// - Returns: false when the handshake was none and has been refused.
    private func shakeHands(_ session: ExecSession, head: HTTPRequestHead, _ outbound: Writer) async throws -> Bool {
        let upgrader = NIOWebSocketServerUpgrader(
            shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
            upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() })
        do {
            var headers = try await upgrader.buildUpgradeResponse(
                channel: channel.channel, upgradeRequest: head, initialResponseHeaders: ["Upgrade": "websocket"]
            ).get()
            headers.replaceOrAdd(name: "Upgrade", value: "websocket")
            headers.replaceOrAdd(name: "Connection", value: "Upgrade")
            headers.add(name: "Sec-WebSocket-Protocol", value: session.channel.rawValue)
            try await outbound.write(
                .upgrade(HTTPResponseHead(version: .http1_1, status: .switchingProtocols, headers: headers)))
            return true
        } catch is NIOWebSocketUpgradeError {
            try await writeBody(.text("missing or bad WebSocket version or key", status: 400), to: head, outbound)
            return false
        }
    }

    /// Takes one frame of the client's.
    ///
    /// - Returns: false when the client is done with the connection.
    private func take(
        _ frame: WebSocketFrame, of session: ExecSession, feed: AsyncStream<[UInt8]>.Continuation, _ outbound: Writer
    ) async throws -> Bool {
        switch frame.opcode {
        case .ping:
            try await outbound.write(.frame(WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData)))
        case .connectionClose:
            // Sent again after our own: a second goodbye does no harm, and a true server sends it too.
            try await outbound.write(.frame(WebSocketFrame(fin: true, opcode: .connectionClose, data: frame.unmaskedData)))
            return false
        case .binary, .text, .continuation:
            let message = Array(frame.unmaskedData.readableBytesView)
            guard session.wantsStdin, let channel = message.first else { break }
            switch (session.channel, channel) {
            case (.base64, 0x30): feed.yield(Array(Data(base64Encoded: Data(message.dropFirst())) ?? Data()))
            case (.version5, 255) where message.dropFirst().first == 0: feed.finish()
            case (_, 0): feed.yield(Array(message.dropFirst()))
            default: break
            }
        default: break
        }
        return true
    }

    private func send(_ ending: ExecSession.Ending, of session: ExecSession, fault: APIFaults.Kind?, _ outbound: Writer)
        async throws
    {
        if fault == .resetAfterEffect {
            try await outbound.write(.cut(.reset))
            return
        }
        var messages = ending.messages
        if fault == .malformedJSON, let status = messages.indices.last, messages[status].channel == 3 {
            messages[status].content = Array(messages[status].content.prefix(messages[status].content.count / 2))
        }
        if fault == .truncatedBody { messages = messages.dropLast() }
        for message in messages {
            try await outbound.write(.frame(Self.frame(message.content, channel: message.channel, of: session)))
        }
        guard ending.isClean, fault != .truncatedBody else {
            try await outbound.write(.cut(.endOfFile))
            return
        }
        // 1000: a normal end.
        try await outbound.write(
            .frame(WebSocketFrame(fin: true, opcode: .connectionClose, data: ByteBuffer(bytes: [0x03, 0xe8]))))
    }

    private static func frame(_ content: [UInt8], channel: UInt8, of session: ExecSession) -> WebSocketFrame {
        guard session.channel == .base64 else {
            return WebSocketFrame(fin: true, opcode: .binary, data: ByteBuffer(bytes: [channel] + content))
        }
        let text = String(channel) + Data(content).base64EncodedString()
        return WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: text))
    }
}
