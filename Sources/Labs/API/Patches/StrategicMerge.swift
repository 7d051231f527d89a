internal import Facts

/// Kubernetes' own merge patch: as RFC 7396, but lists of things with names are merged by those names.
///
/// - Source: Kubernetes documentation, "Update API Objects in Place Using kubectl patch" and the design note "strategic-merge-patch".
enum StrategicMerge {
    private static let directive = "$patch"

    static func merged(_ patch: JSONValue, into target: JSONValue, schema: Schema?) -> JSONValue {
        guard let changes = patch.members else { return patch }
        if patch[directive] == "replace" { return patch.filteringMembers { $0.key != directive } }
        if patch[directive] == "delete" { return [:] }
        var merged: JSONValue = target.members == nil ? [:] : target
        if let retained = patch["$retainKeys"]?.elements?.compactMap(\.text) {
            merged = merged.filteringMembers { retained.contains($0.key) }
        }
        for change in changes where change.key.hasPrefix("$deleteFromPrimitiveList/") {
            let name = String(change.key.drop { $0 != "/" }.dropFirst())
            let gone = change.value.elements ?? []
            if let list = merged[name]?.elements { merged.set(name, to: .array(list.filter { !gone.contains($0) })) }
        }
        for change in changes where !change.key.hasPrefix("$") {
            if change.value == .null {
                merged.remove(change.key)
                continue
            }
            let field = schema?.field(change.key)
            let order = patch["$setElementOrder/" + change.key]?.elements
            merged.set(change.key, to: value(change.value, into: merged[change.key], field: field, order: order))
        }
        for change in changes where change.key.hasPrefix("$setElementOrder/") {
            // An order without a change: the list is only sorted anew.
            let name = String(change.key.drop { $0 != "/" }.dropFirst())
            guard patch[name] == nil, let list = merged[name]?.elements, let key = schema?.field(name)?.merge.patchKey else {
                continue
            }
            merged.set(name, to: .array(arranged(list, by: change.value.elements, live: list, key: key)))
        }
        return merged
    }

    private static func value(_ patch: JSONValue, into target: JSONValue?, field: Schema.Field?, order: [JSONValue]?) -> JSONValue
    {
        switch (patch, field?.type) {
        case (.object, let type): return merged(patch, into: target ?? [:], schema: type?.schema)
        case (.array(let elements), .list(let type)?):
            guard let key = field?.merge.patchKey else { return .array(elements.filter { $0[directive] == nil }) }
            return list(elements, into: target?.elements ?? [], key: key, schema: type.schema, order: order)
        default: return patch
        }
    }

    /// - Parameter key: what tells elements apart; empty: the elements themselves.
    private static func list(_ patches: [JSONValue], into live: [JSONValue], key: String, schema: Schema?, order: [JSONValue]?)
        -> JSONValue
    {
        if patches.contains(where: { $0[directive] == "replace" && $0.members?.count == 1 }) {
            return .array(patches.filter { $0[directive] == nil })
        }
        var merged = live
        for patch in patches {
            let name = identity(patch, key: key)
            let index = merged.firstIndex { identity($0, key: key) == name }
            if patch[directive] == "delete" {
                if let index { merged.remove(at: index) }
            } else if let index {
                merged[index] = key.isEmpty ? patch : Self.merged(patch, into: merged[index], schema: schema)
            } else {
                merged.append(key.isEmpty ? patch : Self.merged(patch, into: [:], schema: schema))
            }
        }
        return .array(arranged(merged, by: order, live: live, key: key))
    }

    private static func identity(_ element: JSONValue, key: String) -> JSONValue? { key.isEmpty ? element : element[key] }

    /// Elements that the order names come in that order; the server's own keep their place among the live ones.
    private static func arranged(_ elements: [JSONValue], by order: [JSONValue]?, live: [JSONValue], key: String) -> [JSONValue] {
        guard let names = order?.map({ identity($0, key: key) }) else { return elements }
        func place(_ element: JSONValue) -> Int? { live.firstIndex { identity($0, key: key) == identity(element, key: key) } }
        var ordered = names.compactMap { name in elements.first { identity($0, key: key) == name } }[...]
        var others = elements.filter { !names.contains(identity($0, key: key)) }[...]
        var arranged: [JSONValue] = []
        while let next = ordered.first, let other = others.first {
            if let here = place(next), let there = place(other), there < here {
                arranged.append(other)
                others = others.dropFirst()
            } else {
                arranged.append(next)
                ordered = ordered.dropFirst()
            }
        }
        return arranged + ordered + others
    }
}
