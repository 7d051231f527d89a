import Facts
import HTTPPeer
import Testing
import Transports

@testable import Kubernetes
@testable import Labs

/// Through proxies, as `proxy-url` names them: reads, watches and commands all go the same way.
@Suite(.timeLimit(.minutes(1)))
struct ProxyTests {
    /// An HTTP proxy that lets through to ports of this machine, whatever the host is called.
    private static func httpProxy(asking authorization: String? = nil) throws -> HTTPPeer {
        try HTTPPeer { request, connection in
            guard request.method == "CONNECT" else { return connection.answer("405 Method Not Allowed", "") }
            guard authorization == nil || request.header("proxy-authorization") == authorization else {
                connection.answer("407 Proxy Authentication Required", "", headers: ["Proxy-Authenticate: Basic realm=x"])
                return connection.close()
            }
            let port = Int(request.target.split(separator: ":").last ?? "") ?? 0
            let isThere = connection.relay(toPort: port) { connection.send("HTTP/1.1 200 Connection established\r\n\r\n") }
            if !isThere {
                connection.answer("502 Bad Gateway", "")
                connection.close()
            }
        }
    }

    /// A SOCKS5 proxy (RFC 1928) that looks the name up itself and takes every name for this machine.
    private static func socksProxy(_ names: Collected<String>) throws -> HTTPPeer {
        try HTTPPeer(opening: { connection in
            let methods = Int(connection.receive(exactly: 2).last ?? 0)
            _ = connection.receive(exactly: methods)
            connection.send([5, 0])
            let kind = connection.receive(exactly: 4).last
            let length = kind == 3 ? Int(connection.receive(exactly: 1).first ?? 0) : 4
            names.add(String(decoding: connection.receive(exactly: length), as: UTF8.self))
            let port = connection.receive(exactly: 2).reduce(0) { $0 << 8 | Int($1) }
            connection.relay(toPort: port) { connection.send([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]) }
        }) { _, _ in }
    }

    private func everything(_ client: KubernetesClient) async throws {
        #expect(try await client.list(.nodes()).items.count == 3)
        #expect(try await client.exec(namespace: "default", pod: "running", argv: ["echo", "x"]).stdout == Array("x\n".utf8))
        for try await event in client.watch(.pods("default"), deadline: .seconds(10)) {
            if case .synchronized = event { break }
        }
    }

    @Test func anHTTPProxyIsTunnelledThrough() async throws {
        try await LabBench.run { bench in
            let proxy = try Self.httpProxy(asking: "Basic b3A6cHc=")
            try await everything(try await bench.client { $0.proxy = Redacted("http://op:pw@127.0.0.1:\(proxy.port)") })
            #expect(proxy.requests.allSatisfy { $0.method == "CONNECT" && $0.target == "127.0.0.1:\(bench.port)" })
            #expect(proxy.requests.count >= 2)
        }
    }

    @Test func aSOCKSProxyLooksTheNameUp() async throws {
        try await LabBench.run { bench in
            let names = Collected<String>()
            let proxy = try Self.socksProxy(names)
            let route = HTTPRoute(
                authorities: Array(bench.authority.certificatePEM.utf8), serverName: "localhost",
                proxy: Redacted("socks5://127.0.0.1:\(proxy.port)"))
            let access = ClusterAccess(
                server: "https://api.only-the-proxy-knows.invalid:\(bench.port)", route: route,
                credentials: .token(Redacted("token-of-jane")), origin: "test")
            try await everything(KubernetesClient(access: access, engine: try HTTPEngine()) { Timestamp(nanoseconds: 0) })
            #expect(Set(names.all) == ["api.only-the-proxy-knows.invalid"])
        }
    }

    @Test func aProxyThatDoesNotLetThroughIsNamedAsSuch() async throws {
        let proxy = try Self.httpProxy(asking: "Basic never")
        let route = HTTPRoute(proxy: Redacted("http://op:s3cret@127.0.0.1:\(proxy.port)"))
        let access = ClusterAccess(server: "https://192.0.2.1:6443", route: route, origin: "context 'lab'")
        let client = KubernetesClient(access: access, engine: try HTTPEngine()) { Timestamp(nanoseconds: 0) }
        let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in try await client.list(.nodes()) }
        #expect(failure?.kind == .unreachable)
        #expect(failure?.sentence.contains("192.0.2.1:6443: the proxy gave no way through") == true)
        #expect(failure?.sentence.contains("407") == true)
        #expect(failure?.next == "look at proxy-url in context 'lab', HTTPS_PROXY and NO_PROXY")
        #expect(failure?.description.contains("s3cret") == false)
    }

    @Test func aProxyThatIsNotThereIsNamedAsSuch() async throws {
        let port = try { try HTTPPeer { _, _ in }.port }()
        let route = HTTPRoute(proxy: Redacted("http://127.0.0.1:\(port)"))
        let access = ClusterAccess(server: "https://192.0.2.1:6443", route: route, origin: "context 'lab'")
        var client = KubernetesClient(access: access, engine: try HTTPEngine()) { Timestamp(nanoseconds: 0) }
        client.retrying.repetitions = 0
        let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in try await client.list(.nodes()) }
        #expect(failure?.kind == .unreachable)
        #expect(
            failure?.sentence.contains("the proxy gave no way through (Connection refused)") == true, "\(failure?.sentence ?? "")"
        )
    }
}
