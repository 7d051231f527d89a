import Facts
import HTTPPeer
import Testing

@testable import Kubernetes

@Suite(.timeLimit(.minutes(1)))
struct WritingTests {
    @Test func creationIsAPOSTWithOurFieldManager() async throws {
        let peer = try ClusterPeer.playing([("POST", "/api/v1/namespaces/default/pods", "dp-gone-create")])
        let pod = try await ClusterPeer.client(peer).create(
            ["kind": "Pod", "metadata": ["name": "dpgone"]], in: .pods("default"))
        #expect(pod.uid == "0b3bf581-5424-4fb7-9177-4ac19c5602d0")
        let request = try #require(peer.requests.first)
        #expect(request.target == "/api/v1/namespaces/default/pods?fieldManager=plumbline")
        #expect(request.header("content-type") == "application/json")
        #expect(try JSONValue(parsing: request.body)["metadata"]?["name"]?.text == "dpgone")
    }

    @Test func aDryRunSaysSoAndMarksNothing() async throws {
        let peer = try ClusterPeer.playing([("POST", "/", "dp-gone-create")])
        _ = try await ClusterPeer.client(peer).create(["metadata": ["name": "a"]], in: .pods("default"), dryRun: true)
        #expect(peer.requests.first?.query("dryRun") == "All")
        #expect(peer.requests.first?.text == #"{"metadata":{"name":"a"}}"#)
    }

    @Test func deletionIsBoundToTheUID() async throws {
        let peer = try HTTPPeer { _, connection in connection.answer("200 OK", "{}") }
        #expect(try await ClusterPeer.client(peer).delete(.pods("default", "a"), uid: "u1", gracePeriodSeconds: 1))
        let request = try #require(peer.requests.first)
        #expect(request.method == "DELETE")
        let options = try JSONValue(parsing: request.body)
        #expect(options["preconditions"]?["uid"]?.text == "u1")
        #expect(options["gracePeriodSeconds"]?.int == 1)
    }

    @Test(arguments: ["delete-404", "delete-precondition-409"])
    func whatIsGoneOrAnotherOnesCountsAsGone(_ recording: String) async throws {
        let peer = try ClusterPeer.playing([("DELETE", "/", recording)])
        #expect(try await !ClusterPeer.client(peer).delete(.pods("default", "a"), uid: "u1"))
    }

    @Test func aNamespaceThatIsMissingIsNamed() async throws {
        let peer = try ClusterPeer.playing([("POST", "/", "err-404-create-in-missing-ns")])
        let client = try ClusterPeer.client(peer)
        let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in
            try await client.create(["metadata": ["name": "a"]], in: .pods("nope"))
        }
        #expect(failure?.kind == .notFound)
        #expect(
            failure?.sentence
                == #"cluster: create of pods in nope: there is no such object (404 NotFound): namespaces "nope" not found"#)
    }
}
