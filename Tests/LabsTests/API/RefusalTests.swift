import Facts
import Testing

@testable import Labs

/// Refusals over HTTPS, held to those of a true server: status, content type, notable headers and every byte of the body.
@Suite(.timeLimit(.minutes(1))) struct RefusalTests {
    struct Case: Sendable, CustomStringConvertible {
        let recording: String
        let method: String
        let path: String
        var token: String? = "token-of-root"
        var type = "application/json"
        var body = ""
        var description: String { recording }
    }

    static let cases = [
        Case(recording: "err-401-badtoken", method: "GET", path: "/api/v1/namespaces/default/pods", token: "tok-bad"),
        Case(recording: "err-403-jane", method: "GET", path: "/api/v1/namespaces/default/pods", token: "token-of-jane"),
        Case(
            recording: "err-403-jane-create", method: "POST", path: "/api/v1/namespaces/default/pods", token: "token-of-jane",
            body: #"{"metadata":{"name":"x"}}"#),
        Case(
            recording: "err-403-jane-nad", method: "GET",
            path: "/apis/k8s.cni.cncf.io/v1/namespaces/default/network-attachment-definitions/sriov-201", token: "token-of-jane"),
        Case(recording: "err-404-pod", method: "GET", path: "/api/v1/namespaces/default/pods/nope"),
        Case(recording: "err-404-group", method: "GET", path: "/apis/nope.example.com/v1/things"),
        Case(
            recording: "err-404-create-in-missing-ns", method: "POST", path: "/api/v1/namespaces/nope/pods",
            body: #"{"metadata":{"name":"x"},"spec":{"containers":[{"name":"c","image":"i"}]}}"#),
        Case(recording: "delete-404", method: "DELETE", path: "/api/v1/namespaces/default/configmaps/ssa"),
        Case(
            recording: "patch-json-422", method: "PATCH", path: "/api/v1/namespaces/default/configmaps/kube-root-ca.crt",
            type: "application/json-patch+json", body: #"[{"op":"replace","path":"/data/none","value":"1"}]"#),
        Case(
            recording: "patch-strategic-nad-415", method: "PATCH",
            path: "/apis/k8s.cni.cncf.io/v1/namespaces/default/network-attachment-definitions/sriov-201",
            type: "application/strategic-merge-patch+json", body: #"{"spec":{"config":"{}"}}"#),
        Case(
            recording: "ssa-nomanager", method: "PATCH", path: "/api/v1/namespaces/default/configmaps/ssa",
            type: "application/apply-patch+yaml", body: "data:\n  k: \"1\"\n"),
        Case(
            recording: "watch-bad-rv", method: "GET", path: "/api/v1/namespaces/default/pods?watch=1&resourceVersion=abc"),
        Case(
            recording: "exec-noupgrade", method: "GET",
            path: "/api/v1/namespaces/default/pods/running/exec?command=id&stdout=true"),
    ]

    @Test(arguments: cases) func refusalsAreThoseOfATrueServer(_ example: Case) async throws {
        try await APIBench.run(authorization: .rbac) { bench in
            let recorded = try Recording(example.recording)
            let answer = try await bench.request(
                example.method, example.path, token: example.token, type: example.type, body: example.body)
            #expect(answer.status == recorded.status)
            #expect(answer.header("content-type") == recorded.header("content-type"))
            #expect(answer.header("retry-after") == recorded.header("retry-after"))
            #expect(String(decoding: answer.body, as: UTF8.self) == String(decoding: recorded.body, as: UTF8.self))
        }
    }

    @Test func anonymousMayNotExecAndIsNamed() async throws {
        try await APIBench.run { bench in
            let answer = try await bench.request("GET", "/api/v1/namespaces/default/pods", token: nil)
            #expect(answer.status == 403)
            #expect(
                try answer.json.text(at: "message")
                    == #"pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" in the namespace "default""#
            )
        }
    }

    @Test func anotherUIDIsNotDeleted() async throws {
        try await APIBench.run { bench in
            let answer = try await bench.request(
                "DELETE", "/api/v1/namespaces/default/pods/running",
                body: #"{"preconditions":{"uid":"00000000-0000-0000-0000-000000000000"}}"#)
            #expect(answer.status == 409)
            #expect(try answer.json.text(at: "message")?.contains("does not match the UID in record") == true)
        }
    }

    @Test func everyHeaderThatATrueServerSendsIsThere() async throws {
        try await APIBench.run { bench in
            let recorded = try Recording("get-cm")
            let answer = try await bench.request("GET", "/api/v1/namespaces/default/configmaps/kube-root-ca.crt")
            let names = Set(answer.headers.map(\.name))
            for header in recorded.headers.map(\.name)
            where !header.hasPrefix("x-kubernetes-pf") && header != "transfer-encoding" && header != "connection" {
                #expect(names.contains(header), "no header \(header)")
            }
        }
    }

    @Test func anUnknownFieldIsAWarningOrARefusal() async throws {
        try await APIBench.run { bench in
            let body = #"{"metadata":{"name":"x"},"spec":{"containers":[{"name":"c","image":"i","imagee":"j"}]}}"#
            let warned = try await bench.request(
                "POST", "/api/v1/namespaces/default/pods?fieldValidation=Warn&dryRun=All", body: body)
            #expect(warned.status == 201)
            #expect(warned.header("warning") == #"299 - "unknown field \"spec.containers[0].imagee\"""#)
            let strict = try await bench.request("POST", "/api/v1/namespaces/default/pods?fieldValidation=Strict", body: body)
            #expect(strict.status == 400)
            #expect(
                try strict.json.text(at: "message")
                    == #"Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.containers[0].imagee""#
            )
            let after = try await bench.request("GET", "/api/v1/namespaces/default/pods/x")
            #expect(after.status == 404, "a dry run keeps nothing")
        }
    }

    @Test func podSecurityIsToldApartFromRoles() async throws {
        try await APIBench.run { bench in
            try await bench.store.create(
                ["metadata": ["name": "tight", "labels": ["pod-security.kubernetes.io/enforce": "baseline"]]], kind: .namespaces)
            let answer = try await bench.request(
                "POST", "/api/v1/namespaces/tight/pods",
                body:
                    #"{"metadata":{"name":"x"},"spec":{"containers":[{"name":"c","image":"i","securityContext":{"privileged":true}}]}}"#
            )
            #expect(answer.status == 403)
            #expect(
                try answer.json.text(at: "message")
                    == #"pods "x" is forbidden: violates PodSecurity "baseline:latest": privileged (container "c" must not set securityContext.privileged=true)"#
            )
        }
    }

    @Test(arguments: [
        (#"{"limits":{"intel.com/vf":"2"},"requests":{"intel.com/vf":"1"}}"#, "must be equal to intel.com/vf limit of 2"),
        (#"{"limits":{"intel.com/vf":"500m"}}"#, "must be an integer"),
        (#"{"requests":{"intel.com/vf":"1"}}"#, "Limit must be set for non overcommitable resources"),
    ])
    func devicesAreGivenOutWhole(_ resources: String, _ expected: String) async throws {
        try await APIBench.run { bench in
            let answer = try await bench.request(
                "POST", "/api/v1/namespaces/default/pods",
                body: #"{"metadata":{"name":"x"},"spec":{"containers":[{"name":"c","image":"i","resources":"# + resources + "}]}}"
            )
            #expect(answer.status == 422)
            #expect(try answer.json.text(at: "message")?.contains(expected) == true)
        }
    }
}
