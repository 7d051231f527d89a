import Facts
import HTTPPeer
import Testing

@testable import Transports

@Suite(.timeLimit(.minutes(1)))
struct HTTPEngineTests {
    private func request(_ peer: HTTPPeer, _ path: String = "/", deadline: Duration = .seconds(5)) -> HTTPRequest {
        HTTPRequest(url: peer.url + path, deadline: deadline)
    }

    private func failure(_ request: HTTPRequest, _ engine: HTTPEngine) async -> HTTPFailure? {
        do throws(HTTPFailure) {
            _ = try await engine.response(for: request)
            return nil
        } catch {
            return error
        }
    }

    @Test func anAnswerIsGivenWhole() async throws {
        let peer = try HTTPPeer { _, connection in
            connection.answer("404 Not Found", #"{"a":1}"#, headers: ["X-One: 1", "x-one: 2"])
        }
        let response = try await HTTPEngine().response(for: request(peer))
        #expect(response.status == 404)
        #expect(response.httpVersion == "1.1")
        #expect(response.headers["X-ONE"] == "1")
        #expect(response.headers.all("x-one") == ["1", "2"])
        #expect(String(decoding: response.body, as: UTF8.self) == #"{"a":1}"#)
    }

    @Test func whatIsAskedArrivesAsItIs() async throws {
        let peer = try HTTPPeer { _, connection in connection.answer("200 OK", "") }
        var request = request(peer, "/a/../b?x=1%2C2")
        request.method = "DELETE"
        request.body = Array("hello".utf8)
        request.headers.add("Authorization", "Bearer t")
        _ = try await HTTPEngine().response(for: request)
        let seen = try #require(peer.requests.first)
        #expect(seen.method == "DELETE")
        #expect(seen.target == "/a/../b?x=1%2C2")
        #expect(seen.text == "hello")
        #expect(seen.header("authorization") == "Bearer t")
        #expect(seen.header("expect") == nil)
    }

    @Test func aRecordedChunkedListComesThroughByteForByte() async throws {
        let recorded = try Recording.response("get-nodes")
        let peer = try HTTPPeer { _, connection in
            connection.send(recorded)
            connection.close()
        }
        let response = try await HTTPEngine().response(for: request(peer))
        let list = try JSONValue(parsing: response.body)
        #expect(list["kind"]?.text == "NodeList")
        #expect(list["items"]?.elements?.count == 3)
    }

    @Test func hundredRequestsShareSixteenConnections() async throws {
        let peer = try HTTPPeer { _, connection in connection.answer("200 OK", "x") }
        let engine = try HTTPEngine()
        let request = request(peer)
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<100 { group.addTask { try await engine.response(for: request).status } }
            return try await group.reduce(0) { $0 + $1 }
        }
        #expect(statuses == 100 * 200)
        #expect(peer.connections <= 16)
    }

    @Test func nobodyListensIsNoConnection() async throws {
        let port = try { try HTTPPeer { _, _ in }.port }()
        let failure = await failure(HTTPRequest(url: "http://127.0.0.1:\(port)/"), try HTTPEngine())
        #expect(failure?.stage == .connect)
        #expect(failure?.requestSent == false)
        #expect(failure?.description == "127.0.0.1:\(port): no connection (Connection refused)")
    }

    @Test func aNameWithoutAddressSaysSo() async throws {
        let failure = await failure(HTTPRequest(url: "http://no-such-host.invalid/"), try HTTPEngine())
        #expect(failure?.stage == .resolve)
        #expect(failure?.endpoint == "no-such-host.invalid:80")
    }

    @Test func silenceEndsAtTheDeadline() async throws {
        let peer = try HTTPPeer { _, connection in _ = connection.waitForClose() }
        let failure = await failure(request(peer, deadline: .milliseconds(200)), try HTTPEngine())
        #expect(failure?.stage == .timedOut(in: .waiting, after: .milliseconds(200), bytes: 0))
        #expect(
            failure?.description
                == "127.0.0.1:\(peer.port): no complete answer within 200 ms; the time ran out while waiting for the answer to begin"
        )
    }

    @Test func aBodyThatStallsEndsAtTheDeadlineWithItsLength() async throws {
        let peer = try HTTPPeer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
            _ = connection.waitForClose()
        }
        let failure = await failure(request(peer, deadline: .seconds(2)), try HTTPEngine())
        #expect(failure?.stage == .timedOut(in: .receiving, after: .seconds(2), bytes: 3))
    }

    @Test func aResetBeforeTheAnswerIsAReset() async throws {
        let peer = try HTTPPeer { _, connection in connection.reset() }
        let failure = await failure(request(peer), try HTTPEngine())
        #expect(failure?.stage == .reset)
        #expect(failure?.requestSent == true)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
    ])
    func anAnswerCutOffIsTruncated(_ sent: String) async throws {
        let peer = try HTTPPeer { _, connection in
            connection.send(sent)
            connection.close()
        }
        let failure = await failure(request(peer), try HTTPEngine())
        #expect(failure?.stage == .truncated(bytes: 3))
    }

    @Test func whatIsNoHTTPIsNotUnderstood() async throws {
        let peer = try HTTPPeer { _, connection in
            connection.send("SSH-2.0-OpenSSH_9.2\r\n")
            connection.close()
        }
        let failure = await failure(request(peer), try HTTPEngine())
        #expect(failure?.stage == .notUnderstood)
    }

    @Test func anEndlessBodyIsGivenUpAtItsLimit() async throws {
        let peer = try HTTPPeer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\n\r\n")
            while connection.send([UInt8](repeating: 0x61, count: 1 << 16)) == 1 << 16 {}
            connection.close()
        }
        var request = request(peer)
        request.bodyLimitBytes = 1 << 20
        let failure = await failure(request, try HTTPEngine())
        #expect(failure?.stage == .tooLarge(limitBytes: 1 << 20))
    }

    @Test func cancellingEndsTheRequestAtOnce() async throws {
        let (closed, told) = AsyncStream.makeStream(of: Bool.self)
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        let peer = try HTTPPeer { _, connection in
            arrival.yield()
            told.yield(connection.waitForClose())
        }
        let engine = try HTTPEngine()
        let request = request(peer, deadline: .seconds(30))
        let failure = await withTaskGroup(of: HTTPFailure?.self) { group in
            group.addTask { await self.failure(request, engine) }
            for await _ in arrived { break }
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(failure?.stage == .cancelled)
        var iterator = closed.makeAsyncIterator()
        #expect(await iterator.next() == true)
    }

    @Test func aTaskCancelledBeforehandAsksNothing() async throws {
        let peer = try HTTPPeer { _, connection in connection.answer("200 OK", "") }
        let engine = try HTTPEngine()
        let request = request(peer)
        let failure = await withTaskGroup(of: HTTPFailure?.self) { group in
            group.cancelAll()
            group.addTask { await self.failure(request, engine) }
            return await group.next() ?? nil
        }
        #expect(failure?.stage == .cancelled)
        #expect(peer.requests.isEmpty)
    }

    @Test func aRequestThatWaitsForItsTurnStillEndsAtItsDeadline() async throws {
        let peer = try HTTPPeer { _, connection in _ = connection.waitForClose() }
        let (engine, request) = (try HTTPEngine(), request(peer, deadline: .milliseconds(300)))
        let stages = await withTaskGroup(of: HTTPFailure.Stage?.self) { group in
            for _ in 0..<40 { group.addTask { await self.failure(request, engine)?.stage } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(stages.count == 40)
        #expect(stages.allSatisfy { if case .timedOut = $0 { true } else { false } })
        #expect(peer.connections <= 16)
    }

    @Test func anEngineThatIsLetGoEndsItsThreads() async throws {
        let peer = try HTTPPeer { _, connection in _ = connection.waitForClose() }
        weak var engine: HTTPEngine?
        do {
            let strong = try HTTPEngine()
            engine = strong
            _ = await failure(request(peer, deadline: .milliseconds(50)), strong)
        }
        #expect(engine == nil)
    }
}
