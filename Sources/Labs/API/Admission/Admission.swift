internal import Facts

/// What the API server does to an object between the request and the store.
struct Admission {
    let kind: ResourceKind
    /// The kind's type; nil for a custom kind that says nothing of it.
    let schema: Schema?
    let options: WriteOptions
    /// RFC 3339, for what is stamped.
    let time: String
    /// Five letters, for what gets a made-up name.
    let suffix: String

    /// An object that may be stored, and what the client is to be warned of.
    struct Admitted: Sendable {
        var object: JSONValue
        var warnings: [String] = []
    }

    private var root: FieldWalk.Place? { schema.map { FieldWalk.Place(type: .nested($0)) } }

    /// Makes a new object ready: read as its type, a client's status dropped, defaults set, checked, its writer noted.
    func admit(_ object: JSONValue) throws(StoreRefusal) -> Admitted {
        var admitted = try read(object)
        if options.origin == .client, kind.hasStatus { admitted.object.remove("status") }
        Defaults(kind: kind).fill(&admitted.object, isNew: true)
        if case .update = options.operation { noteWriter(of: &admitted.object, over: nil) }
        // What the server itself adds has no owner.
        Additions(kind: kind, time: time, suffix: suffix).make(to: &admitted.object)
        if options.origin == .client {
            let problems = Validation(kind: kind).problems(of: admitted.object)
            if !problems.isEmpty { throw .invalid(kind, admitted.object.text(at: "metadata", "name") ?? "", problems) }
        }
        admitted.object = try ordered(admitted.object)
        return admitted
    }

    /// Makes a changed object ready: what nobody may change is kept, what belongs to the other subresource too.
    func merge(_ edited: JSONValue, over stored: JSONValue) throws(StoreRefusal) -> Admitted {
        var admitted = try read(edited)
        keepFixed(of: stored, in: &admitted.object)
        Defaults(kind: kind).fill(&admitted.object, isNew: false)
        admitted.object = try ordered(admitted.object)
        if options.origin == .client, options.subresource == nil {
            var problems = Validation(kind: kind).problems(of: admitted.object)
            problems += Validation(kind: kind).problems(of: admitted.object, replacing: stored)
            if !problems.isEmpty { throw .invalid(kind, stored.text(at: "metadata", "name") ?? "", problems) }
        }
        if case .update = options.operation { noteWriter(of: &admitted.object, over: stored) }
        admitted.object = counted(admitted.object, over: stored)
        if Self.isSame(admitted.object, stored) { admitted.object = stored }
        return admitted
    }

    /// Whether nothing but times of ownership differs: such an object stays as it is, and gets no new version.
    private static func isSame(_ object: JSONValue, _ stored: JSONValue) -> Bool {
        func plain(_ object: JSONValue) -> JSONValue {
            var object = object
            object.remove("metadata", "managedFields")
            return object
        }
        return plain(object) == plain(stored) && owners(of: object) == owners(of: stored)
    }

    /// Managers and their fields, without times.
    private static func owners(of object: JSONValue) -> [[String: FieldSet]] {
        ManagedFields(object).entries.map { ["\($0.operation) \($0.manager) \($0.subresource ?? "")": $0.fields] }
    }

    /// - Throws: 400 or 422 for what cannot be read; 400 for what a strict client does not want to be dropped.
    private func read(_ object: JSONValue) throws(StoreRefusal) -> Admitted {
        var reader = ObjectReader(kind: kind, keepsUnknown: options.origin == .site)
        var admitted = Admitted(object: try reader.read(object, as: schema))
        let findings = reader.unknown.map { "unknown field \"\($0)\"" } + reader.repeated.map { "duplicate field \"\($0)\"" }
        switch options.fieldValidation {
        case .ignore: break
        case .warn: admitted.warnings = findings
        case .strict:
            guard !findings.isEmpty else { break }
            throw .badRequest(
                "\(kind.kind) in version \"\(kind.version)\" cannot be handled as a \(kind.kind): strict decoding error: "
                    + findings.joined(separator: ", "))
        }
        return admitted
    }

    /// The object with its members in the order in which a true server writes them.
    func ordered(_ object: JSONValue) throws(StoreRefusal) -> JSONValue {
        var reader = ObjectReader(kind: kind, keepsUnknown: options.origin == .site)
        return try reader.read(object, as: schema)
    }

    private func keepFixed(of stored: JSONValue, in object: inout JSONValue) {
        func keep(_ path: String...) {
            if let value = stored.value(at: path[...]) { object.set(path[...], to: value) } else { object.remove(path[...]) }
        }
        if let subresource = options.subresource {
            // A subresource is one part of the object; nothing else of what was sent counts.
            let part = subresource == "status" ? ["status"] : ["spec", "ephemeralContainers"]
            let sent = object
            object = stored
            if let value = sent.value(at: part[...]) { object.set(part[...], to: value) } else { object.remove(part[...]) }
            if let fields = sent.value(at: "metadata", "managedFields") { object.set("metadata", "managedFields", to: fields) }
            return
        }
        for key in ["name", "namespace", "uid", "creationTimestamp", "resourceVersion", "generation"] { keep("metadata", key) }
        guard options.origin == .client else { return }
        for key in ["deletionTimestamp", "deletionGracePeriodSeconds"] { keep("metadata", key) }
        if kind.hasStatus { keep("status") }
    }

    private func noteWriter(of object: inout JSONValue, over stored: JSONValue?) {
        guard let root else { return }
        // A client may clear or rewrite the owners; one that does not mention them changes none.
        var owners = ManagedFields(object)
        if let stored, object.value(at: "metadata", "managedFields") == nil { owners = ManagedFields(stored) }
        // What a type always writes is there before anybody sets it.
        let changes = FieldWalk.changes(from: stored ?? SchemaTable.emptyObjects[kind] ?? [:], to: object, at: root)
        owners.noteUpdate(
            by: ManagedFields.Entry(
                manager: options.fieldManager, operation: "Update", apiVersion: kind.apiVersion, time: time,
                subresource: options.subresource, fields: FieldSet()),
            changed: ManagedFields.stripped(changes.changed), removed: ManagedFields.stripped(changes.removed))
        object.set("metadata", "managedFields", to: owners.value)
    }

    /// The generation goes up by one when something other than metadata and status has changed.
    private func counted(_ object: JSONValue, over stored: JSONValue) -> JSONValue {
        guard kind.countsGenerations else { return object }
        let wish: (JSONValue) -> JSONValue = { $0.filteringMembers { !["metadata", "status"].contains($0.key) } }
        guard wish(object) != wish(stored) else { return object }
        var counted = object
        counted.set("metadata", "generation", to: .integer((stored.value(at: "metadata", "generation")?.int ?? 0) + 1))
        return counted
    }
}
