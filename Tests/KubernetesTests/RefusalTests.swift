import Facts
import HTTPPeer
import Testing

@testable import Kubernetes

/// True refusals and the sentences they become. The server's words are those of the recordings.
@Suite(.timeLimit(.minutes(1)))
struct RefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let recording: String
        let path: ResourcePath
        let kind: KubernetesFailure.Kind
        let sentence: String
        let next: String?
        var testDescription: String { recording }
    }

    static let cases = [
        Case(
            recording: "err-401-badtoken", path: .pods("default", "a"), kind: .unauthorized,
            sentence:
                "cluster: get of pods default/a: the API server does not accept these credentials (401 Unauthorized): Unauthorized",
            next: "look at user 'jane' in context 'lab' of /etc/lab.yaml: has its token or certificate expired?"),
        Case(
            recording: "err-403-jane", path: .pods("default", "a"), kind: .forbidden(verb: "list", resource: "pods"),
            sentence:
                #"cluster: get of pods default/a: not allowed (403 Forbidden): pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default""#,
            next: "grant the verb 'list' on 'pods' in namespace 'default'"),
        Case(
            recording: "err-404-pod", path: .pods("default", "nosuch"), kind: .notFound,
            sentence:
                #"cluster: get of pods default/nosuch: there is no such object (404 NotFound): pods "nope" not found"#,
            next: nil),
        Case(
            recording: "err-404-group", path: .networkAttachmentDefinitions("default", "x"), kind: .notFound,
            sentence:
                "cluster: get of network-attachment-definitions default/x: there is no such object (404): 404 page not found",
            next: nil),
        Case(
            recording: "list-410-exact", path: .pods("default", "x"), kind: .gone,
            sentence:
                "cluster: get of pods default/x: that version is no longer kept (410 Expired): The resourceVersion for the provided list is too old.",
            next: nil),
        Case(
            recording: "err-429-eviction", path: .pods("default", "x"), kind: .tooManyRequests,
            sentence:
                "cluster: get of pods default/x: the API server asks to come back later (429 TooManyRequests): Cannot evict pod as it would violate the pod's disruption budget.",
            next: nil),
        Case(
            recording: "ssa-nomanager", path: .pods("default", "x"), kind: .invalid,
            sentence:
                #"cluster: get of pods default/x: the API server does not take the request (422 Invalid): PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch"#,
            next: nil),
        Case(
            recording: "ssa-conflict", path: .configMaps("default", "x"),
            kind: .fieldConflict([.init(manager: "alpha", field: ".data.k")]),
            sentence:
                #"cluster: get of configmaps default/x: owned by another manager: alpha owns .data.k (409 Conflict): Apply failed with 1 conflict: conflict with "alpha": .data.k"#,
            next: nil),
    ]

    @Test(arguments: cases)
    func aTrueRefusalHasItsOwnSentence(_ example: Case) async throws {
        let peer = try ClusterPeer.playing([("GET", "/", example.recording)])
        let client = try ClusterPeer.client(peer)
        let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in try await client.get(example.path) }
        #expect(failure?.kind == example.kind)
        #expect(failure?.sentence == example.sentence)
        #expect(failure?.next == example.next)
        #expect(peer.requests.count == 1)
    }

    /// Wording of the Pod Security admission plugin and of webhooks: kubernetes/pod-security-admission and apiserver's webhook errors.
    @Test(arguments: [
        (
            403,
            #"pods \"a\" is forbidden: violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false (container \"c\" must set securityContext.allowPrivilegeEscalation=false)"#,
            KubernetesFailure.Admission.podSecurity, "refused by Pod Security, not by RBAC"
        ),
        (
            400, #"admission webhook \"net.example.com\" denied the request: no"#, .webhook("net.example.com"),
            "refused by the admission webhook net.example.com, not by RBAC"
        ),
        (
            422,
            #"pods \"a\" is forbidden: ValidatingAdmissionPolicy 'replicas' with binding 'all' denied request: too many"#,
            .policy("replicas"), "refused by the admission policy replicas, not by RBAC"
        ),
        (
            500, #"Internal error occurred: failed calling webhook \"net.example.com\": failed to call webhook: EOF"#,
            .webhookUnanswered("net.example.com"), "the admission webhook net.example.com could not be asked"
        ),
        (
            400, #"admission webhook \"net.example.com\" does not support dry run"#, .webhookWithoutDryRun("net.example.com"),
            "the admission webhook net.example.com takes no dry runs"
        ),
        (
            403, #"pods \"a\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1"#, .quota,
            "refused by a resource quota, not by RBAC"
        ),
    ])
    func admissionIsToldApartFromRBAC(_ status: Int, _ message: String, _ admission: KubernetesFailure.Admission, _ words: String)
        async throws
    {
        let peer = try HTTPPeer { _, connection in
            connection.answer(
                "\(status) X",
                #"{"kind":"Status","status":"Failure","message":"\#(message)","reason":"Forbidden","code":\#(status)}"#)
        }
        let client = try ClusterPeer.client(peer)
        let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in
            try await client.create(["metadata": ["name": "a"]], in: .pods("default"))
        }
        #expect(failure?.kind == .admission(admission))
        #expect(failure?.sentence.contains(words) == true)
    }

    @Test func aLoginPageIsNoAPIServer() async throws {
        let peer = try HTTPPeer { _, connection in
            connection.answer("200 OK", "<html>Log in</html>", headers: ["Content-Type: text/html"])
        }
        let client = try ClusterPeer.client(peer)
        let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in try await client.get(.nodes("a")) }
        #expect(failure?.kind == .notUnderstood)
        #expect(
            failure?.sentence
                == "cluster: get of nodes a: expected the API's JSON from \(peer.url), but the answer is no JSON at line 1, column 1: expected a value"
        )
    }

    @Test func nobodyListeningNamesTheContext() async throws {
        let client = try { try ClusterPeer.client(try HTTPPeer { _, _ in }) }()
        let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in try await client.get(.nodes("a")) }
        #expect(failure?.kind == .unreachable)
        #expect(failure?.sentence.hasPrefix("cluster: get of nodes a: the API server at http://127.0.0.1:") == true)
        #expect(failure?.sentence.hasSuffix(": no connection (Connection refused)") == true)
        #expect(
            failure?.next
                == "look at the server address in context 'lab' of /etc/lab.yaml, and whether it can be reached from here")
    }

    @Test func silenceIsATimeOut() async throws {
        let peer = try HTTPPeer { _, connection in _ = connection.waitForClose() }
        let client = try ClusterPeer.client(peer, deadline: .milliseconds(200))
        let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in try await client.get(.nodes("a")) }
        #expect(failure?.kind == .timedOut)
        #expect(failure?.sentence.contains("within 200 ms") == true || failure?.sentence.contains("within 19") == true)
    }
}
