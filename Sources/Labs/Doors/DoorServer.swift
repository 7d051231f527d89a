internal import NIOCore
internal import NIOPosix

/// The lab's end of `plumbline-lab-door`: takes each command that reaches a simulated host and sends its answer back.
///
/// The wire format is described in `Sources/plumbline-lab-door/main.c`.
struct DoorServer: Sendable {
    /// Who answers for the hosts, by name.
    struct Hosts: Sendable {
        /// To a command on an exec channel.
        var answer: @Sendable (_ host: String, _ command: String) async -> CommandAnswer
        /// The shell of a host that has one; nil when it has none.
        var terminal: @Sendable (_ host: String) async -> DeviceTerminal?
        /// To a command that was typed into it.
        var typed: @Sendable (_ host: String, _ command: String) async -> CommandAnswer
    }

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
    func run(_ hosts: Hosts) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            try await server.executeThenClose { connections in
                for try await connection in connections {
                    group.addTask {
                        // A client that goes away in the middle ends its own connection, not the site.
                        do { try await Self.serve(connection, hosts) } catch {}
                    }
                }
            }
        }
    }

    private static func serve(_ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ hosts: Hosts) async throws {
        try await connection.executeThenClose { inbound, outbound in
            var received = ByteBuffer()
            var request: DoorRequest?
            var terminal: DeviceTerminal?
            var typed = ""
            for try await part in inbound {
                received.writeImmutableBuffer(part)
                if request == nil {
                    guard let asked = DoorRequest(reading: &received) else { continue }
                    request = asked
                    terminal = asked.command.isEmpty ? await hosts.terminal(asked.host) : nil
                    guard let terminal else {
                        return try await outbound.write(reply(await hosts.answer(asked.host, asked.command)))
                    }
                    try await outbound.write(frame(1, "\n" + terminal.prompt))
                }
                guard let host = request?.host, var shell = terminal else { return }
                while let piece = readFrame(&received) {
                    guard !piece.isEmpty else { return try await outbound.write(reply(CommandAnswer())) }
                    typed += piece
                    while let end = typed.firstIndex(where: \.isNewline) {
                        let line = String(typed[..<end])
                        typed = String(typed[typed.index(after: end)...])
                        switch shell.take(line) {
                        case .leaves: return try await outbound.write(reply(CommandAnswer()))
                        case .shows(let text): try await outbound.write(frame(1, text))
                        case .runs(let command):
                            let answer = await hosts.typed(host, command)
                            try await outbound.write(frame(1, shell.page(answer.outputText + answer.errorText)))
                        }
                    }
                }
                terminal = shell
            }
        }
    }

    /// The bytes of the next whole frame of stdin; empty at its end, nil while it has not all come.
    private static func readFrame(_ buffer: inout ByteBuffer) -> String? {
        guard buffer.readableBytes >= 5, let length = buffer.getInteger(at: buffer.readerIndex + 1, as: UInt32.self),
            buffer.readableBytes >= 5 + Int(length)
        else { return nil }
        buffer.moveReaderIndex(forwardBy: 5)
        return buffer.readString(length: Int(length))
    }

    private static func frame(_ kind: UInt8, _ text: String) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeInteger(kind)
        buffer.writeInteger(UInt32(text.utf8.count))
        buffer.writeString(text)
        return buffer
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

    /// Takes it from a buffer; nil, with nothing taken, while not all of it has come.
    init?(reading buffer: inout ByteBuffer) {
        var rest = buffer
        guard let host = rest.readLengthPrefixedSlice(as: UInt32.self),
            let command = rest.readLengthPrefixedSlice(as: UInt32.self)
        else { return nil }
        buffer = rest
        self.host = String(buffer: host)
        self.command = String(buffer: command)
    }
}
