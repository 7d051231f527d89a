import Facts
import Testing

@testable import Labs

@Suite(.timeLimit(.minutes(1))) struct WatchTests {
    private static let pods = "/api/v1/namespaces/default/pods"

    /// The events of a watch as the client gets them, up to and with the one that `enough` names.
    private func events(
        _ bench: APIBench, _ path: String, until enough: @escaping @Sendable ([JSONValue]) -> Bool
    ) async throws -> [JSONValue] {
        let outcome = try await RawClient(port: bench.port).exchange(
            APIBench.text("GET", path), until: { bytes in enough((try? Recording(bytes: bytes).events) ?? []) })
        return try Recording(bytes: outcome.bytes).events
    }

    private func names(_ events: [JSONValue]) -> [String] {
        events.map { "\($0.text(at: "type") ?? "") \($0.text(at: "object", "metadata", "name") ?? "")" }
    }

    @Test func changesAfterTheListComeOnceAndInOrder() async throws {
        try await APIBench.run { bench in
            let from = await bench.store.resourceVersion
            try await bench.store.create(APIBench.runningPod("w", node: "worker2"), kind: .pods)
            try await bench.store.change(.pods, namespace: "default", name: "w") { $0.set("metadata", "labels", "x", to: "y") }
            try await bench.store.remove(.pods, namespace: "default", name: "w")
            let seen = try await events(bench, Self.pods + "?watch=1&resourceVersion=\(from)") { $0.count == 3 }
            #expect(names(seen) == ["ADDED w", "MODIFIED w", "DELETED w"])
            let versions = seen.compactMap { $0.text(at: "object", "metadata", "resourceVersion").flatMap(Int.init) }
            #expect(versions == [from + 1, from + 2, from + 3])
        }
    }

    @Test func withoutAVersionWhatIsThereComesFirst() async throws {
        try await APIBench.run { bench in
            let seen = try await events(bench, Self.pods + "?watch=1") { !$0.isEmpty }
            #expect(names(seen) == ["ADDED running"])
        }
    }

    @Test func theEndOfWhatIsThereIsToldByABookmark() async throws {
        try await APIBench.run { bench in
            let version = await bench.store.resourceVersion
            let path = Self.pods + "?watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan"
            let seen = try await events(bench, path) { $0.count == 2 }
            // watch-pods-initial
            #expect(
                seen.last?.compactText
                    == #"{"type":"BOOKMARK","object":{"kind":"Pod","apiVersion":"v1","metadata":{"resourceVersion":"\#(version)","annotations":{"k8s.io/initial-events-end":"true"}},"spec":{"containers":null},"status":{}}}"#
            )
        }
    }

    @Test func bookmarksComeWithTimeAndAtTheEnd() async throws {
        try await APIBench.run(bookmarkInterval: .milliseconds(20)) { bench in
            let path =
                "/apis/k8s.cni.cncf.io/v1/namespaces/default/network-attachment-definitions?watch=1&allowWatchBookmarks=true"
                + "&timeoutSeconds=1&resourceVersion=\(await bench.store.resourceVersion)"
            let outcome = try await RawClient(port: bench.port).exchange(APIBench.text("GET", path))
            let seen = try Recording(bytes: outcome.bytes).events
            #expect(seen.count > 2)
            // watch-nads: a custom kind's bookmark has nothing but its version.
            #expect(seen.last?.value(at: "object")?.members?.map(\.key) == ["apiVersion", "kind", "metadata"])
            #expect(outcome.text.hasSuffix("\r\n0\r\n\r\n"), "the stream ends as it should")
        }
    }

    @Test(arguments: [("1", "watch-old-rv1")]) func aVersionThatIsForgottenIsAnEvent(_ version: String, _ recording: String)
        async throws
    {
        try await APIBench.run { bench in
            await bench.store.compact()
            let answer = try await bench.request("GET", Self.pods + "?watch=1&resourceVersion=\(version)")
            let recorded = try Recording(recording)
            #expect(answer.status == recorded.status)
            let now = await bench.store.resourceVersion
            var expected = try recorded.events[0]
            expected.set("object", "message", to: .string("too old resource version: \(version) (\(now))"))
            #expect(try answer.events == [expected])
        }
    }

    @Test func anObjectThatCeasesToMatchIsDeletedForTheWatcher() async throws {
        try await APIBench.run { bench in
            let from = await bench.store.resourceVersion
            for value in ["y", "z", "y"] {
                try await bench.store.change(.pods, namespace: "default", name: "running") {
                    $0.set("metadata", "labels", "x", to: .string(value))
                }
            }
            let seen = try await events(bench, Self.pods + "?watch=1&labelSelector=x%3Dy&resourceVersion=\(from)") {
                $0.count == 3
            }
            #expect(names(seen) == ["ADDED running", "DELETED running", "ADDED running"])
        }
    }

    @Test func theStoreEndsAndTheWatchWithIt() async throws {
        try await APIBench.run { bench in
            let (first, opener) = AsyncStream.makeStream(of: Never.self)
            async let ended: Void = {
                for await _ in first {}
                await bench.store.endWatches()
            }()
            let outcome = try await RawClient(port: bench.port).exchange(
                APIBench.text("GET", Self.pods + "?watch=1"),
                until: { bytes in
                    if (try? Recording(bytes: bytes).events.isEmpty) == false { opener.finish() }
                    return false
                })
            await ended
            #expect(outcome.ending == .closed)
            #expect(outcome.text.hasSuffix("\r\n0\r\n\r\n"))
        }
    }

    @Test func aListIsPagedAndEachPageShowsTheSameMoment() async throws {
        try await APIBench.run { bench in
            for name in ["a", "b", "c", "d"] {
                try await bench.store.create(APIBench.runningPod(name, node: "worker1"), kind: .pods)
            }
            let first = try await bench.request("GET", Self.pods + "?limit=2").json
            #expect(first["items"]?.elements?.count == 2)
            #expect(first.value(at: "metadata", "remainingItemCount") == 3)
            let token = try #require(first.text(at: "metadata", "continue"))
            try await bench.store.remove(.pods, namespace: "default", name: "c")
            let second = try await bench.request("GET", Self.pods + "?limit=2&continue=\(token)").json
            #expect(second["items"]?.elements?.map { $0.text(at: "metadata", "name") } == ["c", "d"])
            #expect(second.value(at: "metadata", "resourceVersion") == first.value(at: "metadata", "resourceVersion"))
            let last = try #require(second.text(at: "metadata", "continue"))
            let third = try await bench.request("GET", Self.pods + "?limit=2&continue=\(last)").json
            #expect(third["items"]?.elements?.map { $0.text(at: "metadata", "name") } == ["running"])
            #expect(third.value(at: "metadata", "continue") == nil)
        }
    }

    @Test func anExpiredPageComesWithAFreshToken() async throws {
        try await APIBench.run { bench in
            try await bench.store.create(APIBench.runningPod("a", node: "worker1"), kind: .pods)
            let first = try await bench.request("GET", Self.pods + "?limit=1").json
            let token = try #require(first.text(at: "metadata", "continue"))
            try await bench.store.create(APIBench.runningPod("b", node: "worker1"), kind: .pods)
            await bench.store.compact()
            let expired = try await bench.request("GET", Self.pods + "?limit=1&continue=\(token)")
            let recorded = try Recording("list-410-continue")
            #expect(expired.status == recorded.status)
            #expect(try expired.json["message"] == recorded.json["message"])
            let fresh = try #require(try expired.json.text(at: "metadata", "continue"))
            let rest = try await bench.request("GET", Self.pods + "?continue=\(fresh)").json
            #expect(rest["items"]?.elements?.map { $0.text(at: "metadata", "name") } == ["b", "running"])
        }
    }

    @Test func anExactVersionThatIsForgottenIsRefused() async throws {
        try await APIBench.run { bench in
            await bench.store.compact()
            let answer = try await bench.request("GET", Self.pods + "?resourceVersion=2&resourceVersionMatch=Exact")
            let recorded = try Recording("list-410-exact")
            #expect(answer.status == recorded.status)
            #expect(answer.body == recorded.body)
        }
    }

    @Test func builtInListsLeaveOutWhatCustomOnesSay() async throws {
        try await APIBench.run { bench in
            let pods = try await bench.request("GET", Self.pods).json
            #expect(pods.members?.map(\.key) == ["kind", "apiVersion", "metadata", "items"])
            #expect(pods["items"]?[0]?.members?.map(\.key) == ["metadata", "spec", "status"])
            try await bench.store.create(
                ["metadata": ["name": "n"], "spec": ["config": "{}"]], kind: .networkAttachmentDefinitions)
            let nads = try await bench.request(
                "GET", "/apis/k8s.cni.cncf.io/v1/namespaces/default/network-attachment-definitions"
            ).json
            let recorded = try Recording("get-nads").json
            #expect(nads.members?.map(\.key) == recorded.members?.map(\.key))
            #expect(nads["metadata"]?.members?.map(\.key) == recorded["metadata"]?.members?.map(\.key))
            #expect(nads["items"]?[0]?.members?.map(\.key) == recorded["items"]?[0]?.members?.map(\.key))
        }
    }
}
