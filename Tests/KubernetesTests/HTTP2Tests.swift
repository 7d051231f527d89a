import Facts
import Foundation
import HTTPPeer
import Testing
import Transports

@testable import Kubernetes
@testable import Labs

/// HTTP/2 where a server offers it, against nghttpd (Debian: nghttp2-server), which is told to allow 100 streams a connection.
@Suite(.enabled(if: NGHTTPD.program != nil, "nghttpd is not installed: HTTP/2 is not tested"), .timeLimit(.minutes(1)))
struct HTTP2Tests {
    /// Serves the recorded node list at its place in the API while `body` runs.
    ///
    /// - Returns: what nghttpd has logged.
    private func serving(_ body: (KubernetesClient) async throws -> Void) async throws -> String {
        let program = try #require(NGHTTPD.program)
        let folder = try Folder()
        let pair = try await LabBench.certificate(names: ["IP:127.0.0.1"])
        let (key, certificate) = (try folder.write("key.pem", pair.keyPEM), try folder.write("cert.pem", pair.certificatePEM))
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("api/v1"), withIntermediateDirectories: true)
        let nodes =
            #"{"kind":"NodeList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"a"}}]}"#
        try folder.write("api/v1/nodes", nodes)
        let port = try HTTPPeer { _, _ in }.port
        let arguments = ["-v", "-a", "127.0.0.1", "-m", "100", "-d", folder.url.path, String(port), key, certificate]
        let access = ClusterAccess(
            server: "https://127.0.0.1:\(port)", route: HTTPRoute(authorities: Array(try await LabBench.authority().utf8)),
            origin: "test")
        var client = KubernetesClient(access: access, engine: try HTTPEngine()) { .now }
        client.retrying.repetitions = 200
        client.retrying.longestPause = .milliseconds(20)
        return try await withThrowingTaskGroup(of: String?.self) { group in
            let log = folder.url.path + "/log"
            group.addTask {
                let line = ([program] + arguments).joined(separator: " ") + " > \(log) 2>&1"
                _ = try await LocalProcess.run("/bin/sh", ["-c", "exec " + line], deadline: .seconds(50))
                return nil
            }
            // The first request waits until the server listens.
            _ = try await client.list(.nodes())
            try await body(client)
            group.cancelAll()
            return try folder.read("log")
        }
    }

    @Test func manyRequestsShareOneConnectionUpToItsStreamLimit() async throws {
        let log = try await serving { client in
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<500 { group.addTask { try await client.list(.nodes()).items.count } }
                return try await group.reduce(0, +)
            }
            #expect(counts == 500)
        }
        // `[id=3] [  0.021] recv HEADERS frame <…, stream_id=1>`
        let connections = Set(
            log.split(separator: "\n").compactMap { line in line.contains("recv HEADERS") ? line.prefix { $0 != "]" } : nil })
        #expect((1...4).contains(connections.count), "\(connections)")
    }

    @Test func theAnswerSaysThatItCameOverHTTP2() async throws {
        _ = try await serving { client in
            let proof = try await client.credentials.proof()
            let call = APICall(operation: Operation(verb: .list, path: .nodes()), method: "GET")
            let response = try await client.engine.response(for: client.request(call, proof, deadline: .seconds(5)))
            #expect(response.httpVersion == "2")
        }
    }
}

private enum NGHTTPD {
    static let program = ["/usr/sbin/nghttpd", "/usr/bin/nghttpd", "/usr/local/bin/nghttpd"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
}
