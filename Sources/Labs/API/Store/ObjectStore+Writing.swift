package import Facts

extension ObjectStore {
    /// Stores a new object.
    ///
    /// - Parameters:
    ///   - object: `metadata.name` or `metadata.generateName` must be there; `kind` and `apiVersion` are filled in.
    ///   - namespace: where to; nil: as the object says, else `default`. Left out for cluster-scoped kinds.
    /// - Returns: the object as stored, with UID, creation time, resourceVersion, generation and defaults.
    /// - Throws: 404 for a namespace that does not exist, 403 for one that is being deleted, 409 for a name that is taken, 422.
    @discardableResult
    package func create(
        _ object: JSONValue, kind: ResourceKind, namespace: String? = nil, options: WriteOptions = WriteOptions()
    ) throws(StoreRefusal) -> JSONValue {
        let space = kind.isNamespaced ? namespace ?? object.text(at: "metadata", "namespace") ?? "default" : nil
        var created = object
        let name = try name(for: object, kind: kind)
        created.set("metadata", "name", to: .string(name))
        if let space {
            created.set("metadata", "namespace", to: .string(space))
            try checkOpen(namespace: space, for: kind, name: name)
        }
        let key = ObjectKey(namespace: space, name: name)
        guard shelves[kind]?.objects[key] == nil else { throw .alreadyExists(kind, name) }
        created.set("metadata", "uid", to: .string(newUID()))
        created.set("metadata", "creationTimestamp", to: .string(now().seconds + "Z"))
        if kind.countsGenerations { created.set("metadata", "generation", to: 1) }
        created.remove("metadata", "deletionTimestamp")
        created.remove("metadata", "deletionGracePeriodSeconds")
        created = try Admission.admit(created, kind: kind, options: options)
        if options.isDryRun { return created }
        let version = nextRevision()
        created.set("metadata", "resourceVersion", to: .string(String(version)))
        created = Admission.ordered(created, kind: kind)
        record(
            StoreEvent(
                change: .added, kind: kind, namespace: space, name: name, resourceVersion: version, object: created,
                previous: nil))
        if kind == .namespaces { furnish(namespace: name) }
        return created
    }

    /// Replaces an object. With `metadata.resourceVersion` given, only if it is still the stored one.
    ///
    /// - Throws: 404, 409, 422.
    @discardableResult
    package func update(
        _ object: JSONValue, kind: ResourceKind, namespace: String? = nil, options: WriteOptions = WriteOptions()
    ) throws(StoreRefusal) -> JSONValue {
        let space = kind.isNamespaced ? namespace ?? object.text(at: "metadata", "namespace") ?? "default" : nil
        return try change(kind, namespace: space, name: object.text(at: "metadata", "name") ?? "", options: options) {
            $0 = object
        }
    }

    /// Replaces the `status` of an object and leaves the rest.
    @discardableResult
    package func updateStatus(
        _ object: JSONValue, kind: ResourceKind, namespace: String? = nil, options: WriteOptions = WriteOptions()
    ) throws(StoreRefusal) -> JSONValue {
        let space = kind.isNamespaced ? namespace ?? object.text(at: "metadata", "namespace") ?? "default" : nil
        let name = object.text(at: "metadata", "name") ?? ""
        return try change(kind, namespace: space, name: name, subresource: "status", options: options) { $0 = object }
    }

    /// Changes an object in one step: nobody else's change comes between the reading and the writing.
    ///
    /// - Parameters:
    ///   - subresource: `status`: only the status is taken from the edited object. Nil from a client: all but the status.
    ///     Nil from the site: everything.
    ///   - edit: gets the stored object and leaves it as it should be. A changed `metadata.resourceVersion` is compared with the
    ///     stored one; an object that is left as it was gives no new version and no event.
    @discardableResult
    package func change(
        _ kind: ResourceKind, namespace: String? = nil, name: String, subresource: String? = nil,
        options: WriteOptions = WriteOptions(), _ edit: @Sendable (inout JSONValue) throws(StoreRefusal) -> Void
    ) throws(StoreRefusal) -> JSONValue {
        let key = ObjectKey(namespace: namespace, name: name)
        guard let stored = shelves[kind]?.objects[key] else { throw .notFound(kind, name) }
        var edited = stored
        try edit(&edited)
        let sent = edited.text(at: "metadata", "resourceVersion") ?? ""
        guard sent.isEmpty || sent == stored.text(at: "metadata", "resourceVersion") else {
            throw .modifiedMeanwhile(kind, name)
        }
        edited = try Admission.merge(edited, over: stored, kind: kind, subresource: subresource, options: options)
        if edited == stored || options.isDryRun { return edited }
        return commit(edited, over: stored, kind: kind, key: key)
    }

    /// Stores an admitted change; an object under deletion whose last finalizer is gone goes with it.
    private func commit(_ edited: JSONValue, over stored: JSONValue, kind: ResourceKind, key: ObjectKey) -> JSONValue {
        var edited = edited
        let version = nextRevision()
        edited.set("metadata", "resourceVersion", to: .string(String(version)))
        edited = Admission.ordered(edited, kind: kind)
        let isGone =
            edited.text(at: "metadata", "deletionTimestamp") != nil
            && !(stored.value(at: "metadata", "finalizers")?.elements ?? []).isEmpty
            && (edited.value(at: "metadata", "finalizers")?.elements ?? []).isEmpty
            && (edited.value(at: "metadata", "deletionGracePeriodSeconds")?.int ?? 0) == 0
        record(
            StoreEvent(
                change: isGone ? .deleted : .modified, kind: kind, namespace: kind.isNamespaced ? key.namespace : nil,
                name: key.name, resourceVersion: version, object: edited, previous: stored))
        if isGone { tidy(after: edited, kind: kind, namespace: key.namespace) }
        return edited
    }

    private func name(for object: JSONValue, kind: ResourceKind) throws(StoreRefusal) -> String {
        if let name = object.text(at: "metadata", "name"), !name.isEmpty { return name }
        guard let prefix = object.text(at: "metadata", "generateName"), !prefix.isEmpty else {
            throw .invalid(kind, "", [.required("metadata.name", "name or generateName is required")])
        }
        // The letters that true servers draw from: no vowels, so that no words come out.
        let letters = Array("bcdfghjklmnpqrstvwxz2456789")
        return prefix + String((0..<5).map { _ in letters[Int.random(in: letters.indices, using: &random)] })
    }

    /// A random UUID (version 4).
    private func newUID() -> String {
        var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        bytes[6] = bytes[6] & 0x0f | 0x40
        bytes[8] = bytes[8] & 0x3f | 0x80
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text += "-" }
            let digits = String(byte, radix: 16)
            text += digits.count == 1 ? "0" + digits : digits
        }
        return text
    }
}
