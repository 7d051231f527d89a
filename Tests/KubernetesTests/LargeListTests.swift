import Facts
import Foundation
import HTTPPeer
import Testing

@testable import Kubernetes

/// Lists of a large cluster. What is kept decides what they cost, not what is sent.
///
/// The figures only mean something when nothing else runs in the process: `PLUMBLINE_MEASURE=1 swift test --filter LargeListTests`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["PLUMBLINE_MEASURE"] != nil, "PLUMBLINE_MEASURE is not set"), .serialized)
struct LargeListTests {
    /// Pages of a recorded object, over and over, each under a name of its own.
    private static func peer(_ recording: String, kind: String, count: Int, pageSize: Int) throws -> (peer: HTTPPeer, bytes: Int)
    {
        let object = try JSONValue(parsing: try Recording.body(recording)).compactText
        let items = [String](repeating: object, count: pageSize).joined(separator: ",")
        let pages = count / pageSize
        let peer = try HTTPPeer { request, connection in
            let page = request.query("continue").flatMap { Int($0) } ?? 0
            let next = page + 1 < pages ? #","continue":"\#(page + 1)""# : ""
            connection.answer(
                "200 OK", #"{"kind":"\#(kind)","apiVersion":"v1","metadata":{"resourceVersion":"7"\#(next)},"items":[\#(items)]}"#
            )
        }
        return (peer, items.utf8.count * pages)
    }

    private static func status(_ key: String) throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix(key + ":") } ?? ""
        return Int(line.split(whereSeparator: \.isWhitespace).dropFirst().first ?? "") ?? 0
    }

    private static func cpuSeconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    @Test(arguments: [
        ("get-node_worker1", "NodeList", ResourcePath.nodes(), 5_000), ("get-pod_1", "PodList", .pods(nil), 20_000),
    ])
    func pagesAreReadOneAtATime(_ recording: String, _ kind: String, _ path: ResourcePath, _ count: Int) async throws {
        let (peer, bytes) = try Self.peer(recording, kind: kind, count: count, pageSize: 500)
        let client = try ClusterPeer.client(peer, deadline: .seconds(60))
        let (before, cpu, clock) = (try Self.status("VmHWM"), Self.cpuSeconds(), ContinuousClock.now)
        var names = 0
        try await client.list(path) { page in
            for item in page.items where !item.name.isEmpty { names += 1 }
        }
        let megabytes = (try Self.status("VmHWM") - before) / 1024
        print(
            "\(kind): \(names) objects, \(bytes / 1_000_000) MB sent, CPU \(Self.cpuSeconds() - cpu) s, \(ContinuousClock.now - clock),"
                + " peak +\(megabytes) MB on \(before / 1024) MB")
        #expect(names == count)
    }
}
