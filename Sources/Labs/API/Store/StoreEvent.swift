package import Facts

/// One change of one object.
package struct StoreEvent: Sendable {
    package enum Change: String, Sendable {
        case added = "ADDED"
        case modified = "MODIFIED"
        case deleted = "DELETED"
    }

    package let change: Change
    package let kind: ResourceKind
    /// Nil for cluster-scoped objects.
    package let namespace: String?
    package let name: String
    /// The store's counter at this change; it is the object's `metadata.resourceVersion` too, of a deleted one as well.
    package let resourceVersion: Int
    /// The object after the change; for a deletion as it was last.
    package let object: JSONValue
    /// The object before the change; nil for an added one.
    package let previous: JSONValue?
}
