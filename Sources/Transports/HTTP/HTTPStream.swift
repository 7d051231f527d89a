/// An answer whose body is still coming: chunks as they arrive, never empty. One reader.
///
/// A reader that falls behind makes the server wait. Letting go of it, or cancelling the task that reads it, ends the transfer.
package struct HTTPStream: AsyncSequence, Sendable {
    package typealias Element = [UInt8]
    package typealias Failure = HTTPFailure

    package let head: HTTPHead
    private let body: Body

    init(head: HTTPHead, body: Body) {
        self.head = head
        self.body = body
    }

    package func makeAsyncIterator() -> Iterator { Iterator(body: body) }

    package struct Iterator: AsyncIteratorProtocol {
        let body: Body
        package mutating func next() async throws(HTTPFailure) -> [UInt8]? { try await body.stream.next() }
        package mutating func next(isolation actor: isolated (any Actor)?) async throws(HTTPFailure) -> [UInt8]? {
            try await body.stream.next()
        }
    }

    /// Ends the transfer when the last who could read it has gone.
    final class Body: Sendable {
        let stream: ByteStream<HTTPHead>
        // The engine's threads serve the stream, so it must not go first.
        private let engine: HTTPEngine
        init(_ stream: ByteStream<HTTPHead>, engine: HTTPEngine) {
            self.stream = stream
            self.engine = engine
        }
        deinit { stream.abandon() }
    }
}
