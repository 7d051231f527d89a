import Facts
import HTTPPeer
import Testing

@testable import Kubernetes

@Suite(.timeLimit(.minutes(1)))
struct WatchTests {
    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"

    private static func list(_ version: String, _ pods: [(String, String)]) -> String {
        let items = pods.map { #"{"metadata":{"name":"\#($0.0)","uid":"uid-\#($0.0)","resourceVersion":"\#($0.1)"}}"# }
        return
            #"{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"\#(version)"},"items":[\#(items.joined(separator: ","))]}"#
    }

    private static func event(_ type: String, _ name: String, _ version: String) -> String {
        #"{"type":"\#(type)","object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"\#(name)","uid":"uid-\#(name)","resourceVersion":"\#(version)"}}}"#
            + "\n"
    }

    private static func told(_ event: WatchEvent) -> String {
        switch event {
        case .added(let object): "+\(object.name)@\(object.resourceVersion)"
        case .modified(let object): "~\(object.name)@\(object.resourceVersion)"
        case .deleted(let object): "-\(object.name)@\(object.resourceVersion)"
        case .vanished(let reference): "!\(reference.name)"
        case .synchronized(let version): "=\(version)"
        }
    }

    private func events(_ peer: HTTPPeer, until last: String, deadline: Duration = .seconds(20)) async throws -> [String] {
        var seen: [String] = []
        for try await event in try ClusterPeer.client(peer).watch(.pods("x"), deadline: deadline) {
            seen.append(Self.told(event))
            if seen.last == last { break }
        }
        return seen
    }

    @Test func aTrueWatchIsReadInOrder() async throws {
        let recorded = try Recording.response("watch-pods-rv")
        let peer = try HTTPPeer { request, connection in
            guard request.query("watch") == nil else {
                connection.send(recorded)
                return connection.close()
            }
            connection.answer("200 OK", Self.list("1086", []))
        }
        var seen: [String] = []
        for try await event in try ClusterPeer.client(peer).watch(.pods("default"), deadline: .seconds(10)) {
            seen.append(Self.told(event))
            if seen.count == 6 { break }
        }
        // Read off the recording: the pod crash is modified at 1087 and 1090 …
        #expect(seen.first == "=1086")
        #expect(seen[1] == "+crash@1087")
        #expect(peer.requests[1].query("resourceVersion") == "1086")
        #expect(peer.requests[1].query("allowWatchBookmarks") == "true")
    }

    @Test func aDroppedConnectionResumesAndTellsNothingTwice() async throws {
        let count = Recorded()
        let peer = try HTTPPeer { request, connection in
            guard request.query("watch") != nil else { return connection.answer("200 OK", Self.list("10", [("a", "5")])) }
            switch count.next() {
            case 0:
                // Half an event at the end is none.
                connection.send(Self.head + Self.event("ADDED", "b", "11") + Self.event("MODIFIED", "a", "12").dropLast(40))
                connection.close()
            case 1:
                connection.send(Self.head + Self.event("MODIFIED", "a", "12") + Self.event("BOOKMARK", "", "20"))
                connection.reset()
            default:
                connection.send(Self.head + Self.event("DELETED", "a", "21"))
                connection.close()
            }
        }
        #expect(try await events(peer, until: "-a@21") == ["+a@5", "=10", "+b@11", "~a@12", "-a@21"])
        #expect(peer.requests.dropFirst().map { $0.query("resourceVersion") } == ["10", "11", "20"])
    }

    @Test(arguments: [true, false])
    func anExpiredVersionIsListedAnewAndOnlyTheDifferenceIsTold(_ asEvent: Bool) async throws {
        let expired = try Recording.response("watch-410-after-compaction")
        let gone = try Recording.response("list-410-exact")
        let (lists, watches) = (Recorded(), Recorded())
        let peer = try HTTPPeer { request, connection in
            guard request.query("watch") != nil else {
                let isFirst = lists.next() == 0
                return connection.answer(
                    "200 OK",
                    isFirst
                        ? Self.list("10", [("a", "5"), ("b", "6"), ("c", "7")])
                        : Self.list("90", [("a", "5"), ("b", "60"), ("d", "70")]))
            }
            if watches.next() == 0 {
                connection.send(asEvent ? expired : gone)
            } else {
                connection.send(Self.head + Self.event("MODIFIED", "d", "91"))
            }
            connection.close()
        }
        #expect(
            try await events(peer, until: "~d@91") == ["+a@5", "+b@6", "+c@7", "=10", "!c", "~b@60", "+d@70", "=90", "~d@91"])
    }

    @Test func troubleOnTheWayIsPassedOver() async throws {
        let count = Recorded()
        let busy = try Recording.response("err-429-apf-watch")
        let peer = try HTTPPeer { request, connection in
            guard request.query("watch") != nil else { return connection.answer("200 OK", Self.list("10", [])) }
            switch count.next() {
            case 0: connection.reset()
            case 1: connection.answer("500 Internal Server Error", "x")
            case 2: connection.answer("503 Service Unavailable", "x", headers: ["Retry-After: 0"])
            case 3:
                connection.send(busy)
                connection.close()
            case 4:
                connection.send(Self.head + #"{"type":"ERROR","object":{"kind":"Status","code":500,"message":"etcd"}}"# + "\n")
                connection.close()
            default:
                connection.send(Self.head + Self.event("ADDED", "a", "11"))
                connection.close()
            }
        }
        #expect(try await events(peer, until: "+a@11") == ["=10", "+a@11"])
    }

    @Test func aForbiddenWatchEnds() async throws {
        let forbidden = try Recording.response("err-403-jane")
        let peer = try HTTPPeer { request, connection in
            guard request.query("watch") != nil else { return connection.answer("200 OK", Self.list("10", [])) }
            connection.send(forbidden)
            connection.close()
        }
        await #expect(throws: KubernetesFailure.self) { _ = try await self.events(peer, until: "never") }
        #expect(peer.requests.count == 2)
    }

    @Test func theDeadlineEndsASilentWatch() async throws {
        let peer = try HTTPPeer { request, connection in
            guard request.query("watch") != nil else { return connection.answer("200 OK", Self.list("10", [])) }
            connection.send(Self.head)
            _ = connection.waitForClose()
        }
        do {
            _ = try await events(peer, until: "never", deadline: .milliseconds(400))
            Issue.record("the watch ended without a failure")
        } catch let failure as KubernetesFailure {
            #expect(failure.kind == .timedOut)
            #expect(failure.sentence == "cluster: watch of pods in x: the 400 ms for it are over")
        }
    }

    @Test func whatAWatchReceivedIsToldAsOneExchange() async throws {
        let peer = try HTTPPeer { request, connection in
            guard request.query("watch") != nil else { return connection.answer("200 OK", Self.list("10", [])) }
            connection.send(Self.head + Self.event("ADDED", "a", "11"))
            _ = connection.waitForClose()
        }
        let told = Collected<Exchange>()
        let client = try ClusterPeer.client(peer).observing { told.add($0) }
        for try await event in client.watch(.pods("x"), deadline: .seconds(10)) {
            if case .added = event { break }
        }
        #expect(told.all.count == 2)
        #expect(told.all.last?.text == Self.event("ADDED", "a", "11"))
    }
}
