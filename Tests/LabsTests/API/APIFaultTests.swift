import Facts
import Testing

@testable import Labs

@Suite(.timeLimit(.minutes(1))) struct APIFaultTests {
    private static let pods = "/api/v1/namespaces/default/pods"

    private func outcome(_ fault: APIFaults.Kind, _ path: String = Self.pods, seconds: Int = 20) async throws -> RawClient.Outcome
    {
        let result = Box()
        try await APIBench.run { bench in
            await bench.faults.plant([APIFaults.Fault(fault, at: .request(1))])
            await result.set(
                try await RawClient(port: bench.port).exchange(APIBench.text("GET", path), seconds: seconds))
        }
        return await result.value
    }

    private actor Box {
        var value = RawClient.Outcome()
        func set(_ value: RawClient.Outcome) { self.value = value }
    }

    @Test func aResetIsSeenAsSuch() async throws {
        let seen = try await outcome(.reset)
        #expect(seen.bytes.isEmpty)
        #expect(seen.ending == .reset)
    }

    @Test func tooManyRequestsIsPlainText() async throws {
        let seen = try Recording(bytes: try await outcome(.status(429, retryAfterSeconds: 1)).bytes)
        let recorded = try Recording("err-429-apf")
        #expect(seen.status == recorded.status)
        #expect(seen.body == recorded.body)
        for header in ["content-type", "retry-after", "x-content-type-options"] {
            #expect(seen.header(header) == recorded.header(header))
        }
    }

    @Test(arguments: [500, 503]) func aServersTroubleIsAStatus(_ code: Int) async throws {
        let seen = try Recording(bytes: try await outcome(.status(code, retryAfterSeconds: nil)).bytes)
        #expect(seen.status == code)
        #expect(try seen.json["code"]?.int == code)
        #expect(seen.header("retry-after") == nil)
    }

    @Test func aTruncatedBodyIsShorterThanAnnounced() async throws {
        let seen = try await outcome(.truncatedBody)
        let answer = try Recording(bytes: seen.bytes)
        #expect(seen.ending == .closed)
        #expect(try #require(answer.header("content-length").flatMap(Int.init)) > answer.body.count)
        #expect(!answer.body.isEmpty)
    }

    @Test func malformedJSONIsCompleteForHTTP() async throws {
        let answer = try Recording(bytes: try await outcome(.malformedJSON).bytes)
        #expect(answer.status == 200)
        #expect(answer.header("content-length") == String(answer.body.count))
        #expect(throws: JSONSyntaxError.self) { try answer.json }
    }

    @Test func aHangGivesNothing() async throws {
        let seen = try await outcome(.hang, seconds: 1)
        #expect(seen.bytes.isEmpty)
        #expect(seen.ending == .timeout)
    }

    @Test func aDroppedWatchHasNoEnd() async throws {
        let seen = try await outcome(.watchDrop(afterEvents: 1), Self.pods + "?watch=1")
        #expect(seen.ending == .closed)
        #expect(try Recording(bytes: seen.bytes).events.count == 1)
        #expect(!seen.text.hasSuffix("0\r\n\r\n"))
    }

    @Test func anExpiredWatchIsAnEvent() async throws {
        let seen = try Recording(bytes: try await outcome(.expired, Self.pods + "?watch=1&resourceVersion=5").bytes)
        #expect(seen.status == 200)
        #expect(try seen.events[0].value(at: "object", "code") == 410)
    }

    @Test func aForbiddenRequestNamesWhatIsMissing() async throws {
        let seen = try Recording(bytes: try await outcome(.forbidden).bytes)
        #expect(seen.status == 403)
        #expect(
            try seen.json.text(at: "message")
                == #"pods is forbidden: User "kubernetes-admin" cannot list resource "pods" in API group "" in the namespace "default""#
        )
    }

    @Test func aResetAfterTheEffectHasHadIt() async throws {
        try await APIBench.run { bench in
            await bench.faults.plant([APIFaults.Fault(.resetAfterEffect, at: .nth(1, verb: "create", resource: "configmaps"))])
            let seen = try await RawClient(port: bench.port).exchange(
                APIBench.text("POST", "/api/v1/namespaces/default/configmaps", body: #"{"metadata":{"name":"made"}}"#))
            #expect(seen.ending == .reset)
            #expect(try await bench.request("GET", "/api/v1/namespaces/default/configmaps/made").status == 200)
        }
    }

    @Test func requestsAreCountedAndFaultsMeetTheirPlace() async throws {
        try await APIBench.run { bench in
            await bench.faults.plant([
                APIFaults.Fault(.status(500, retryAfterSeconds: nil), at: .nth(2, verb: "get", resource: "nodes")),
                APIFaults.Fault(.status(503, retryAfterSeconds: 1), at: .every(verb: "delete", resource: nil)),
            ])
            var statuses: [Int] = []
            for path in ["nodes/worker1", "pods", "nodes/worker2", "nodes/worker3"] {
                let place = path.hasPrefix("nodes") ? "/api/v1/" : "/api/v1/namespaces/default/"
                statuses.append(try await bench.request("GET", place + path).status)
            }
            statuses.append(try await bench.request("DELETE", Self.pods + "/running").status)
            #expect(statuses == [200, 200, 500, 200, 503])
            let counted = await bench.faults.requests
            #expect(counted.map(\.number) == [1, 2, 3, 4, 5])
            #expect(counted.map(\.verb) == ["get", "list", "get", "get", "delete"])
            #expect(counted.map(\.name) == ["worker1", nil, "worker2", "worker3", "running"])
        }
    }

    @Test func anExecCanBeCutBeforeItsStatus() async throws {
        try await APIBench.run { bench in
            await bench.faults.plant([APIFaults.Fault(.truncatedBody, at: .nth(1, verb: "get", resource: "pods/exec"))])
            let request = APIBench.text(
                "GET", Self.pods + "/running/exec?command=echo&command=hi&stdout=true",
                headers: [
                    "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: oGDeEYEOJUqq0ju+9tMZyg==", "Sec-WebSocket-Protocol: v5.channel.k8s.io",
                ])
            let seen = try await RawClient(port: bench.port).exchange(request)
            let frames = ExecRecording.Seen(seen.bytes).frames.map(\.description)
            #expect(frames == ["binary 01", "binary 0168690a"])
            #expect(seen.ending == .closed)
        }
    }
}
