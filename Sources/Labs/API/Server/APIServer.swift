internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// The lab's HTTPS Kubernetes API.
package actor APIServer {
    private let store: ObjectStore
    private let handler: APIHandler
    private let configuration: APIServerConfiguration
    /// Serves until the listener is closed; `stop` waits for it.
    private var serving: Task<Void, Never>?
    private var listener: (any Channel)?

    package init(store: ObjectStore, runtime: any PodRuntime, configuration: APIServerConfiguration) {
        self.store = store
        self.configuration = configuration
        handler = APIHandler(store: store, runtime: runtime, configuration: configuration)
    }

    /// Begins to listen on loopback.
    ///
    /// - Returns: where it listens.
    /// - Throws: what NIO says of a port that is taken and of PEM that is none.
    package func start() async throws -> (host: String, port: Int) {
        let context = try Self.context(configuration.tls)
        let foreign = try configuration.foreignTLS.map(Self.context)
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.autoRead, value: false)
            .bind(host: "127.0.0.1", port: configuration.port) { channel in
                channel.eventLoop.makeSucceededFuture(channel)
            }
        let handler = handler
        serving = Task {
            await withDiscardingTaskGroup { group in
                do {
                    try await server.executeThenClose { connections in
                        for try await connection in connections {
                            group.addTask {
                                let isForeign = await handler.configuration.faults.isForeign
                                await Self.serve(connection, context: isForeign ? foreign ?? context : context, handler: handler)
                            }
                        }
                        group.cancelAll()
                    }
                } catch {
                    // The listener broke: those who are connected are served on, and nobody new comes.
                    return
                }
            }
        }
        listener = server.channel
        return ("127.0.0.1", server.channel.localAddress?.port ?? 0)
    }

    /// Stops listening and ends every connection.
    package func stop() async {
        listener?.close(promise: nil)
        await serving?.value
        serving = nil
    }

    private static func context(_ tls: APIServerConfiguration.TLS) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(tls.certificatePEM.utf8)).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(tls.keyPEM.utf8), format: .pem)))
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(tls.clientCAPEM.utf8)))
        configuration.certificateVerification = .optionalVerification
        // A client that keeps an idle connection does not answer our goodbye; it is not waited for.
        configuration.shutdownTimeout = .milliseconds(100)
        return try NIOSSLContext(configuration: configuration)
    }

    /// A connection becomes an async channel only here, in the task that serves it: one that is dropped unserved, as those are that
    /// come while the listener closes, would end the process (NIOAsyncWriter).
    private static func serve(_ channel: any Channel, context: NIOSSLContext, handler: APIHandler) async {
        do {
            let connection = try await channel.eventLoop.submit { try furnish(channel, context: context) }.get()
            guard let connection else { return }
            await APIConnection(channel: connection, handler: handler).run()
        } catch {
            // It broke before it began.
            channel.close(promise: nil)
        }
    }

    /// - Returns: nil for a connection that has ended already.
    private static func furnish(_ channel: any Channel, context: NIOSSLContext) throws
        -> NIOAsyncChannel<ConnectionInput, ConnectionOutput>?
    {
        guard channel.isActive else { return nil }
        let encoder = HTTPResponseEncoder()
        let decoder = ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes))
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandlers([SocketCutter(), NIOSSLServerHandler(context: context)])
        try pipeline.addHandlers([encoder, decoder, HTTPPartsCodec(encoder: encoder, decoder: decoder)])
        // Reading begins in a later turn of the loop, when the async channel is in its place.
        try channel.syncOptions?.setOption(.autoRead, value: true)
        return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
    }
}
