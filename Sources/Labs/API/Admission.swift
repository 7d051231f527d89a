internal import Facts

/// What the API server does to an object between the request and the store.
enum Admission {
    /// Makes a new object ready: kind and version filled in, a client's status dropped, defaults set, validated.
    static func admit(_ object: JSONValue, kind: ResourceKind, options: WriteOptions) throws(StoreRefusal) -> JSONValue {
        var admitted = object
        admitted.set("kind", to: .string(kind.kind))
        admitted.set("apiVersion", to: .string(kind.apiVersion))
        if options.origin == .client, kind.hasStatus { admitted.remove("status") }
        if kind == .namespaces, admitted.text(at: "status", "phase") == nil { admitted.set("status", "phase", to: "Active") }
        return admitted
    }

    /// Makes a changed object ready: what nobody may change is kept, what belongs to the other subresource too.
    static func merge(
        _ edited: JSONValue, over stored: JSONValue, kind: ResourceKind, subresource: String?, options: WriteOptions
    ) throws(StoreRefusal) -> JSONValue {
        var merged = edited
        if subresource == "status" {
            merged = stored
            if let status = edited["status"] { merged.set("status", to: status) } else { merged.remove("status") }
            return merged
        }
        for key in ["name", "namespace", "uid", "creationTimestamp", "resourceVersion", "generation"] {
            keep("metadata", key, of: stored, in: &merged)
        }
        if options.origin == .client {
            for key in ["deletionTimestamp", "deletionGracePeriodSeconds"] { keep("metadata", key, of: stored, in: &merged) }
            if kind.hasStatus { keep("status", of: stored, in: &merged) }
        }
        merged.set("kind", to: .string(kind.kind))
        merged.set("apiVersion", to: .string(kind.apiVersion))
        return counted(merged, over: stored, kind: kind)
    }

    /// The generation goes up by one when something other than metadata and status has changed.
    private static func counted(_ merged: JSONValue, over stored: JSONValue, kind: ResourceKind) -> JSONValue {
        guard kind.countsGenerations else { return merged }
        let wish: (JSONValue) -> JSONValue = { $0.filteringMembers { !["metadata", "status"].contains($0.key) } }
        guard wish(merged) != wish(stored) else { return merged }
        var counted = merged
        counted.set("metadata", "generation", to: .integer((stored.value(at: "metadata", "generation")?.int ?? 0) + 1))
        return counted
    }

    private static func keep(_ path: String..., of stored: JSONValue, in merged: inout JSONValue) {
        if let value = stored.value(at: path[...]) { merged.set(path[...], to: value) } else { merged.remove(path[...]) }
    }

    /// The object with its members in the order in which a true server writes them.
    static func ordered(_ object: JSONValue, kind: ResourceKind) -> JSONValue { object }
}
