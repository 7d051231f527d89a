package import Facts

extension ObjectStore {
    /// Stores a new object.
    ///
    /// - Parameters:
    ///   - object: `metadata.name` or `metadata.generateName` must be there; `kind` and `apiVersion` are filled in.
    ///   - namespace: where to; nil: as the object says, else `default`. Left out for cluster-scoped kinds.
    /// - Returns: the object as stored, with UID, creation time, resourceVersion, generation, owners and defaults.
    /// - Throws: 404 for a namespace that does not exist, 403 for one that is being deleted, 409 for a name that is taken, 422.
    @discardableResult
    package func create(
        _ object: JSONValue, kind: ResourceKind, namespace: String? = nil, options: WriteOptions = WriteOptions()
    ) throws(StoreRefusal) -> JSONValue {
        try write(new: object, kind: kind, namespace: namespace, options: options).object
    }

    func write(new object: JSONValue, kind: ResourceKind, namespace: String?, options: WriteOptions) throws(StoreRefusal)
        -> Written
    {
        let space = kind.isNamespaced ? namespace ?? object.text(at: "metadata", "namespace") ?? "default" : nil
        var created = object
        let name = try name(for: object, kind: kind)
        created.set("metadata", "name", to: .string(name))
        if let space {
            created.set("metadata", "namespace", to: .string(space))
            try checkOpen(namespace: space, for: kind, name: name)
        }
        guard shelves[kind]?.objects[ObjectKey(namespace: space, name: name)] == nil else { throw .alreadyExists(kind, name) }
        created.set("metadata", "uid", to: .string(newUID()))
        created.set("metadata", "creationTimestamp", to: .string(now().seconds + "Z"))
        if kind.countsGenerations { created.set("metadata", "generation", to: 1) }
        for key in ["deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"] { created.remove("metadata", key) }
        // Its place among the metadata; the number comes when nothing can refuse the object any more.
        created.set("metadata", "resourceVersion", to: "")
        let admitted = try admission(kind, options).admit(created)
        if options.origin == .client, kind == .pods, let space {
            try checkAccount(of: admitted.object, namespace: space)
            let level = PodSecurity.level(of: shelves[.namespaces]?.objects[ObjectKey(namespace: nil, name: space)] ?? [:])
            try PodSecurity.check(admitted.object, level: level)
        }
        var stored = admitted.object
        if options.isDryRun {
            stored.remove("metadata", "resourceVersion")
            return Written(object: stored, warnings: admitted.warnings, isNew: true)
        }
        let version = nextRevision()
        stored.set("metadata", "resourceVersion", to: .string(String(version)))
        record(
            StoreEvent(
                change: .added, kind: kind, namespace: space, name: name, resourceVersion: version, object: stored,
                previous: nil))
        if kind == .namespaces { furnish(namespace: name) }
        return Written(object: stored, warnings: admitted.warnings, isNew: true)
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
        var options = options
        options.subresource = subresource
        return try write(changed: kind, namespace: namespace, name: name, options: options, edit).object
    }

    func write(
        changed kind: ResourceKind, namespace: String?, name: String, options: WriteOptions,
        _ edit: @Sendable (inout JSONValue) throws(StoreRefusal) -> Void
    ) throws(StoreRefusal) -> Written {
        let key = ObjectKey(namespace: namespace, name: name)
        guard let stored = shelves[kind]?.objects[key] else { throw .notFound(kind, name) }
        var edited = stored
        try edit(&edited)
        let sent = edited.text(at: "metadata", "resourceVersion") ?? ""
        guard sent.isEmpty || sent == stored.text(at: "metadata", "resourceVersion") else {
            throw .modifiedMeanwhile(kind, name)
        }
        if let uid = edited.text(at: "metadata", "uid"), !uid.isEmpty, uid != stored.text(at: "metadata", "uid") {
            throw .conflict(
                kind, name,
                "Precondition failed: UID in precondition: \(uid), UID in object meta: \(stored.text(at: "metadata", "uid") ?? "")"
            )
        }
        let admitted = try admission(kind, options).merge(edited, over: stored)
        if admitted.object == stored || options.isDryRun { return Written(object: admitted.object, warnings: admitted.warnings) }
        return Written(object: commit(admitted.object, over: stored, kind: kind, key: key), warnings: admitted.warnings)
    }

    /// Applies what a manager declares; an object that is not there is made.
    ///
    /// - Parameter config: without `metadata.managedFields`.
    /// - Throws: 409 for fields of other managers, unless forced.
    func apply(
        _ config: JSONValue, kind: ResourceKind, namespace: String?, name: String, isForced: Bool, options: WriteOptions
    ) throws(StoreRefusal) -> Written {
        guard let schema = schema(of: kind) else {
            throw .badRequest("server-side apply needs a schema, and the definition of \(kind.qualifiedPlural) has none")
        }
        var options = options
        options.operation = .apply
        var reader = ObjectReader(kind: kind)
        let stored = shelves[kind]?.objects[ObjectKey(namespace: namespace, name: name)]
        var declared = try reader.readSparsely(config, as: schema)
        declared.remove("metadata", "resourceVersion")
        let applied = try ServerSideApply(
            kind: kind, schema: schema, manager: options.fieldManager, subresource: options.subresource, isForced: isForced,
            time: now().seconds + "Z"
        ).applied(declared, to: stored)
        // The declared object is read leniently above; what it has too much is told once, by the same rules as elsewhere.
        let findings = reader.unknown.map { "unknown field \"\($0)\"" }
        if case .strict = options.fieldValidation, !findings.isEmpty {
            throw .badRequest(
                "failed to create typed patch object (\(namespace ?? "")/\(name); \(kind.apiVersion), Kind=\(kind.kind)): "
                    + reader.unknown.map { ".\($0): field not declared in schema" }.joined(separator: ", "))
        }
        let isQuiet: Bool
        if case .ignore = options.fieldValidation { isQuiet = true } else { isQuiet = false }
        let written =
            stored == nil
            ? try write(new: applied, kind: kind, namespace: namespace, options: options)
            : try write(changed: kind, namespace: namespace, name: name, options: options) { $0 = applied }
        return Written(object: written.object, warnings: isQuiet ? [] : findings, isNew: written.isNew)
    }

    /// Stores an admitted change; an object under deletion whose last finalizer is gone goes with it.
    private func commit(_ edited: JSONValue, over stored: JSONValue, kind: ResourceKind, key: ObjectKey) -> JSONValue {
        let version = nextRevision()
        var edited = edited
        edited.set("metadata", "resourceVersion", to: .string(String(version)))
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

    private func admission(_ kind: ResourceKind, _ options: WriteOptions) -> Admission {
        Admission(
            kind: kind, schema: schema(of: kind), options: options, time: now().seconds + "Z", suffix: randomLetters())
    }

    /// - Throws: 403 for a pod whose service account does not exist.
    private func checkAccount(of pod: JSONValue, namespace: String) throws(StoreRefusal) {
        guard let account = pod.text(at: "spec", "serviceAccountName"),
            shelves[.serviceAccounts]?.objects[ObjectKey(namespace: namespace, name: account)] == nil
        else { return }
        throw .forbidden(
            .pods, pod.text(at: "metadata", "name") ?? "",
            "error looking up service account \(namespace)/\(account): serviceaccount \"\(account)\" not found")
    }

    private func name(for object: JSONValue, kind: ResourceKind) throws(StoreRefusal) -> String {
        if let name = object.text(at: "metadata", "name"), !name.isEmpty { return name }
        guard let prefix = object.text(at: "metadata", "generateName"), !prefix.isEmpty else {
            throw .invalid(kind, "", [.required("metadata.name", "name or generateName is required")])
        }
        return prefix + randomLetters()
    }

    /// Five of the letters that true servers draw from: no vowels, so that no words come out.
    private func randomLetters() -> String {
        let letters = Array("bcdfghjklmnpqrstvwxz2456789")
        return String((0..<5).map { _ in letters[Int.random(in: letters.indices, using: &random)] })
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
