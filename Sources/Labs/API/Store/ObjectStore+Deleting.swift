package import Facts

extension ObjectStore {
    /// What became of an object that was to be deleted.
    package enum Deletion: Sendable {
        /// It is gone; this is how it was last.
        case removed(JSONValue)
        /// It is marked and stays until its kubelet, its finalizers or its contents let it go.
        case marked(JSONValue)
    }

    /// Deletes as a client asks: a pod on a node is marked with a time until which it may live, and goes when the kubelet calls
    /// `remove`; an object with finalizers goes with the last of them; a namespace with the last of its contents.
    ///
    /// - Parameter graceSeconds: nil: the pod's own `terminationGracePeriodSeconds`. 0: gone at once.
    /// - Throws: 404; 409 when a precondition does not hold.
    @discardableResult
    package func delete(
        _ kind: ResourceKind, namespace: String? = nil, name: String, preconditions: DeletePreconditions = .init(),
        graceSeconds: Int? = nil, options: WriteOptions = WriteOptions()
    ) throws(StoreRefusal) -> Deletion {
        let key = ObjectKey(namespace: namespace, name: name)
        guard let stored = shelves[kind]?.objects[key] else { throw .notFound(kind, name) }
        try check(preconditions, on: stored, kind: kind, name: name)
        let grace = kind == .pods ? Self.grace(of: stored, asked: graceSeconds) : 0
        let isHeld = !(stored.value(at: "metadata", "finalizers")?.elements ?? []).isEmpty
        if grace == 0, !isHeld, kind != .namespaces {
            if options.isDryRun { return .removed(stored) }
            return .removed(take(stored, kind: kind, key: key))
        }
        let marked = try mark(stored, kind: kind, key: key, grace: kind == .pods ? grace : nil, options: options)
        if kind == .namespaces, !options.isDryRun { empty(namespace: name) }
        return .marked(marked)
    }

    /// Takes an object away for good, as the kubelet does when a pod's containers have ended. A pod with finalizers stays until
    /// they are gone.
    ///
    /// - Parameter uid: only if it is still this one; nil: whichever has the name.
    /// - Throws: 404; 409 when the UID is another.
    package func remove(_ kind: ResourceKind, namespace: String? = nil, name: String, uid: String? = nil)
        throws(StoreRefusal)
    {
        let key = ObjectKey(namespace: namespace, name: name)
        guard let stored = shelves[kind]?.objects[key] else { throw .notFound(kind, name) }
        try check(DeletePreconditions(uid: uid), on: stored, kind: kind, name: name)
        if (stored.value(at: "metadata", "finalizers")?.elements ?? []).isEmpty {
            _ = take(stored, kind: kind, key: key)
        } else {
            _ = try mark(stored, kind: kind, key: key, grace: kind == .pods ? 0 : nil, options: WriteOptions())
        }
    }

    private func check(_ preconditions: DeletePreconditions, on stored: JSONValue, kind: ResourceKind, name: String)
        throws(StoreRefusal)
    {
        let uid = stored.text(at: "metadata", "uid") ?? ""
        if let asked = preconditions.uid, asked != uid {
            throw .preconditionFailed(kind, name, "UID", asked: asked, is: uid)
        }
        let version = stored.text(at: "metadata", "resourceVersion") ?? ""
        if let asked = preconditions.resourceVersion, asked != version {
            throw .preconditionFailed(kind, name, "ResourceVersion", asked: asked, is: version)
        }
    }

    /// A pod that no kubelet has, or that has ended, needs no time to end.
    private static func grace(of pod: JSONValue, asked: Int?) -> Int {
        if (pod.text(at: "spec", "nodeName") ?? "").isEmpty { return 0 }
        if ["Succeeded", "Failed"].contains(pod.text(at: "status", "phase")) { return 0 }
        return max(0, asked ?? pod.value(at: "spec", "terminationGracePeriodSeconds")?.int ?? 30)
    }

    /// Removes an object from its shelf; what it owned and what waited for it go too.
    func take(_ stored: JSONValue, kind: ResourceKind, key: ObjectKey) -> JSONValue {
        var last = stored
        let version = nextRevision()
        last.set("metadata", "resourceVersion", to: .string(String(version)))
        if last.text(at: "metadata", "deletionTimestamp") != nil, kind == .pods {
            last.set("metadata", "deletionGracePeriodSeconds", to: 0)
        }
        record(
            StoreEvent(
                change: .deleted, kind: kind, namespace: kind.isNamespaced ? key.namespace : nil, name: key.name,
                resourceVersion: version, object: last, previous: stored))
        tidy(after: last, kind: kind, namespace: key.namespace)
        return last
    }

    /// Marks an object as being deleted. A second marking can only shorten the time.
    private func mark(_ stored: JSONValue, kind: ResourceKind, key: ObjectKey, grace: Int?, options: WriteOptions)
        throws(StoreRefusal) -> JSONValue
    {
        let time = now()
        return try change(
            kind, namespace: kind.isNamespaced ? key.namespace : nil, name: key.name,
            options: Self.quietly(options)
        ) { object in
            let isMarked = object.text(at: "metadata", "deletionTimestamp") != nil
            let before = object.value(at: "metadata", "deletionGracePeriodSeconds")?.int
            if let grace {
                if isMarked, let before, grace >= before { return }
                object.set("metadata", "deletionTimestamp", to: .string(time.advanced(by: .seconds(grace)).seconds + "Z"))
                object.set("metadata", "deletionGracePeriodSeconds", to: .integer(grace))
            } else if !isMarked {
                object.set("metadata", "deletionTimestamp", to: .string(time.seconds + "Z"))
            }
            // A true server counts the marking as a change of the specification.
            if kind.countsGenerations, !isMarked, let generation = object.value(at: "metadata", "generation")?.int {
                object.set("metadata", "generation", to: .integer(generation + 1))
            }
            if kind == .namespaces { object.set("status", "phase", to: "Terminating") }
        }
    }

    /// Marking is the server's own doing: nobody becomes the owner of the mark.
    private static func quietly(_ options: WriteOptions) -> WriteOptions {
        var quiet = WriteOptions(fieldManager: options.fieldManager, isDryRun: options.isDryRun)
        quiet.operation = .apply
        return quiet
    }

    /// What a deletion brings with it: objects owned by the deleted one go, and a namespace goes with its last object.
    func tidy(after deleted: JSONValue, kind: ResourceKind, namespace: String) {
        if let uid = deleted.text(at: "metadata", "uid") { removeDependents(of: uid) }
        if kind == .customResourceDefinitions { removeInstances(of: deleted) }
        if kind.isNamespaced { closeIfEmpty(namespace: namespace) }
    }

    private func removeDependents(of uid: String) {
        for (kind, shelf) in shelves {
            for key in shelf.order {
                let owners = shelf.objects[key]?.value(at: "metadata", "ownerReferences")?.elements ?? []
                guard owners.contains(where: { $0.text(at: "uid") == uid }) else { continue }
                // Gone meanwhile is as good as deleted.
                _ = try? delete(kind, namespace: kind.isNamespaced ? key.namespace : nil, name: key.name)
            }
        }
    }
}
