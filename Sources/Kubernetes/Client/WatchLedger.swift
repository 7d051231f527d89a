internal import Facts

/// What a watcher has been told, so that nothing is told twice or forgotten when the connection or the place in history is lost.
struct WatchLedger {
    private struct Known {
        let reference: ObjectReference
        let resourceVersion: String
    }

    /// From where to go on; `nil` when the collection must be listed.
    private(set) var resourceVersion: String?
    private var known: [String: Known] = [:]

    /// The API no longer keeps the version.
    mutating func forgetVersion() { resourceVersion = nil }

    /// What a fresh list says that has not been told, and that all is told.
    mutating func compare(with found: [KubernetesObject], version: String) -> [WatchEvent] {
        var events: [WatchEvent] = []
        let present = Set(found.map(\.uid))
        for gone in known.values.filter({ !present.contains($0.reference.uid ?? "") }).sorted(by: {
            $0.reference.description < $1.reference.description
        }) {
            events.append(.vanished(gone.reference))
            known[gone.reference.uid ?? ""] = nil
        }
        for object in found { events += tell(object).map { [$0] } ?? [] }
        resourceVersion = version
        return events + [.synchronized(resourceVersion: version)]
    }

    /// - Parameter type: `ADDED`, `MODIFIED`, `DELETED`, `BOOKMARK`; others only move the version on.
    /// - Returns: `nil` when there is nothing new to tell.
    mutating func take(_ type: String, _ object: KubernetesObject) -> WatchEvent? {
        resourceVersion = object.resourceVersion
        switch type {
        case "ADDED", "MODIFIED": return tell(object)
        case "DELETED":
            known[object.uid] = nil
            return .deleted(object)
        default: return nil
        }
    }

    private mutating func tell(_ object: KubernetesObject) -> WatchEvent? {
        let before = known[object.uid]
        guard before?.resourceVersion != object.resourceVersion else { return nil }
        let reference = ObjectReference(kind: object.kind, namespace: object.namespace, name: object.name, uid: object.uid)
        known[object.uid] = Known(reference: reference, resourceVersion: object.resourceVersion)
        return before == nil ? .added(object) : .modified(object)
    }
}
