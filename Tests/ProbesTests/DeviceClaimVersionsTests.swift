import Facts
import HTTPPeer
import Kubernetes
import Testing
import Transports

@testable import Probes

/// Servers of several releases, each with its own version of resource.k8s.io.
@Suite("Versions of dynamic resource allocation", .timeLimit(.minutes(1)))
struct DeviceClaimVersionsTests {
    private static let slices =
        #"{"kind":"ResourceSliceList","apiVersion":"resource.k8s.io/v1beta1","metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"s1"}}]}"#

    /// A server that serves one version, and one claim in it.
    private func peer(serving version: String) throws -> HTTPPeer {
        try HTTPPeer { request, connection in
            guard request.target.hasPrefix("/apis/resource.k8s.io/\(version)/") else {
                return connection.answer(
                    "404 Not Found", "404 page not found\n", headers: ["Content-Type: text/plain; charset=utf-8"])
            }
            if request.target.contains("/resourceslices") { return connection.answer("200 OK", Self.slices) }
            if request.target.hasSuffix("/resourceclaims/there") {
                return connection.answer(
                    "200 OK", #"{"kind":"ResourceClaim","apiVersion":"resource.k8s.io/\#(version)","metadata":{"name":"there"}}"#)
            }
            connection.answer(
                "404 Not Found",
                #"{"kind":"Status","apiVersion":"v1","status":"Failure","message":"resourceclaims.resource.k8s.io \"other\" not found","reason":"NotFound","code":404}"#
            )
        }
    }

    private func client(_ peer: HTTPPeer) throws -> KubernetesClient {
        KubernetesClient(
            access: ClusterAccess(server: peer.url, contextName: "lab", userName: "jane", origin: "a test"),
            engine: try HTTPEngine()
        ) { Timestamp(nanoseconds: 0) }
    }

    @Test("The newest that the server has is asked", arguments: ["v1", "v1beta2", "v1beta1"])
    func newest(_ version: String) async throws {
        let peer = try peer(serving: version)
        let client = try client(peer)
        guard case .list(let items) = try await LiveDoor.deviceSlices(of: "worker1", client),
            case .object(let claim) = try await LiveDoor.deviceClaim("default", "there", client)
        else {
            Issue.record("neither a list nor an object")
            return
        }
        #expect(items.map { $0["metadata"]?["name"]?.text } == ["s1"])
        #expect(claim["apiVersion"]?.text == "resource.k8s.io/" + version)
        let asked = peer.requests.filter { $0.target.contains("/resourceslices") }.map { $0.target.split(separator: "/")[2] }
        #expect(asked == ["v1", "v1beta2", "v1beta1"].prefix { $0 != version } + [Substring(version)])
    }

    @Test(
        "A claim that is not there is told in the words of the version that is served", arguments: ["v1", "v1beta2", "v1beta1"])
    func missing(_ version: String) async throws {
        let peer = try peer(serving: version)
        let client = try client(peer)
        var told: KubernetesFailure?
        do throws(KubernetesFailure) {
            _ = try await LiveDoor.deviceClaim("default", "other", client)
        } catch {
            told = error
        }
        #expect(told?.kind == .notFound)
        #expect(told?.serverMessage == #"resourceclaims.resource.k8s.io "other" not found"#)
        #expect(peer.requests.count == 3)
    }
}
