import Facts
import Foundation
import HTTPPeer
import Testing

@testable import Kubernetes

/// One trouble, then a good answer: what is asked again, and what is not.
@Suite(.timeLimit(.minutes(1)))
struct RetryingTests {
    enum Trouble: String, Sendable, CaseIterable {
        case reset, cutOff, flowControl429, status500, status503, none
    }

    static func peer(_ trouble: Trouble, times: Int = 1, _ good: @escaping @Sendable (PeerRequest, PeerConnection) -> Void) throws
        -> HTTPPeer
    {
        let count = Recorded()
        let flowControl = try Recording.response("err-429-apf")
        return try HTTPPeer { request, connection in
            guard count.next() < times else { return good(request, connection) }
            switch trouble {
            case .reset: connection.reset()
            case .cutOff:
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
                connection.close()
            case .flowControl429:
                connection.send(
                    String(decoding: flowControl, as: UTF8.self).replacingOccurrences(
                        of: "Retry-After: 1", with: "Retry-After: 0"))
                connection.close()
            case .status500:
                connection.answer(
                    "500 Internal Server Error", #"{"kind":"Status","message":"etcdserver: leader changed","code":500}"#)
            case .status503: connection.answer("503 Service Unavailable", "busy", headers: ["Retry-After: 0"])
            case .none: good(request, connection)
            }
        }
    }

    static let pod = #"{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","uid":"u1"}}"#

    @Test(arguments: [Trouble.reset, .cutOff, .flowControl429, .status500, .status503])
    func aReadIsRepeated(_ trouble: Trouble) async throws {
        let peer = try Self.peer(trouble) { _, connection in connection.answer("200 OK", Self.pod) }
        #expect(try await ClusterPeer.client(peer).get(.pods("x", "a")).uid == "u1")
        #expect(peer.requests.count == 2)
    }

    @Test(arguments: [Trouble.reset, .cutOff, .flowControl429, .status500, .status503])
    func aCreationWhoseAnswerIsLostIsFoundAgain(_ trouble: Trouble) async throws {
        // The object was stored before the trouble: the second POST meets it.
        let stored = Collected<String>()
        let count = Recorded()
        let plain = try Self.peer(trouble) { request, connection in
            if request.method == "POST", count.next() == 0 {
                return connection.answer(
                    "409 Conflict",
                    #"{"kind":"Status","reason":"AlreadyExists","message":"pods \"a\" already exists","code":409}"#)
            }
            let mark = stored.all.first ?? ""
            connection.answer(
                "200 OK",
                #"{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","uid":"u1","annotations":{"plumbline/creation":"\#(mark)"}}}"#
            )
        }
        let peer = try HTTPPeer { request, connection in
            // Notes the mark of the first creation, then lets the plain peer's script answer through a connection of its own.
            if request.method == "POST",
                let mark = try? JSONValue(parsing: request.body)["metadata"]?["annotations"]?["plumbline/creation"]?.text
            {
                stored.add(mark)
            }
            plain.play(request, connection)
        }
        let pod = try await ClusterPeer.client(peer).create(["metadata": ["name": "a"]], in: .pods("x"))
        #expect(pod.uid == "u1")
        #expect(peer.requests.map(\.method) == ["POST", "POST", "GET"])
        #expect(Set(stored.all).count == 1)
    }

    @Test func anotherOnesObjectIsNotTakenOver() async throws {
        let peer = try HTTPPeer { request, connection in
            if request.method == "POST" {
                return connection.answer(
                    "409 Conflict",
                    #"{"kind":"Status","reason":"AlreadyExists","message":"pods \"a\" already exists","code":409}"#)
            }
            connection.answer("200 OK", Self.pod)
        }
        let client = try ClusterPeer.client(peer)
        let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in
            try await client.create(["metadata": ["name": "a"]], in: .pods("x"))
        }
        #expect(failure?.kind == .alreadyExists)
        #expect(
            failure?.sentence
                == #"cluster: create of pods in x: an object of that name exists already (409 AlreadyExists): pods "a" already exists"#
        )
    }

    @Test func anEvictionsRefusalIsNotRepeated() async throws {
        let peer = try ClusterPeer.playing([("GET", "/", "err-429-eviction")])
        let client = try ClusterPeer.client(peer)
        _ = await ClusterPeer.failure { () throws(KubernetesFailure) in try await client.get(.pods("x", "a")) }
        #expect(peer.requests.count == 1)
    }

    @Test func aRefusalThatStaysIsToldAfterFiveTimes() async throws {
        let peer = try HTTPPeer { _, connection in
            connection.answer("503 Service Unavailable", "down for maintenance\nsecond line")
        }
        let client = try ClusterPeer.client(peer)
        let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in try await client.get(.pods("x", "a")) }
        #expect(failure?.sentence == "cluster: get of pods x/a: the API server could not do it (503): down for maintenance")
        #expect(peer.requests.count == 5)
    }

    @Test func comingBackLaterThanTheDeadlineIsNotWaitedFor() async throws {
        let peer = try HTTPPeer { _, connection in
            connection.answer("429 Too Many Requests", "later", headers: ["Retry-After: 3600"])
        }
        let client = try ClusterPeer.client(peer)
        let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in try await client.get(.pods("x", "a")) }
        #expect(failure?.kind == .tooManyRequests)
        #expect(peer.requests.count == 1)
    }
}
