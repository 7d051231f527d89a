import Facts
import HTTPPeer
import Testing

@testable import Kubernetes
@testable import Labs

@Suite("Reviews of rights", .timeLimit(.minutes(1)))
struct ReviewTests {
    @Test func aReviewIsAQuestionThatChangesNothing() async throws {
        let peer = try ClusterPeer.playing([("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "ssar")])
        let right = AccessRight(.create, "pods/exec", namespace: "default", name: "a")
        let review = try await ClusterPeer.client(peer).review(right)
        #expect(review.json["status"]?["allowed"]?.bool == false)
        let sent = try JSONValue(parsing: try #require(peer.requests.first).body)
        #expect(
            sent["spec"]?["resourceAttributes"]
                == [
                    "namespace": "default", "verb": "create", "group": "", "resource": "pods", "subresource": "exec", "name": "a",
                ])
    }

    @Test func aLabWithRolesAnswersByThem() async throws {
        try await LabBench.run(authorization: .rbac) { bench in
            try await bench.store.create(
                [
                    "metadata": ["name": "one"],
                    "rules": [
                        [
                            "apiGroups": [""], "resources": ["pods"], "resourceNames": ["running"],
                            "verbs": ["get", "list", "watch"],
                        ]
                    ],
                ], kind: .roles, namespace: "default")
            try await bench.store.create(
                [
                    "metadata": ["name": "one"],
                    "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "one"],
                    "subjects": [["kind": "User", "name": "jane"]],
                ], kind: .roleBindings, namespace: "default")
            let jane = try await bench.client(token: "token-of-jane")
            func isAllowed(_ verb: AccessRight.Verb, _ name: String?) async throws -> Bool? {
                try await jane.review(AccessRight(verb, "pods", namespace: "default", name: name)).json["status"]?["allowed"]?
                    .bool
            }
            #expect(try await isAllowed(.get, "running") == true)
            #expect(try await isAllowed(.get, "other") == false)
            #expect(try await isAllowed(.list, nil) == false)
            // One object by its name may be listed where it may be read.
            #expect(try await jane.list(.pods("default"), fieldSelector: "metadata.name=running").items.count == 1)
            let refused = await ClusterPeer.failure { () throws(KubernetesFailure) in try await jane.list(.pods("default")) }
            #expect(refused?.kind == .forbidden(verb: "list", resource: "pods"))
        }
    }
}
