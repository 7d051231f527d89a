package import Facts

/// All API objects of a site: the only place where they live.
///
/// There is one counter for the whole store; each change takes the next number as its resourceVersion. The last changes are kept,
/// for watches that begin in the past and for lists of a past version.
package actor ObjectStore {
    /// All objects of one kind, and their keys in the order of lists.
    struct Shelf {
        var objects: [ObjectKey: JSONValue] = [:]
        var order: [ObjectKey] = []
    }

    struct Watcher {
        let kind: ResourceKind?
        let namespace: String?
        let continuation: AsyncStream<StoreEvent>.Continuation
    }

    var shelves: [ResourceKind: Shelf] = [:]
    var customKinds: [ResourceKind] = []
    var customSchemas: [ResourceKind: Schema] = [:]
    /// Their `openAPIV3Schema` as it stands in the definition.
    var customDocuments: [ResourceKind: JSONValue] = [:]
    private(set) var revision: Int
    private var history: [StoreEvent] = []
    /// Changes up to this version are forgotten.
    private(set) var compactedRevision: Int
    private let historyLimit: Int
    private var watchers: [Int: Watcher] = [:]
    private var lastWatcher = 0
    var random: any RandomNumberGenerator & Sendable
    let now: @Sendable () -> Timestamp
    /// PEM text that each new namespace gets in its `kube-root-ca.crt`; empty until the server has one.
    package var certificateAuthority = ""

    /// - Parameters:
    ///   - now: the clock for creation and deletion times.
    ///   - random: where UIDs and generated names come from; a seeded generator makes them repeatable.
    ///   - firstRevision: the counter before the first change. A true server's never begins at 0.
    ///   - historyLimit: how many changes are kept for watches from the past.
    package init(
        now: @escaping @Sendable () -> Timestamp, random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
        firstRevision: Int = 1, historyLimit: Int = 10_000
    ) {
        self.now = now
        self.random = random
        self.revision = firstRevision
        self.compactedRevision = firstRevision
        self.historyLimit = historyLimit
    }

    /// Every kind that is served now: the built-in ones and those that CustomResourceDefinitions add.
    package var kinds: [ResourceKind] { ResourceKind.all + customKinds }

    /// The store's counter: the resourceVersion of the latest change.
    package var resourceVersion: Int { revision }

    /// - Parameter namespace: nil for cluster-scoped kinds.
    /// - Throws: 404 when there is none.
    package func get(_ kind: ResourceKind, namespace: String? = nil, name: String) throws(StoreRefusal) -> JSONValue {
        guard let object = shelves[kind]?.objects[ObjectKey(namespace: namespace, name: name)] else {
            throw .notFound(kind, name)
        }
        return object
    }

    /// All objects of a kind that the query asks for, by namespace and name.
    ///
    /// - Throws: 410 when the query asks for a version that is no longer kept.
    package func list(_ kind: ResourceKind, _ query: ListQuery = ListQuery()) throws(StoreRefusal) -> StoreList {
        let shelf = try shelf(of: kind, at: query.at)
        var items: [JSONValue] = []
        var last: ObjectKey?
        for (position, key) in shelf.order.enumerated() {
            if let after = query.after, !(after < key) { continue }
            guard query.namespace == nil || query.namespace == key.namespace, let object = shelf.objects[key],
                query.matches(object)
            else { continue }
            if let limit = query.limit, limit > 0, items.count == limit {
                let rest = shelf.order[position...].filter { query.namespace == nil || query.namespace == $0.namespace }
                let isPlain = query.labels.requirements.isEmpty && query.fields.requirements.isEmpty
                return StoreList(
                    items: items, resourceVersion: query.at ?? revision, last: last, remaining: isPlain ? rest.count : nil)
            }
            items.append(object)
            last = key
        }
        return StoreList(items: items, resourceVersion: query.at ?? revision, last: nil, remaining: nil)
    }

    /// The shelf as it was: later changes are taken back, the newest first.
    private func shelf(of kind: ResourceKind, at version: Int?) throws(StoreRefusal) -> Shelf {
        var shelf = shelves[kind] ?? Shelf()
        guard let version, version < revision else { return shelf }
        guard version >= compactedRevision else { throw .expired("The resourceVersion for the provided list is too old.") }
        for event in history.reversed() {
            guard event.resourceVersion > version else { break }
            guard event.kind == kind else { continue }
            shelf.objects[ObjectKey(namespace: event.namespace, name: event.name)] = event.previous
        }
        shelf.order = shelf.objects.keys.sorted()
        return shelf
    }

    /// Changes of objects, each once and in their order, from this call on and before it as far back as asked.
    ///
    /// - Parameters:
    ///   - kind: nil for all kinds.
    ///   - namespace: nil for all namespaces.
    ///   - version: changes after this one; nil: only those after this call.
    /// - Returns: a stream that ends when `endWatches` is called; drop it or cancel its reader to stop watching.
    /// - Throws: 410 when changes after that version have been forgotten.
    package func watch(_ kind: ResourceKind? = nil, namespace: String? = nil, from version: Int? = nil) throws(StoreRefusal)
        -> AsyncStream<StoreEvent>
    {
        if let version, version < compactedRevision {
            throw .expired("too old resource version: \(version) (\(compactedRevision))")
        }
        let (stream, continuation) = AsyncStream.makeStream(of: StoreEvent.self)
        let watcher = Watcher(kind: kind, namespace: namespace, continuation: continuation)
        if let version {
            for event in history where event.resourceVersion > version { Self.tell(watcher, event) }
        }
        lastWatcher += 1
        watchers[lastWatcher] = watcher
        return stream
    }

    /// A list, and every change after it: nothing lies between the two.
    func listAndWatch(_ kind: ResourceKind, _ query: ListQuery) throws(StoreRefusal) -> (
        list: StoreList, changes: AsyncStream<StoreEvent>
    ) {
        (try list(kind, query), try watch(kind, namespace: query.namespace))
    }

    /// Ends every watch, as a server does that is going away.
    package func endWatches() {
        for watcher in watchers.values { watcher.continuation.finish() }
        watchers = [:]
    }

    /// Forgets all changes so far: a watch or list from before gets 410.
    package func compact() {
        history = []
        compactedRevision = revision
    }

    /// The number for the next change.
    func nextRevision() -> Int {
        revision += 1
        return revision
    }

    /// Puts a change on its shelf, into the history and before the watchers.
    func record(_ event: StoreEvent) {
        place(event)
        if event.kind == .customResourceDefinitions { readDefinitions() }
        history.append(event)
        // Dropping in lumps: taking one from the front of an array each time would copy the rest each time.
        if history.count > historyLimit + historyLimit / 4 {
            let dropped = history.count - historyLimit
            compactedRevision = history[dropped - 1].resourceVersion
            history.removeFirst(dropped)
        }
        for (id, watcher) in watchers where !Self.tell(watcher, event) { watchers[id] = nil }
    }

    private func place(_ event: StoreEvent) {
        let key = ObjectKey(namespace: event.namespace, name: event.name)
        switch event.change {
        case .deleted:
            shelves[event.kind]?.objects[key] = nil
            shelves[event.kind]?.order.removeAll { $0 == key }
        case .modified: shelves[event.kind]?.objects[key] = event.object
        case .added:
            var shelf = shelves[event.kind] ?? Shelf()
            shelves[event.kind] = nil
            shelf.objects[key] = event.object
            shelf.order.insert(key, at: Self.position(of: key, in: shelf.order))
            shelves[event.kind] = shelf
        }
    }

    private static func position(of key: ObjectKey, in order: [ObjectKey]) -> Int {
        var low = 0
        var high = order.count
        while low < high {
            let middle = (low + high) / 2
            if order[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// - Returns: false when nobody reads this watch any more.
    @discardableResult
    private static func tell(_ watcher: Watcher, _ event: StoreEvent) -> Bool {
        guard watcher.kind == nil || watcher.kind == event.kind,
            watcher.namespace == nil || watcher.namespace == event.namespace
        else { return true }
        if case .terminated = watcher.continuation.yield(event) { return false }
        return true
    }
}
