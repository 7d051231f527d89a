internal import Facts

/// Applies an object that one manager declares to the one that is stored.
///
/// - Source: Kubernetes documentation, "Server-Side Apply"; sentences from the recordings `ssa-*`.
struct ServerSideApply {
    let kind: ResourceKind
    let schema: Schema
    let manager: String
    let subresource: String?
    let isForced: Bool
    let time: String

    private var root: FieldWalk.Place { FieldWalk.Place(type: .nested(schema)) }

    private var entry: ManagedFields.Entry {
        ManagedFields.Entry(
            manager: manager, operation: "Apply", apiVersion: kind.apiVersion, time: time, subresource: subresource,
            fields: FieldSet())
    }

    /// - Parameters:
    ///   - config: what the manager declares, read as its type but with nothing filled in.
    ///   - live: the stored object; nil when there is none.
    /// - Returns: the object to store, owners included.
    /// - Throws: 409 naming each field that another manager owns and that would change.
    func applied(_ config: JSONValue, to live: JSONValue?) throws(StoreRefusal) -> JSONValue {
        var owners = ManagedFields(live ?? [:])
        let declared = ManagedFields.stripped(FieldWalk.fields(of: config, at: root))
        var merged = FieldWalk.merged(config, over: live, at: root)
        let touched = ManagedFields.stripped(FieldWalk.changes(from: live, to: merged, at: root).changed)
        try settle(touched, &owners)
        let own = owners.entries.firstIndex { $0.isSameManager(as: entry) }
        let before = own.map { owners.entries[$0].fields } ?? FieldSet()
        var abandoned = before.subtracting(declared)
        for (index, other) in owners.entries.enumerated() where index != own { abandoned = abandoned.subtracting(other.fields) }
        merged = FieldWalk.removing(abandoned, from: merged, at: root) ?? merged
        if let own {
            if owners.entries[own].fields != declared {
                owners.entries[own].fields = declared
                owners.entries[own].time = time
            }
        } else {
            var new = entry
            new.fields = declared
            owners.entries.append(new)
        }
        owners.entries.removeAll { $0.fields.isEmpty }
        // Only then is the object changed: an apply that changes nothing gives no new version.
        merged.set("metadata", "managedFields", to: owners.value)
        return merged
    }

    /// Takes the touched fields from their owners, or refuses.
    private func settle(_ touched: FieldSet, _ owners: inout ManagedFields) throws(StoreRefusal) {
        var conflicts: [(owner: String, paths: [String])] = []
        for index in owners.entries.indices where !owners.entries[index].isSameManager(as: entry) {
            let common = owners.entries[index].fields.intersection(touched)
            guard !common.isEmpty else { continue }
            if isForced {
                owners.entries[index].fields = owners.entries[index].fields.subtracting(common)
            } else {
                conflicts.append((Self.name(of: owners.entries[index]), common.paths))
            }
        }
        guard !conflicts.isEmpty else { return }
        throw Self.refusal(conflicts.sorted { $0.owner < $1.owner })
    }

    private static func name(of entry: ManagedFields.Entry) -> String {
        var name = "\"\(entry.manager)\""
        if let subresource = entry.subresource { name += " with subresource \"\(subresource)\"" }
        if entry.operation == "Update" { name += " using \(entry.apiVersion) at \(entry.time)" }
        return name
    }

    private static func refusal(_ conflicts: [(owner: String, paths: [String])]) -> StoreRefusal {
        let count = conflicts.map(\.paths.count).reduce(0, +)
        let text: String
        if count == 1 {
            text = "Apply failed with 1 conflict: conflict with \(conflicts[0].owner): \(conflicts[0].paths[0])"
        } else {
            let lines = conflicts.flatMap { ["conflicts with \($0.owner):"] + $0.paths.map { "- \($0)" } }
            text = "Apply failed with \(count) conflicts: " + lines.joined(separator: "\n")
        }
        let causes: [JSONValue] = conflicts.flatMap { conflict in
            conflict.paths.map {
                [
                    "reason": "FieldManagerConflict", "message": .string("conflict with \(conflict.owner)"), "field": .string($0),
                ]
            }
        }
        return StoreRefusal(code: 409, reason: "Conflict", message: text, details: ["causes": .array(causes)])
    }
}
