package import Dialects
package import Facts
package import Kubernetes

/// Asks the API what the caller may do, and nothing else: for a plan that is held against a cluster before anything runs.
package struct ReviewDoor: Door {
    private let cluster: KubernetesClient

    package init(cluster: KubernetesClient) { self.cluster = cluster }

    package func run(
        _ command: DeviceCommand, on source: FactSource, container: String?, ping: Duration
    ) async throws(ProbeFailure) -> Exchange {
        throw ProbeFailure(kind: .notAsked, source: source, sentence: "\(source): a plan sends no commands")
    }

    package func helper(in pod: PodReference) async throws(ProbeFailure) -> String? { nil }

    package func ask(_ question: ClusterQuestion) async throws(ProbeFailure) -> ClusterAnswer {
        guard case .access(let right) = question else {
            throw ProbeFailure(kind: .notAsked, source: .cluster, sentence: "cluster: a plan reads no objects")
        }
        do throws(KubernetesFailure) {
            return .object(try await cluster.review(right).json)
        } catch {
            throw error.kind == .notFound ? ProbeFailure(noReviews: error) : ProbeFailure(error, source: .cluster)
        }
    }
}
