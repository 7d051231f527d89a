/// What a request is about, read from method, path and query: what RBAC decides by and what faults are placed by.
///
/// - Source: the paths and verbs in the Kubernetes documentation, "API Concepts" and "Authorization".
struct RequestTarget: Sendable {
    /// `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; for other paths the method in small letters.
    let verb: String
    /// Nil: the path is none of a resource (`/version`, `/apis/apps/v1`).
    let resource: Resource?

    struct Resource: Sendable {
        let group: String
        let version: String
        let plural: String
        let subresource: String?
        let namespace: String?
        let name: String?

        /// `pods`, `pods/exec`
        var qualified: String { subresource.map { plural + "/" + $0 } ?? plural }
    }

    init(_ request: APIRequest) {
        resource = Self.resource(request.parts)
        guard let resource else {
            verb = request.method.lowercased()
            return
        }
        switch request.method {
        case "GET", "HEAD":
            if request.flag("watch") { verb = "watch" } else { verb = resource.name == nil ? "list" : "get" }
        case "POST": verb = "create"
        case "PUT": verb = "update"
        case "PATCH": verb = "patch"
        case "DELETE": verb = resource.name == nil ? "deletecollection" : "delete"
        default: verb = request.method.lowercased()
        }
    }

    private static func resource(_ parts: [String]) -> Resource? {
        let group: String
        let version: String
        var rest: ArraySlice<String>
        switch parts.first {
        case "api" where parts.count > 2: (group, version, rest) = ("", parts[1], parts[2...])
        case "apis" where parts.count > 3: (group, version, rest) = (parts[1], parts[2], parts[3...])
        default: return nil
        }
        var namespace: String?
        // `/namespaces/run` and `/namespaces/run/status` are about the namespace itself.
        if rest.count > 2, rest.first == "namespaces", !["status", "finalize"].contains(rest[rest.startIndex + 2]) {
            namespace = rest[rest.startIndex + 1]
            rest = rest.dropFirst(2)
        }
        guard let plural = rest.first else { return nil }
        let following = Array(rest.dropFirst())
        return Resource(
            group: group, version: version, plural: plural, subresource: following.count > 1 ? following[1] : nil,
            namespace: namespace, name: following.first)
    }
}
