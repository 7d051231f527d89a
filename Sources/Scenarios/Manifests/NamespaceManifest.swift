package import Facts

/// The namespace that a run makes for itself.
///
/// - Source: Kubernetes documentation, "Enforce Pod Security Standards with Namespace Labels".
enum NamespaceManifest {
    static func json(_ name: String, _ template: NamespaceTemplate) -> JSONValue {
        var labels = template.labels
        if let level = template.podSecurity { labels["pod-security.kubernetes.io/enforce"] = level.rawValue }
        let members = labels.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .string($0.value)) }
        return ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name), "labels": .object(members)]]
    }
}

extension Scenario {
    /// The namespace to create, complete but for the run's labels; nil when the run uses those that are there.
    package var namespaceManifest: JSONValue? { createNamespace.map { NamespaceManifest.json(namespace, $0) } }
}
