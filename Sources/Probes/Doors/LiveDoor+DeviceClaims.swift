internal import Dialects
internal import Kubernetes

/// Dynamic resource allocation, whose API has had several versions: a server of 1.34 offers v1, one of 1.33 v1beta2, one of
/// 1.32 v1beta1.
///
/// - Source: kubernetes/api, `resource/v1beta1`, `resource/v1beta2`, `resource/v1`.
extension LiveDoor {
    private static let versions = ["v1", "v1beta2", "v1beta1"]

    static func deviceClaim(_ namespace: String, _ name: String, _ client: KubernetesClient) async throws(KubernetesFailure)
        -> ClusterAnswer
    {
        try await newest { version throws(KubernetesFailure) in
            .object(try await client.get(.resourceClaims(namespace, name, version: version)).json)
        }
    }

    static func deviceSlices(of node: String, _ client: KubernetesClient) async throws(KubernetesFailure) -> ClusterAnswer {
        try await newest { version throws(KubernetesFailure) in
            let slices = try await client.list(
                .resourceSlices(version: version), fieldSelector: "spec.nodeName=\(node)")
            return .list(slices.items.map(\.json))
        }
    }

    /// - Throws: what the first version said, when the server has the object in none: a version that is not offered, and an
    ///   object that is not there, are both 404.
    private static func newest(
        _ ask: (String) async throws(KubernetesFailure) -> ClusterAnswer
    ) async throws(KubernetesFailure) -> ClusterAnswer {
        var first: KubernetesFailure?
        for version in versions {
            do throws(KubernetesFailure) {
                return try await ask(version)
            } catch {
                guard error.kind == .notFound else { throw error }
                // The server's own words about the object are better than 'page not found'.
                if first == nil || (first?.serverMessage.contains("page not found") ?? false) { first = error }
            }
        }
        guard let first else { return .absent("no version was asked") }
        throw first
    }
}
