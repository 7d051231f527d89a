internal import Facts

/// A change of an object, as PATCH carries it.
enum Patch: Sendable {
    /// RFC 6902
    case json([JSONPatchStep])
    /// RFC 7396
    case merge(JSONValue)
    /// Kubernetes' own: lists are merged by their keys.
    case strategic(JSONValue, ResourceKind)

    /// - Throws: 415 for a media type that this kind does not take, 400 for a body that is no such patch.
    init(_ request: APIRequest, kind: ResourceKind) throws(StoreRefusal) {
        switch request.contentType {
        case "application/json-patch+json": self = .json(try JSONPatchStep.read(request.body))
        case "application/merge-patch+json": self = .merge(try RequestBody.object(request))
        case "application/strategic-merge-patch+json" where !kind.isCustom:
            self = .strategic(try RequestBody.object(request), kind)
        default:
            var accepted = ["application/json-patch+json", "application/merge-patch+json"]
            if !kind.isCustom { accepted.append("application/strategic-merge-patch+json") }
            accepted.append("application/apply-patch+yaml")
            throw .unsupportedMediaType(accepted)
        }
    }

    func applied(to object: JSONValue) throws(StoreRefusal) -> JSONValue {
        switch self {
        case .json(let steps):
            var patched = object
            for step in steps { try step.apply(to: &patched) }
            return patched
        case .merge(let patch): return Self.merged(patch, into: object)
        case .strategic(let patch, let kind):
            return StrategicMerge.merged(patch, into: object, schema: SchemaTable.schema(of: kind))
        }
    }

    /// Null removes, objects merge, everything else replaces.
    static func merged(_ patch: JSONValue, into target: JSONValue) -> JSONValue {
        guard let changes = patch.members else { return patch }
        var merged: JSONValue = target.members == nil ? [:] : target
        for change in changes {
            if change.value == .null {
                merged.remove(change.key)
            } else {
                merged.set(change.key, to: Self.merged(change.value, into: merged[change.key] ?? .null))
            }
        }
        return merged
    }
}
