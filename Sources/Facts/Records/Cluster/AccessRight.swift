/// One thing that the API may be asked for, as RBAC names it.
///
/// - Source: Kubernetes documentation, "Authorization Overview", request attributes.
package struct AccessRight: Hashable, Sendable, Comparable, CustomStringConvertible {
    package enum Verb: String, Hashable, Sendable, CaseIterable {
        case get, list, watch, create, patch, delete
    }

    package var verb: Verb
    /// Empty for the core group.
    package var group: String
    /// Plural, lower case, with its subresource: `pods`, `pods/exec`.
    package var resource: String
    /// Nil for what is in no namespace.
    package var namespace: String?
    /// Nil: any name.
    package var name: String?

    package init(_ verb: Verb, _ resource: String, group: String = "", namespace: String? = nil, name: String? = nil) {
        self.verb = verb
        self.group = group
        self.resource = resource
        self.namespace = namespace
        self.name = name
    }

    /// `create pods in default`, `get nodes worker1`.
    package var description: String {
        "\(verb.rawValue) \(resource)" + (name.map { " \($0)" } ?? "") + (namespace.map { " in \($0)" } ?? "")
    }

    package static func < (left: AccessRight, right: AccessRight) -> Bool { left.order < right.order }

    private var order: (String, String, String, Int, String) {
        (namespace ?? "", group, resource, Verb.allCases.firstIndex(of: verb) ?? 0, name ?? "")
    }
}

/// Whether the caller has a right, as the API said it.
package struct AccessAnswer: Hashable, Sendable {
    package let isAllowed: Bool
    /// The authoriser's own words; nil where it gave none.
    package let reason: String?

    package init(isAllowed: Bool, reason: String? = nil) {
        self.isAllowed = isAllowed
        self.reason = reason
    }
}
