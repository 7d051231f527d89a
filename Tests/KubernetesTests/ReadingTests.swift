import Facts
import HTTPPeer
import Testing

@testable import Kubernetes

/// What true answers become. Expected values are read off the recordings.
@Suite(.timeLimit(.minutes(1)))
struct ReadingTests {
    @Test func aPodIsReadWithItsBytes() async throws {
        let peer = try ClusterPeer.playing([("GET", "/api/v1/namespaces/default/pods/sriov-pod-201-1", "get-pod_1")])
        let pod = try await ClusterPeer.client(peer).get(.pods("default", "sriov-pod-201-1"))
        #expect(pod.name == "sriov-pod-201-1")
        #expect(pod.namespace == "default")
        #expect(pod.uid == "6942bdbf-cd96-40ad-b974-4ee88ed9e545")
        #expect(pod.resourceVersion == "399")
        #expect(pod.kind == "Pod")
        #expect(try JSONValue(parsing: pod.raw) == pod.json)
    }

    @Test func nodesAreListed() async throws {
        let peer = try ClusterPeer.playing([("GET", "/api/v1/nodes", "get-nodes")])
        let list = try await ClusterPeer.client(peer).list(.nodes())
        #expect(list.items.map(\.name) == ["worker1", "worker2", "worker3"])
        #expect(peer.requests.first?.target == "/api/v1/nodes?limit=500")
    }

    @Test func networkAttachmentDefinitionsAreListed() async throws {
        let peer = try ClusterPeer.playing([
            ("GET", "/apis/k8s.cni.cncf.io/v1/namespaces/default/network-attachment-definitions", "get-nads")
        ])
        let list = try await ClusterPeer.client(peer).list(.networkAttachmentDefinitions("default"))
        #expect(list.items.map(\.name).contains("sriov-201"))
    }

    @Test func pagesFollowTheToken() async throws {
        let peer = try HTTPPeer { request, connection in
            let isFirst = request.query("continue") == nil
            let next = isFirst ? #","continue":"abc==","remainingItemCount":1"# : ""
            let name = isFirst ? "a" : "b"
            connection.answer(
                "200 OK",
                #"{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"7"\#(next)},"items":[{"metadata":{"name":"\#(name)"}}]}"#
            )
        }
        var pages: [[String]] = []
        let version = try await ClusterPeer.client(peer).list(.pods("x"), labelSelector: "a=b,c in (d)", pageSize: 1) { page in
            pages.append(page.items.map(\.name))
        }
        #expect(pages == [["a"], ["b"]])
        #expect(version == "7")
        #expect(
            peer.requests.map(\.target) == [
                "/api/v1/namespaces/x/pods?labelSelector=a%3Db%2Cc%20in%20%28d%29&limit=1",
                "/api/v1/namespaces/x/pods?labelSelector=a%3Db%2Cc%20in%20%28d%29&limit=1&continue=abc%3D%3D",
            ])
    }

    @Test func aListWhoseTokenExpiresStartsOver() async throws {
        let expired = try Recording.response("list-410-continue")
        let (first, asked) = (Recorded(), #"{"kind":"PodList","metadata":{"resourceVersion":"#)
        let peer = try HTTPPeer { request, connection in
            if request.query("continue") == nil {
                let token = first.next() == 0 ? #","continue":"t""# : ""
                return connection.answer("200 OK", asked + #""9"\#(token)},"items":[{"metadata":{"name":"a"}}]}"#)
            }
            connection.send(expired)
            connection.close()
        }
        let list = try await ClusterPeer.client(peer).list(.pods("x"))
        #expect(list.items.map(\.name) == ["a"])
        #expect(peer.requests.count == 3)
    }

    @Test func podsInANamespaceThatDoesNotExistAreNone() async throws {
        let peer = try HTTPPeer { _, connection in
            connection.answer("200 OK", #"{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[]}"#)
        }
        #expect(try await ClusterPeer.client(peer).list(.pods("nope")).items.isEmpty)
    }

    @Test func warningsAreKept() async throws {
        let peer = try HTTPPeer { _, connection in
            connection.answer(
                "200 OK", #"{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"}}"#,
                headers: [#"Warning: 299 - "unknown field \"spec.foo\"""#, #"Warning: 299 - "second""#])
        }
        #expect(try await ClusterPeer.client(peer).get(.pods("x", "a")).warnings == [#"unknown field "spec.foo""#, "second"])
    }

    @Test func whatIsExchangedIsToldWithoutCredentials() async throws {
        let peer = try ClusterPeer.playing([("GET", "/api/v1/nodes", "get-nodes")])
        let told = Collected<Exchange>()
        let client = try ClusterPeer.client(peer, credentials: .token(Redacted("s3cret"))).observing { told.add($0) }
        _ = try await client.list(.nodes())
        let exchange = try #require(told.all.first)
        #expect(told.all.count == 1)
        #expect(exchange.sent == "GET \(peer.url)/api/v1/nodes?limit=500")
        #expect(exchange.outcome == .status(200))
        #expect(exchange.text.hasPrefix(#"{"kind":"NodeList""#))
        #expect(!"\(exchange)".contains("s3cret"))
        #expect(peer.requests.first?.header("authorization") == "Bearer s3cret")
    }
}
