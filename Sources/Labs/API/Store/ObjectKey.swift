/// Where an object lies on its kind's shelf.
struct ObjectKey: Hashable, Sendable, Comparable {
    /// Empty for cluster-scoped objects.
    let namespace: String
    let name: String

    init(namespace: String?, name: String) {
        self.namespace = namespace ?? ""
        self.name = name
    }

    /// Lists come in the order of the bytes of `namespace/name`, as etcd keeps them.
    static func < (left: ObjectKey, right: ObjectKey) -> Bool {
        if left.namespace == right.namespace { return left.name.utf8.lexicographicallyPrecedes(right.name.utf8) }
        return (left.namespace + "/").utf8.lexicographicallyPrecedes((right.namespace + "/").utf8)
    }
}
