internal import Facts

/// Who owns which fields of an object: `metadata.managedFields`.
struct ManagedFields: Sendable {
    struct Entry: Sendable {
        var manager: String
        /// `Apply` or `Update`.
        var operation: String
        var apiVersion: String
        var time: String
        var subresource: String?
        var fields: FieldSet

        func isSameManager(as other: Entry) -> Bool {
            manager == other.manager && operation == other.operation && apiVersion == other.apiVersion
                && subresource == other.subresource
        }
    }

    var entries: [Entry]

    init(_ object: JSONValue) {
        entries = (object.value(at: "metadata", "managedFields")?.elements ?? []).compactMap { entry in
            guard let manager = entry["manager"]?.text, let fields = entry["fieldsV1"] else { return nil }
            return Entry(
                manager: manager, operation: entry["operation"]?.text ?? "Update", apiVersion: entry["apiVersion"]?.text ?? "",
                time: entry["time"]?.text ?? "", subresource: entry["subresource"]?.text, fields: FieldSet(fields))
        }
    }

    /// Applied ones first, then by time and name, as a true server sorts them.
    var value: JSONValue {
        let sorted = entries.sorted { left, right in
            (left.operation, left.time, left.manager, left.subresource ?? "")
                < (right.operation, right.time, right.manager, right.subresource ?? "")
        }
        return .array(
            sorted.map { entry in
                var members: [JSONValue.Member] = [
                    .init("manager", .string(entry.manager)), .init("operation", .string(entry.operation)),
                    .init("apiVersion", .string(entry.apiVersion)), .init("time", .string(entry.time)),
                    .init("fieldsType", "FieldsV1"), .init("fieldsV1", entry.fields.value),
                ]
                if let subresource = entry.subresource { members.append(.init("subresource", .string(subresource))) }
                return .object(members)
            })
    }

    /// Gives changed fields to the one who wrote them, takes them from all others, and forgets removed ones.
    mutating func noteUpdate(by writer: Entry, changed: FieldSet, removed: FieldSet) {
        for index in entries.indices {
            entries[index].fields = entries[index].fields.subtracting(removed)
            if !entries[index].isSameManager(as: writer) { entries[index].fields = entries[index].fields.subtracting(changed) }
        }
        if !changed.isEmpty {
            if let index = entries.firstIndex(where: { $0.isSameManager(as: writer) }) {
                entries[index].fields.formUnion(changed)
                entries[index].time = writer.time
            } else {
                var entry = writer
                entry.fields = changed
                entries.append(entry)
            }
        }
        entries.removeAll { $0.fields.isEmpty }
    }

    /// Fields that nobody manages because nobody chooses them.
    static func stripped(_ set: FieldSet) -> FieldSet {
        var set = set
        set.isMember = false
        guard var metadata = set.children["f:metadata"] else { return set }
        metadata.isMember = false
        for name in [
            "name", "namespace", "creationTimestamp", "selfLink", "uid", "generation", "managedFields", "resourceVersion",
        ] {
            metadata.children["f:" + name] = nil
        }
        set.children["f:metadata"] = metadata.isEmpty ? nil : metadata
        return set
    }
}
