/// Where in the API a collection or one object is.
///
/// - Source: Kubernetes API concepts, "Resource URIs".
package struct ResourcePath: Hashable, Sendable, CustomStringConvertible {
    /// Empty for the core group.
    package var group: String
    package var version: String
    /// Plural, lower case: `pods`.
    package var resource: String
    /// `nil` for cluster-scoped resources, and for a collection over all namespaces.
    package var namespace: String?
    /// `nil` for the collection.
    package var name: String?
    /// `exec`, `status`, `eviction`; `nil` for the object itself.
    package var subresource: String?

    package init(
        group: String = "", version: String, resource: String, namespace: String? = nil, name: String? = nil,
        subresource: String? = nil
    ) {
        self.group = group
        self.version = version
        self.resource = resource
        self.namespace = namespace
        self.name = name
        self.subresource = subresource
    }

    /// From `/api` or `/apis` on, each part percent-encoded.
    package var urlPath: String {
        var parts = group.isEmpty ? ["api", version] : ["apis", group, version]
        if let namespace, resource != "namespaces" { parts += ["namespaces", namespace] }
        parts.append(resource)
        if let name { parts.append(name) }
        if let subresource { parts.append(subresource) }
        return "/" + parts.map(PercentEncoding.encode).joined(separator: "/")
    }

    /// As RBAC rules name it: `pods`, `pods/exec`.
    package var ruleResource: String { subresource.map { "\(resource)/\($0)" } ?? resource }

    /// `pods default/sriov-pod-201-1`, `pods in default`, `pods in all namespaces`, `nodes worker1`, `nodes`.
    package var description: String {
        guard let name else {
            if let namespace { return "\(ruleResource) in \(namespace)" }
            return Self.isClusterScoped(resource) ? ruleResource : "\(ruleResource) in all namespaces"
        }
        return "\(ruleResource) " + (namespace.map { "\($0)/\(name)" } ?? name)
    }

    /// The collection that this is in; itself when it is a collection.
    package var collection: ResourcePath {
        var path = self
        path.name = nil
        path.subresource = nil
        return path
    }

    package func named(_ name: String, subresource: String? = nil) -> ResourcePath {
        var path = self
        path.name = name
        path.subresource = subresource
        return path
    }

    private static func isClusterScoped(_ resource: String) -> Bool {
        [
            "nodes", "namespaces", "clusterroles", "clusterrolebindings", "customresourcedefinitions", "resourceslices",
            "selfsubjectaccessreviews", "selfsubjectrulesreviews",
        ].contains(resource)
    }
}

extension ResourcePath {
    package static func pods(_ namespace: String?, _ name: String? = nil) -> ResourcePath {
        ResourcePath(version: "v1", resource: "pods", namespace: namespace, name: name)
    }

    package static func nodes(_ name: String? = nil) -> ResourcePath {
        ResourcePath(version: "v1", resource: "nodes", name: name)
    }

    package static func namespaces(_ name: String? = nil) -> ResourcePath {
        ResourcePath(version: "v1", resource: "namespaces", name: name)
    }

    package static func events(_ namespace: String?) -> ResourcePath {
        ResourcePath(version: "v1", resource: "events", namespace: namespace)
    }

    package static func configMaps(_ namespace: String?, _ name: String? = nil) -> ResourcePath {
        ResourcePath(version: "v1", resource: "configmaps", namespace: namespace, name: name)
    }

    package static func daemonSets(_ namespace: String?, _ name: String? = nil) -> ResourcePath {
        ResourcePath(group: "apps", version: "v1", resource: "daemonsets", namespace: namespace, name: name)
    }

    package static func leases(_ namespace: String?, _ name: String? = nil) -> ResourcePath {
        ResourcePath(group: "coordination.k8s.io", version: "v1", resource: "leases", namespace: namespace, name: name)
    }

    package static func networkAttachmentDefinitions(_ namespace: String?, _ name: String? = nil) -> ResourcePath {
        ResourcePath(
            group: "k8s.cni.cncf.io", version: "v1", resource: "network-attachment-definitions", namespace: namespace, name: name)
    }

    /// Of the SR-IOV operator, each named after its node.
    package static func operatorNodeStates(_ namespace: String?, _ name: String? = nil) -> ResourcePath {
        ResourcePath(
            group: "sriovnetwork.openshift.io", version: "v1", resource: "sriovnetworknodestates", namespace: namespace,
            name: name)
    }

    /// Of the SR-IOV operator.
    package static func operatorPolicies(_ namespace: String?) -> ResourcePath {
        ResourcePath(
            group: "sriovnetwork.openshift.io", version: "v1", resource: "sriovnetworknodepolicies", namespace: namespace)
    }

    /// Of the SR-IOV operator.
    package static func operatorNetworks(_ namespace: String?, _ name: String? = nil) -> ResourcePath {
        ResourcePath(
            group: "sriovnetwork.openshift.io", version: "v1", resource: "sriovnetworks", namespace: namespace, name: name)
    }

    /// - Parameter version: `v1` from Kubernetes 1.34 on, `v1beta2` and `v1beta1` before.
    package static func resourceClaims(_ namespace: String?, _ name: String? = nil, version: String) -> ResourcePath {
        ResourcePath(
            group: "resource.k8s.io", version: version, resource: "resourceclaims", namespace: namespace, name: name)
    }

    /// - Parameter version: as of claims.
    package static func resourceSlices(version: String) -> ResourcePath {
        ResourcePath(group: "resource.k8s.io", version: version, resource: "resourceslices")
    }

    /// The collection for objects of a kind that a run may create; `nil` for a kind that is not known here.
    package static func collection(ofKind kind: String, in namespace: String?) -> ResourcePath? {
        switch kind {
        case "Pod": .pods(namespace)
        case "ConfigMap": .configMaps(namespace)
        case "NetworkAttachmentDefinition": .networkAttachmentDefinitions(namespace)
        case "Lease": .leases(namespace)
        case "Namespace": .namespaces()
        case "DaemonSet": .daemonSets(namespace)
        default: nil
        }
    }
}

/// RFC 3986 percent-encoding of one path segment or query value: all but unreserved characters.
enum PercentEncoding {
    static func encode(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e:
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default: encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }

    /// `?a=1&b=2`; empty for no items.
    static func query(_ items: [(name: String, value: String)]) -> String {
        items.isEmpty ? "" : "?" + items.map { encode($0.name) + "=" + encode($0.value) }.joined(separator: "&")
    }
}
