/// What is asked of a resource, as RBAC names it.
package enum Verb: String, Hashable, Sendable {
    case get, list, watch, create, delete, patch
}

/// One thing asked of the API, for sentences: `list of pods in default`.
struct Operation: Hashable, Sendable, CustomStringConvertible {
    let verb: Verb
    let path: ResourcePath
    var description: String {
        path.subresource == "exec"
            ? "exec in pod \(path.namespace.map { $0 + "/" } ?? "")\(path.name ?? "")" : "\(verb.rawValue) of \(path)"
    }
}
