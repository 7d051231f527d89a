internal import Facts

/// A watch that has been accepted: what to send first, and the changes that follow.
struct WatchAnswer: Sendable {
    let kind: ResourceKind
    let query: ListQuery
    /// Objects that are sent as `ADDED` before any change, and the version they are of; nil: none were asked for.
    let initial: StoreList?
    let changes: AsyncStream<StoreEvent>
    let wantsBookmarks: Bool
    /// The end of the initial objects is told by a bookmark of its own.
    let tellsInitialEnd: Bool
    let timeout: Duration
    /// How objects are written: as they are, or as rows of a table.
    let form: ObjectForm
    /// The refusal that is sent as the only event; nil: none.
    var refusal: StoreRefusal?

    /// The event that a watcher with this query sees, if any: an object that comes to match is added, one that no longer matches is
    /// deleted.
    func seen(_ event: StoreEvent) -> (change: StoreEvent.Change, object: JSONValue)? {
        let isMatch = query.matches(event.object)
        let wasMatch = event.previous.map(query.matches) ?? false
        switch event.change {
        case .added: return isMatch ? (.added, event.object) : nil
        case .deleted: return wasMatch || isMatch ? (.deleted, event.object) : nil
        case .modified:
            switch (wasMatch, isMatch) {
            case (true, true): return (.modified, event.object)
            case (false, true): return (.added, event.object)
            case (true, false):
                // The object as it was when it still matched, at the version at which it ceased to.
                var last = event.previous ?? event.object
                last.set("metadata", "resourceVersion", to: .string(String(event.resourceVersion)))
                return (.deleted, last)
            case (false, false): return nil
            }
        }
    }

    /// One line of the stream.
    static func line(_ type: String, _ object: JSONValue) -> [UInt8] {
        (["type": .string(type), "object": object] as JSONValue).wireBytes + [0x0a]
    }

    /// The bookmark for a version.
    func bookmark(at version: Int, endsInitial: Bool = false) -> [UInt8] {
        var metadata: JSONValue = ["resourceVersion": .string(String(version))]
        if endsInitial { metadata.set("annotations", to: ["k8s.io/initial-events-end": "true"]) }
        var object: JSONValue =
            kind.isCustom
            ? ["apiVersion": .string(kind.apiVersion), "kind": .string(kind.kind)]
            : ["kind": .string(kind.kind), "apiVersion": .string(kind.apiVersion)]
        object.set("metadata", to: metadata)
        // A true server encodes an empty Pod, and these two members of it are never left out.
        if kind == .pods {
            object.set("spec", to: ["containers": nil])
            object.set("status", to: [:])
        }
        return Self.line("BOOKMARK", form == .whole ? object : form.shape(object, kind: kind, version: nil))
    }
}
