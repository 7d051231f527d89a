/// One object in the cluster. `uid` is nil until the API has told it.
package struct ObjectReference: Hashable, Sendable, CustomStringConvertible {
    /// `Pod`, `NetworkAttachmentDefinition`, `ConfigMap`, `Lease`, `Namespace`, …
    package let kind: String
    /// Nil for cluster-scoped objects.
    package let namespace: String?
    package let name: String
    package let uid: String?

    package init(kind: String, namespace: String?, name: String, uid: String? = nil) {
        self.kind = kind
        self.namespace = namespace
        self.name = name
        self.uid = uid
    }

    /// `Pod default/sriov-pod-201-1`; the UID is left out, since it changes from run to run.
    package var description: String { namespace.map { "\(kind) \($0)/\(name)" } ?? "\(kind) \(name)" }
}

/// A pod by namespace and name.
package struct PodReference: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let namespace: String
    package let name: String

    package init(namespace: String, name: String) {
        self.namespace = namespace
        self.name = name
    }

    package var object: ObjectReference { ObjectReference(kind: "Pod", namespace: namespace, name: name) }
    package var description: String { "\(namespace)/\(name)" }
    package static func < (left: PodReference, right: PodReference) -> Bool {
        (left.namespace, left.name) < (right.namespace, right.name)
    }
}

/// One captured exchange in `reports/<run>/evidence/`, numbered from 1 in the order of capture.
package struct EvidenceID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let number: Int
    package init(_ number: Int) { self.number = number }
    package var description: String { "evidence \(number)" }
    package static func < (left: EvidenceID, right: EvidenceID) -> Bool { left.number < right.number }
}

/// A value that must never be printed: tokens, keys, passwords. Its description is `[redacted]`.
package struct Redacted<Value: Sendable>: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The secret itself; read it only where it is handed to the protocol that needs it.
    package let secret: Value
    package init(_ secret: Value) { self.secret = secret }
    package var description: String { "[redacted]" }
    package var debugDescription: String { "[redacted]" }
}
