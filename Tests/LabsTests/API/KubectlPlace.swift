import Facts
import Foundation
import TrueServer

@testable import Labs

/// Where the suite's calls go: the lab's API, or a true server.
struct KubectlPlace: Sendable {
    let folder: URL
    /// What ends a pod that is bound to a node, where no kubelet confirms its end.
    let withoutKubelet: [String]
    private let bench: APIBench?
    private let server: TrueServer?

    init(bench: APIBench) {
        self.bench = bench
        server = nil
        folder = bench.folder
        withoutKubelet = []
    }

    init(server: TrueServer) {
        bench = nil
        self.server = server
        folder = server.folder
        withoutKubelet = ["--force", "--grace-period=0"]
    }

    /// A pod that runs on this node.
    func addPod(_ name: String, node: String) async throws {
        let pod = APIBench.runningPod(name, node: node)
        try await bench?.store.create(pod, kind: .pods)
        try await server?.create(pod)
    }

    /// Returns when the lab has a watch; a true server does not tell, and a client that lists first misses nothing.
    func untilWatched() async {
        guard let bench else { return }
        while await !bench.faults.requests.contains(where: { $0.verb == "watch" }) { await Task.yield() }
    }
}
