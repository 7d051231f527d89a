import Facts
import Foundation
import Testing

@testable import Kubernetes
@testable import Labs

/// Everything a run asks of the API, with one fault at each request in turn.
@Suite(.timeLimit(.minutes(3)))
struct FaultInjectionTests {
    /// What a run does: looks, makes, waits, runs commands, looks again, deletes and sees it gone.
    private struct Session {
        let client: KubernetesClient
        let run: String

        private func object(_ kind: String, _ apiVersion: String, _ spec: JSONValue) -> JSONValue {
            [
                "apiVersion": .string(apiVersion), "kind": .string(kind),
                "metadata": ["name": .string(run), "labels": ["run": .string(run)]], "spec": spec,
            ]
        }

        func play() async throws {
            let nodes = try await client.list(.nodes())
            try #require(nodes.items.count == 3)
            _ = try await client.get(.configMaps("kube-system", "kube-root-ca.crt"))
            _ = try await client.list(.events("default"), fieldSelector: "involvedObject.name=\(run)")
            let lease = try await client.create(object("Lease", "coordination.k8s.io/v1", [:]), in: .leases("default"))
            let nad = try await client.create(
                object("NetworkAttachmentDefinition", "k8s.cni.cncf.io/v1", ["config": "{}"]),
                in: .networkAttachmentDefinitions("default"))
            try await runPod()
            try await client.delete(.networkAttachmentDefinitions("default", run), uid: nad.uid)
            try await client.delete(.leases("default", run), uid: lease.uid)
        }

        /// Watches first, so that every step is seen as a change.
        private func runPod() async throws {
            var uid: String?
            let watch = client.watch(.pods("default"), labelSelector: "run=\(run)", deadline: client.requestDeadline)
            for try await event in watch {
                switch event {
                case .synchronized where uid == nil:
                    let pod = object("Pod", "v1", ["containers": [["name": "c", "image": "busybox:1.28"]]])
                    uid = try await client.create(pod, in: .pods("default")).uid
                case .added(let pod):
                    try #require(pod.uid == uid)
                    try await look(pod)
                    try await client.delete(.pods("default", run), uid: pod.uid, gracePeriodSeconds: 0)
                case .deleted(let pod): return try #require(pod.uid == uid)
                case .vanished(let pod): return try #require(pod.uid == uid)
                case .modified, .synchronized: break
                }
            }
        }

        private func look(_ pod: KubernetesObject) async throws {
            let output = try await client.exec(
                namespace: "default", pod: "running", argv: ["fail", "3"], deadline: client.requestDeadline)
            try #require(output == ExecOutput(stdout: Array("out\n".utf8), stderr: Array("err\n".utf8), exitCode: 3))
            try #require(try await client.get(.pods("default", run)).uid == pod.uid)
        }

        /// What a later clean-up does: by label, and by the UID just listed.
        func cleanUp() async throws {
            for collection in [ResourcePath.pods("default"), .networkAttachmentDefinitions("default"), .leases("default")] {
                for object in try await client.list(collection, labelSelector: "run=\(run)").items {
                    try await client.delete(collection.named(object.name), uid: object.uid, gracePeriodSeconds: 0)
                }
            }
        }
    }

    private static func leftovers(_ bench: LabBench, _ run: String) async throws -> Int {
        let nads = ResourceKind(group: "k8s.cni.cncf.io", "NetworkAttachmentDefinition", "network-attachment-definitions")
        var count = 0
        for kind in [ResourceKind.pods, .leases, nads] {
            let found = try await bench.store.list(kind, ListQuery(namespace: "default")).items
            count += found.filter { $0["metadata"]?["name"]?.text == run }.count
        }
        return count
    }

    /// The requests of an undisturbed session, as the server counted them.
    private static func requests(_ bench: LabBench) async throws -> [APIFaults.Request] {
        await bench.faults.plant([])
        try await Session(client: try await bench.client(), run: "undisturbed").play()
        try await #require(leftovers(bench, "undisturbed") == 0)
        return await bench.faults.requests
    }

    static let passing: [APIFaults.Kind] = [
        .reset, .resetAfterEffect, .status(429, retryAfterSeconds: 0), .status(500, retryAfterSeconds: nil),
        .status(503, retryAfterSeconds: 0), .expired, .truncatedBody, .watchDrop(afterEvents: 0), .watchDrop(afterEvents: 1),
    ]

    @Test(arguments: passing)
    func oneOfThemAtAnyRequestIsSurvivedAndNothingIsLeft(_ kind: APIFaults.Kind) async throws {
        try await LabBench.run { bench in
            let requests = try await Self.requests(bench)
            for request in requests {
                // A GET of one object, a creation or a deletion is never answered with 410.
                if kind == .expired, !["list", "watch"].contains(request.verb) { continue }
                let run = "run-\(request.number)"
                await bench.faults.plant([.init(kind, at: .request(request.number))])
                do {
                    try await Session(client: try await bench.client(), run: run).play()
                } catch {
                    Issue.record("\(kind) at \(request.number), \(request.verb) \(request.resource): \(error)")
                }
                #expect(
                    try await Self.leftovers(bench, run) == 0, "\(kind) at \(request.number), \(request.verb) \(request.resource)"
                )
            }
            // So many points at which a fault was planted; a session that asked less would prove less.
            #expect(requests.count == 13, "\(requests.map { "\($0.verb) \($0.resource)" })")
        }
    }

    struct Lasting: Sendable, CustomTestStringConvertible {
        let fault: APIFaults.Kind
        let kinds: @Sendable (APIFaults.Request) -> [KubernetesFailure.Kind]
        let words: String
        var testDescription: String { "\(fault)" }
    }

    static let lasting = [
        Lasting(
            fault: .forbidden,
            kinds: { request in
                [.forbidden(verb: request.resource == "pods/exec" ? "get" : request.verb, resource: request.resource)]
            },
            words: "not allowed (403 Forbidden): "),
        Lasting(fault: .malformedJSON, kinds: { _ in [.notUnderstood] }, words: "no JSON at line "),
        Lasting(fault: .hang, kinds: { _ in [.timedOut] }, words: " ms"),
    ]

    @Test(arguments: lasting)
    func oneOfTheseIsNamedInTimeAndWhatIsLeftCanBeCleanedUp(_ lasting: Lasting) async throws {
        try await LabBench.run { bench in
            for request in try await Self.requests(bench) {
                // The content of the answer to a deletion is not needed.
                if lasting.fault == .malformedJSON, request.verb == "delete" { continue }
                let run = "run-\(request.number)"
                await bench.faults.plant([.init(lasting.fault, at: .request(request.number))])
                var client = try await bench.client()
                if lasting.fault == .hang { client.requestDeadline = .milliseconds(600) }
                let (session, place) = (
                    Session(client: client, run: run), "\(request.number), \(request.verb) \(request.resource)"
                )
                let started = ContinuousClock.now
                do {
                    try await session.play()
                    Issue.record("\(lasting.fault) at \(place) was not noticed")
                } catch let failure as KubernetesFailure {
                    #expect(lasting.kinds(request).contains(failure.kind), "\(place): \(failure)")
                    #expect(failure.sentence.contains(lasting.words), "\(place): \(failure)")
                }
                #expect(ContinuousClock.now - started < .seconds(10), "\(place)")
                await bench.faults.plant([])
                try await Session(client: try await bench.client(), run: run).cleanUp()
                #expect(try await Self.leftovers(bench, run) == 0, "\(place)")
            }
        }
    }
}
