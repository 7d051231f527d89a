import Foundation
import NIOCore
import NIOPosix
import NIOSSL

@testable import Labs

/// A client that sends bytes as they are and keeps what comes back, good HTTP or not.
struct RawClient: Sendable {
    struct Outcome: Sendable {
        var bytes: [UInt8] = []
        /// How it ended: the server closed, the connection was reset, or the client had enough.
        var ending = Ending.enough
        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    enum Ending: Sendable {
        case closed
        case reset
        case enough
        case timeout
    }

    let port: Int
    var identity: Certificates.Pair?

    /// Sends a request and reads until `enough` says so, the server ends it, or the time is over.
    func exchange(
        _ request: String, seconds: Int = 20, then answer: (@Sendable ([UInt8]) -> [UInt8]?)? = nil,
        until enough: @escaping @Sendable ([UInt8]) -> Bool = { _ in false }
    ) async throws -> Outcome {
        let context = try context()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try NIOSSLClientHandler(context: context, serverHostname: nil)
                    try channel.pipeline.syncOperations.addHandler(handler)
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return await withTaskGroup(of: Outcome?.self) { group in
            group.addTask { await Self.read(channel, request: request, answer: answer, until: enough) }
            group.addTask {
                // A sleep throws only when it is cancelled, and then the answer is there.
                try? await Task.sleep(for: .seconds(seconds))
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            if let first { return first }
            var late = (await group.next() ?? nil) ?? Outcome()
            late.ending = .timeout
            return late
        }
    }

    private func context() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        configuration.shutdownTimeout = .milliseconds(50)
        if let identity {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(identity.certificatePEM.utf8)).map {
                .certificate($0)
            }
            configuration.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(identity.keyPEM.utf8), format: .pem))
        }
        return try NIOSSLContext(configuration: configuration)
    }

    private static func read(
        _ channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>, request: String, answer: (@Sendable ([UInt8]) -> [UInt8]?)?,
        until enough: @escaping @Sendable ([UInt8]) -> Bool
    ) async -> Outcome {
        do {
            return try await channel.executeThenClose { inbound, outbound in
                var outcome = Outcome()
                try await outbound.write(ByteBuffer(string: request))
                do {
                    for try await buffer in inbound {
                        outcome.bytes += buffer.readableBytesView
                        if enough(outcome.bytes) { return outcome }
                        // A server that has closed already does not want it; what it sent before is still read.
                        if let reply = answer?(outcome.bytes) { try? await outbound.write(ByteBuffer(bytes: reply)) }
                    }
                    outcome.ending = .closed
                } catch let error as IOError where error.errnoCode == ECONNRESET {
                    outcome.ending = .reset
                } catch {
                    outcome.ending = .closed
                }
                return outcome
            }
        } catch {
            return Outcome(ending: .reset)
        }
    }
}
