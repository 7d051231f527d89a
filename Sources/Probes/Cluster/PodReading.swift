package import Facts
internal import Dialects

/// Reads objects that a watch hands over.
package enum PodReading {
    /// Nil when the object is no pod that can be read.
    package static func state(_ object: JSONValue) -> PodState? { nil }
    package static func event(_ object: JSONValue) -> ClusterEvent? { nil }
}
