import Facts
import Foundation
import Testing
import Transports
import TrueServer

@testable import Kubernetes
@testable import Labs

/// The client against a true API server, where `KUBEBUILDER_ASSETS` names one.
@Suite(
    "The client at a true API server",
    .enabled(if: TrueServer.assets != nil, "KUBEBUILDER_ASSETS names no folder with kube-apiserver"),
    .serialized, .timeLimit(.minutes(5)))
struct TrueServerTests {
    private func run(_ body: @Sendable (TrueServer) async throws -> Void) async throws {
        try await TrueServer.run(assets: try #require(TrueServer.assets), body)
    }

    private func configMap(_ name: String, _ labels: JSONValue = [:]) -> JSONValue {
        ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string(name), "labels": labels], "data": ["a": "b"]]
    }

    private func pod(_ name: String, node: String? = nil, containers: JSONValue = [["name": "c", "image": "busybox:1.28"]])
        -> JSONValue
    {
        var spec: [JSONValue.Member] = [.init("containers", containers)]
        if let node { spec.append(.init("nodeName", .string(node))) }
        return ["apiVersion": "v1", "kind": "Pod", "metadata": ["name": .string(name)], "spec": .object(spec)]
    }

    @Test("What is made is found, listed by its labels, never made twice and deleted by its UID alone") func lifeOfAnObject()
        async throws
    {
        try await run { server in
            let client = try server.client()
            let made = try await client.create(configMap("one", ["run": "r1"]), in: .configMaps("default"))
            #expect(try await client.get(.configMaps("default", "one")).uid == made.uid)
            #expect(try await client.list(.configMaps("default"), labelSelector: "run=r1").items.map(\.name) == ["one"])
            let again = await ClusterPeer.failure { () throws(KubernetesFailure) in
                try await client.create(configMap("one"), in: .configMaps("default"))
            }
            #expect(again?.kind == .alreadyExists)
            // Another object of the same name is left alone.
            #expect(try await !client.delete(.configMaps("default", "one"), uid: "00000000-0000-4000-8000-000000000000"))
            #expect(try await client.get(.configMaps("default", "one")).uid == made.uid)
            #expect(try await client.delete(.configMaps("default", "one"), uid: made.uid))
            #expect(try await !client.delete(.configMaps("default", "one"), uid: made.uid))
            let gone = await ClusterPeer.failure { () throws(KubernetesFailure) in
                try await client.get(.configMaps("default", "one"))
            }
            #expect(gone?.kind == .notFound)
        }
    }

    @Test("A dry run comes back with the server's defaults, and nothing is stored") func dryRun() async throws {
        try await run { server in
            let client = try server.client()
            let planned = try await client.create(pod("planned"), in: .pods("default"), dryRun: true)
            #expect(planned.json.text(at: "spec", "restartPolicy") == "Always")
            #expect(try await client.list(.pods("default")).items.isEmpty)
        }
    }

    @Test("A long list comes in pages, each object once, all of one version") func pages() async throws {
        try await run { server in
            let client = try server.client()
            let names = (10..<35).map { "page-\($0)" }
            for name in names { _ = try await client.create(configMap(name, ["run": "pages"]), in: .configMaps("default")) }
            var pages: [[String]] = []
            var versions: Set<String> = []
            let version = try await client.list(.configMaps("default"), labelSelector: "run=pages", pageSize: 10) { page in
                pages.append(page.items.map(\.name))
                versions.insert(page.resourceVersion)
            }
            #expect(pages.map(\.count) == [10, 10, 5])
            #expect(pages.flatMap { $0 } == names)
            #expect(versions == [version])
        }
    }

    @Test("A watch tells each change once and in order, from where the list ended") func watch() async throws {
        try await run { server in
            let client = try server.client()
            let first = try await client.create(configMap("first", ["run": "w"]), in: .configMaps("default"))
            var seen: [String] = []
            for try await event in client.watch(.configMaps("default"), labelSelector: "run=w", deadline: .seconds(60)) {
                switch event {
                case .synchronized:
                    seen.append("=")
                    let second = try await client.create(configMap("second", ["run": "w"]), in: .configMaps("default"))
                    // Its label goes: for this watch that is the object's end.
                    _ = try await client.patch(
                        .configMaps("default", "second"),
                        strategic: ["metadata": ["uid": .string(second.uid), "labels": ["run": "other"]]])
                    #expect(try await client.delete(.configMaps("default", "first"), uid: first.uid))
                case .added(let object): seen.append("+" + object.name)
                case .modified(let object): seen.append("~" + object.name)
                case .deleted(let object): seen.append("-" + object.name)
                case .vanished(let reference): seen.append("!" + reference.name)
                }
                if seen.last == "-first" { break }
            }
            #expect(seen == ["+first", "=", "+second", "-second", "-first"])
        }
    }

    @Test("What is refused is told apart, with the server's own words") func refusals() async throws {
        try await run { server in
            let client = try server.client()
            let invalid = await ClusterPeer.failure { () throws(KubernetesFailure) in
                try await client.create(pod("Not_A_Name"), in: .pods("default"))
            }
            #expect(invalid?.kind == .invalid)
            #expect(
                invalid?.sentence.contains(#"Pod "Not_A_Name" is invalid: metadata.name: Invalid value: "Not_A_Name""#) == true)
            let nowhere = await ClusterPeer.failure { () throws(KubernetesFailure) in
                try await client.create(configMap("a"), in: .configMaps("nowhere"))
            }
            #expect(nowhere?.kind == .notFound)
            #expect(nowhere?.sentence.contains(#"namespaces "nowhere" not found"#) == true)
            let unknown = await ClusterPeer.failure { () throws(KubernetesFailure) in
                try await client.list(.networkAttachmentDefinitions("default"))
            }
            #expect(unknown?.kind == .notFound)
            let made = try await client.create(configMap("mine"), in: .configMaps("default"))
            let another = await ClusterPeer.failure { () throws(KubernetesFailure) in
                try await client.patch(
                    .configMaps("default", "mine"), strategic: ["metadata": ["uid": "00000000-0000-4000-8000-000000000000"]])
            }
            #expect(another?.kind == .invalid)
            #expect(try await client.get(.configMaps("default", "mine")).uid == made.uid)
            let stranger = try server.client(credentials: .token(Redacted("wrong")))
            let unauthorized = await ClusterPeer.failure { () throws(KubernetesFailure) in try await stranger.list(.nodes()) }
            #expect(unauthorized?.kind == .unauthorized)
        }
    }

    @Test("Rights are asked for and enforced") func rights() async throws {
        try await run { server in
            let jane = try server.client(server.jane)
            func isAllowed(_ verb: AccessRight.Verb, _ resource: String, _ name: String? = nil) async throws -> Bool? {
                try await jane.review(AccessRight(verb, resource, namespace: "default", name: name)).json["status"]?["allowed"]?
                    .bool
            }
            #expect(try await isAllowed(.list, "pods") == false)
            let refused = await ClusterPeer.failure { () throws(KubernetesFailure) in try await jane.list(.pods("default")) }
            #expect(refused?.kind == .forbidden(verb: "list", resource: "pods"))
            let kubectl = Kubectl(kubeconfig: server.kubeconfig)
            for arguments in [
                ["create", "role", "few", "--verb=get,list", "--resource=pods"],
                ["create", "role", "exec", "--verb=create", "--resource=pods/exec", "--resource-name=running"],
                ["create", "rolebinding", "few", "--role=few", "--user=jane"],
                ["create", "rolebinding", "exec", "--role=exec", "--group=operators"],
            ] {
                let outcome = try await kubectl.call(arguments)
                #expect(outcome.status == 0, "\(outcome)")
            }
            #expect(try await isAllowed(.list, "pods") == true)
            #expect(try await isAllowed(.create, "pods/exec", "running") == true)
            #expect(try await isAllowed(.create, "pods/exec") == false)
            #expect(try await jane.list(.pods("default")).items.isEmpty)
        }
    }

    @Test("exec where the node's kubelet does not answer is the server's failure, never the command's") func execWithoutKubelet()
        async throws
    {
        try await run { server in
            let client = try server.client()
            let kubectl = Kubectl(kubeconfig: server.kubeconfig)
            _ = try await client.create(["apiVersion": "v1", "kind": "Node", "metadata": ["name": "lone"]], in: .nodes())
            let status: JSONValue = [
                "status": [
                    "addresses": [["type": "InternalIP", "address": "127.0.0.1"]],
                    // Discard: nothing listens there.
                    "daemonEndpoints": ["kubeletEndpoint": ["Port": 9]],
                ]
            ]
            let reported = try await kubectl(
                "patch", "node", "lone", "--subresource=status", "--type=merge", "-p", status.compactText)
            #expect(reported.status == 0, "\(reported)")
            _ = try await client.create(pod("bound", node: "lone"), in: .pods("default"))
            let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in
                try await client.exec(namespace: "default", pod: "bound", argv: ["true"], deadline: .seconds(30))
            }
            #expect(failure?.kind == .serverError)
            #expect(
                failure?.sentence.contains("dial tcp 127.0.0.1:9: connect: connection refused") == true,
                "\(String(describing: failure))")
        }
    }

    @Test(
        "A namespace for the run comes with what it needs, and goes when it is emptied",
        .enabled(if: TrueServer.hasControllers, "KUBEBUILDER_ASSETS has no kube-controller-manager"))
    func namespaces() async throws {
        try await run { server in
            let client = try server.client()
            let made = try await client.create(
                ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "run-1"]], in: .namespaces())
            _ = try await client.create(configMap("within"), in: .configMaps("run-1"))
            #expect(try await client.delete(.namespaces("run-1"), uid: made.uid))
            var isGone = false
            for try await event in client.watch(
                .namespaces(), fieldSelector: "metadata.name=run-1", deadline: .seconds(60))
            {
                switch event {
                case .synchronized:
                    let left = await ClusterPeer.failure { () throws(KubernetesFailure) in
                        try await client.get(.namespaces("run-1"))
                    }
                    isGone = left?.kind == .notFound
                case .deleted, .vanished: isGone = true
                case .added, .modified: break
                }
                if isGone { break }
            }
            #expect(isGone)
            #expect(try await client.list(.configMaps("run-1")).items.isEmpty)
        }
    }
}

extension TrueServer {
    /// A client of the product's, with this certificate or these credentials; the administrator where neither is given.
    fileprivate func client(_ pair: Certificates.Pair? = nil, credentials: Credentials? = nil) throws -> KubernetesClient {
        var route = HTTPRoute(authorities: Array(certificates.authority.certificatePEM.utf8))
        if credentials == nil {
            route.clientCertificate = Array((pair ?? administrator).certificatePEM.utf8)
            route.clientKey = Redacted(Array((pair ?? administrator).keyPEM.utf8))
        }
        let access = ClusterAccess(
            server: url, route: route, credentials: credentials ?? .none, contextName: "true", userName: "admin",
            origin: "a true server")
        return KubernetesClient(access: access, engine: try HTTPEngine()) { .now }
    }
}
