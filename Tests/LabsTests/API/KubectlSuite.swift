import Facts
import Foundation
import Testing

@testable import Labs

/// The lab's API held to the true client.
@Suite(.enabled(if: Kubectl.path != nil, Kubectl.missing), .timeLimit(.minutes(2)))
struct KubectlSuite {
    @Test func nodesAreListed() async throws {
        try await APIBench.run { bench in
            let outcome = try await Kubectl(kubeconfig: bench.kubeconfig)("get", "nodes", "-o", "name")
            #expect(outcome.status == 0, "\(outcome)")
            #expect(outcome.output == "node/worker1\nnode/worker2\nnode/worker3\n")
        }
    }

    @Test func aCommandsOutputErrorsAndCodeComeBack() async throws {
        try await APIBench.run { bench in
            let kubectl = Kubectl(kubeconfig: bench.kubeconfig)
            let outcome = try await kubectl("exec", "running", "--", "fail", "3")
            #expect(outcome.status == 3)
            #expect(outcome.output == "out\n")
            #expect(outcome.errors.hasPrefix("err\n"))
        }
    }

    @Test func standardInputReachesTheCommand() async throws {
        try await APIBench.run { bench in
            let kubectl = Kubectl(kubeconfig: bench.kubeconfig)
            let outcome = try await kubectl("exec", "-i", "running", "--", "cat", stdin: "two\nlines\n")
            #expect(outcome.status == 0, "\(outcome)")
            #expect(outcome.output == "two\nlines\n")
        }
    }

    @Test func tenMegabytesArriveWhole() async throws {
        try await APIBench.run { bench in
            let kubectl = Kubectl(kubeconfig: bench.kubeconfig)
            let outcome = try await kubectl("exec", "running", "--", "large", "10000000")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.utf8.count == 10_000_000)
        }
    }
}
