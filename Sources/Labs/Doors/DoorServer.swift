internal import NIOCore
internal import NIOPosix

/// The lab's end of `plumbline-lab-door`: takes each command that reaches a simulated host and sends its answer back.
///
/// The wire format is described in `Sources/plumbline-lab-door/main.c`.
struct DoorServer: Sendable {
    /// Answers for a host, by the host's name and the command line.
    typealias Answering = @Sendable (_ host: String, _ command: String) async -> CommandAnswer

    private let server: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>

    /// Listens at a unix socket.
    ///
    /// - Throws: when the path is taken or too long.
    static func listen(at path: String) async throws -> DoorServer {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 512)
            .bind(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return DoorServer(server: server)
    }

    /// Serves until cancelled.
    func run(_ answer: @escaping Answering) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            try await server.executeThenClose { connections in
                for try await connection in connections {
                    group.addTask {
                        // A client that goes away in the middle ends its own connection, not the site.
                        do { try await Self.serve(connection, answer) } catch {}
                    }
                }
            }
        }
    }

    private static func serve(_ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ answer: Answering) async throws {
        try await connection.executeThenClose { inbound, outbound in
            var received = ByteBuffer()
            for try await part in inbound {
                received.writeImmutableBuffer(part)
                guard let request = DoorRequest(received) else { continue }
                let result = await answer(request.host, request.command)
                try await outbound.write(reply(result))
                return
            }
        }
    }

    private static func reply(_ answer: CommandAnswer) -> ByteBuffer {
        var buffer = ByteBuffer()
        for (kind, bytes) in [(UInt8(1), answer.output), (2, answer.errors)] where !bytes.isEmpty {
            buffer.writeInteger(kind)
            buffer.writeInteger(UInt32(bytes.count))
            buffer.writeBytes(bytes)
        }
        buffer.writeInteger(UInt8(3))
        buffer.writeInteger(UInt32(4))
        buffer.writeInteger(UInt32(answer.status))
        return buffer
    }
}

/// What the door says first.
struct DoorRequest {
    let host: String
    let command: String

    /// Nil while not all of it has come.
    init?(_ buffer: ByteBuffer) {
        var buffer = buffer
        guard let host = buffer.readLengthPrefixedSlice(as: UInt32.self),
            let command = buffer.readLengthPrefixedSlice(as: UInt32.self)
        else { return nil }
        self.host = String(buffer: host)
        self.command = String(buffer: command)
    }
}
