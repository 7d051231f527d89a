import HTTPPeer
import Testing

@testable import Transports

@Suite(.timeLimit(.minutes(1)))
struct HTTPStreamTests {
    @Test func aSlowReaderMakesTheServerWait() async throws {
        let (counts, told) = AsyncStream.makeStream(of: Int.self)
        let total = 64 << 20
        let peer = try HTTPPeer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
            var sent = 0
            let chunk = [UInt8](repeating: 0x61, count: 1 << 20)
            while sent < total {
                sent += connection.send(chunk)
                told.yield(sent)
            }
            told.finish()
        }
        let stream = try await HTTPEngine().stream(
            for: HTTPRequest(url: peer.url, deadline: .seconds(40)), highWaterBytes: 1 << 20)
        #expect(stream.head.status == 200)
        // Nothing has been read: the server may have filled the sockets' buffers and ours, and no more.
        var iterator = counts.makeAsyncIterator()
        var sent = 0
        for _ in 0..<4 { sent = await iterator.next() ?? total }
        #expect(sent < total / 2)
        var received = 0
        for try await bytes in stream { received += bytes.count }
        #expect(received == total)
    }

    @Test func linesArriveBeforeTheAnswerEnds() async throws {
        let peer = try HTTPPeer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n")
            _ = connection.waitForClose()
        }
        let stream = try await HTTPEngine().stream(for: HTTPRequest(url: peer.url, deadline: .seconds(30)))
        var iterator = stream.makeAsyncIterator()
        #expect(try await iterator.next() == Array("one\n".utf8))
    }

    @Test func lettingGoOfAStreamClosesItsConnection() async throws {
        let (closed, told) = AsyncStream.makeStream(of: Bool.self)
        let peer = try HTTPPeer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n")
            told.yield(connection.waitForClose())
        }
        let engine = try HTTPEngine()
        do {
            let stream = try await engine.stream(for: HTTPRequest(url: peer.url, deadline: .seconds(30)))
            #expect(stream.head.status == 200)
        }
        var iterator = closed.makeAsyncIterator()
        #expect(await iterator.next() == true)
    }

    @Test func standingStreamsStarveNoRequests() async throws {
        let peer = try HTTPPeer { request, connection in
            guard request.target == "/watch" else { return connection.answer("200 OK", "x") }
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            _ = connection.waitForClose()
        }
        let engine = try HTTPEngine()
        var streams: [HTTPStream] = []
        for _ in 0..<12 {
            streams.append(try await engine.stream(for: HTTPRequest(url: peer.url + "/watch", deadline: .seconds(30))))
        }
        let response = try await engine.response(for: HTTPRequest(url: peer.url, deadline: .seconds(5)))
        #expect(response.status == 200)
        #expect(streams.count == 12)
    }
}
