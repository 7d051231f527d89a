/// A namespace that a run makes for itself, and takes away with everything in it.
package struct NamespaceTemplate: Hashable, Sendable {
    /// What the pods in it may ask for.
    ///
    /// - Source: Kubernetes documentation, "Pod Security Standards".
    package enum PodSecurity: String, Hashable, Sendable, CaseIterable {
        case privileged
        case baseline
        case restricted
    }

    /// Nil: no label, and the cluster's default counts.
    package var podSecurity: PodSecurity?
    /// Labels beside those of the run and of Pod Security.
    package var labels: [String: String]
    /// Keys: `podSecurity`, `labels`.
    package var places: Places
}
