import Facts
import Testing

@testable import Labs

/// What roles allow, and that nothing else is allowed.
@Suite(.timeLimit(.minutes(1))) struct RoleTests {
    /// Gives jane these rules in the namespace `default`, or everywhere.
    private static func grant(_ rules: JSONValue, everywhere: Bool = false, in store: ObjectStore) async throws {
        let (role, binding): (ResourceKind, ResourceKind) =
            everywhere ? (.clusterRoles, .clusterRoleBindings) : (.roles, .roleBindings)
        let namespace = everywhere ? nil : "default"
        try await store.create(["metadata": ["name": "run"], "rules": rules], kind: role, namespace: namespace)
        try await store.create(
            [
                "metadata": ["name": "run"], "roleRef": ["kind": .string(role.kind), "name": "run"],
                "subjects": [["kind": "User", "name": "jane"]],
            ], kind: binding, namespace: namespace)
    }

    struct Case: Sendable {
        let rule: JSONValue
        var everywhere = false
        let path: String
        var method = "GET"
        let isAllowed: Bool
    }

    static let cases = [
        Case(
            rule: ["verbs": ["list"], "apiGroups": [""], "resources": ["pods"]], path: "/api/v1/namespaces/default/pods",
            isAllowed: true),
        Case(
            rule: ["verbs": ["get"], "apiGroups": [""], "resources": ["pods"]], path: "/api/v1/namespaces/default/pods",
            isAllowed: false),
        Case(
            rule: ["verbs": ["list"], "apiGroups": ["apps"], "resources": ["pods"]], path: "/api/v1/namespaces/default/pods",
            isAllowed: false),
        Case(
            rule: ["verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]], path: "/api/v1/namespaces/kube-system/pods",
            isAllowed: false),
        Case(
            rule: ["verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]], everywhere: true,
            path: "/api/v1/namespaces/kube-system/pods", isAllowed: true),
        Case(
            rule: ["verbs": ["get"], "apiGroups": [""], "resources": ["pods"], "resourceNames": ["running"]],
            path: "/api/v1/namespaces/default/pods/running", isAllowed: true),
        Case(
            rule: ["verbs": ["get"], "apiGroups": [""], "resources": ["pods"], "resourceNames": ["other"]],
            path: "/api/v1/namespaces/default/pods/running", isAllowed: false),
        Case(
            rule: ["verbs": ["get"], "apiGroups": [""], "resources": ["pods"]],
            path: "/api/v1/namespaces/default/pods/running/log", isAllowed: false),
        Case(
            rule: ["verbs": ["get"], "apiGroups": [""], "resources": ["pods/log"]],
            path: "/api/v1/namespaces/default/pods/running/log", isAllowed: true),
        Case(
            rule: ["verbs": ["watch"], "apiGroups": [""], "resources": ["pods"]],
            path: "/api/v1/namespaces/default/pods?watch=1&timeoutSeconds=0", isAllowed: true),
        Case(
            rule: ["verbs": ["get"], "apiGroups": [""], "resources": ["nodes"]], path: "/api/v1/nodes/worker1", isAllowed: false),
        Case(rule: ["verbs": ["get"], "nonResourceURLs": ["/metrics"]], path: "/version", isAllowed: true),
        Case(
            rule: ["verbs": ["get"], "apiGroups": [""], "resources": ["namespaces"]], path: "/api/v1/namespaces/default",
            isAllowed: true),
    ]

    @Test(arguments: cases) func rulesDecide(_ example: Case) async throws {
        try await APIBench.run(authorization: .rbac) { bench in
            try await Self.grant([example.rule], everywhere: example.everywhere, in: bench.store)
            let answer = try await bench.request(example.method, example.path, token: "token-of-jane")
            #expect((answer.status != 403) == example.isAllowed, "\(answer.status)")
        }
    }

    @Test func aReviewAnswersAsARequestWouldBe() async throws {
        try await APIBench.run(authorization: .rbac) { bench in
            try await Self.grant([["verbs": ["create"], "apiGroups": [""], "resources": ["pods"]]], in: bench.store)
            func review(_ resource: String, _ subresource: String) async throws -> JSONValue? {
                let wish: JSONValue = [
                    "spec": [
                        "resourceAttributes": [
                            "namespace": "default", "verb": "create", "resource": .string(resource),
                            "subresource": .string(subresource),
                        ]
                    ]
                ]
                let answer = try await bench.request(
                    "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", token: "token-of-jane",
                    body: wish.compactText)
                #expect(answer.status == 201)
                return try answer.json["status"]
            }
            #expect(try await review("pods", "") == ["allowed": true])
            // ssar
            #expect(try await review("pods", "exec") == Recording("ssar").json["status"])
        }
    }

    @Test func aCertificateSaysWhoItsBearerIs() async throws {
        try await APIBench.run(authorization: .rbac) { bench in
            let pair = try await bench.certificates.client(APIUser(name: "carla", groups: ["auditors", "operators"]))
            let outcome = try await RawClient(port: bench.port, identity: pair).exchange(
                APIBench.text("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", token: nil, body: "{}"))
            let info = try Recording(bytes: outcome.bytes).json.value(at: "status", "userInfo")
            #expect(info == ["username": "carla", "groups": ["auditors", "operators", "system:authenticated"]])
        }
    }
}
