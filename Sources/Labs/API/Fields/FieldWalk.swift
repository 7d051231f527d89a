internal import Facts

/// Walks objects by their type, to find which fields they have, which differ, and to merge and prune them.
///
/// - Source: the rules of structured merge and diff as the Kubernetes documentation gives them ("Server-Side Apply", merge strategy);
///   what counts as a field of its own from the recordings' `managedFields`.
enum FieldWalk {
    /// A place in an object: what lies there and how its parts are owned.
    struct Place {
        let type: Schema.FieldType
        let merge: Schema.Merge

        init(_ field: Schema.Field) {
            type = field.type
            merge = field.merge
        }

        init(type: Schema.FieldType, merge: Schema.Merge = Schema.Merge()) {
            self.type = type
            self.merge = merge
        }
    }

    /// The parts of a value that have owners of their own, by step and in order; nil: the value has one owner.
    static func parts(of value: JSONValue, at place: Place) -> [(step: String, place: Place, value: JSONValue)]? {
        switch (place.type, value) {
        case (.named, .object(let members)), (.nested, .object(let members)):
            guard let schema = place.type.schema, !schema.isAtomic else { return nil }
            return members.compactMap { member in
                schema.field(member.key).map { ("f:" + member.key, Place($0), member.value) }
            }
        case (.map(let element), .object(let members)) where place.merge.ownership == .bySelf:
            return members.map { ("f:" + $0.key, Place(type: element), $0.value) }
        case (.list(let element), .array(let elements)):
            switch place.merge.ownership {
            case .whole: return nil
            case .bySelf: return elements.map { ("v:" + $0.compactText, Place(type: element), $0) }
            case .byKeys(let keys):
                return elements.map { (step(of: $0, keys: keys, type: element), Place(type: element), $0) }
            }
        default: return nil
        }
    }

    /// `k:{"containerPort":80,"protocol":"TCP"}`, keys sorted; a port without protocol is one for TCP.
    static func step(of element: JSONValue, keys: [String], type: Schema.FieldType) -> String {
        let members = keys.sorted().compactMap { key -> JSONValue.Member? in
            if let value = element[key] { return .init(key, value) }
            return key == "protocol" ? .init(key, "TCP") : nil
        }
        return "k:" + JSONValue.object(members).compactText
    }

    /// Every field that a value sets: what applying it makes its manager own.
    static func fields(of value: JSONValue, at place: Place, isElement: Bool = false) -> FieldSet {
        var set = FieldSet()
        guard let parts = parts(of: value, at: place), !parts.isEmpty else {
            set.isMember = true
            return set
        }
        set.isMember = isElement
        for part in parts {
            set.insert(part.step, fields(of: part.value, at: part.place, isElement: !part.step.hasPrefix("f:")))
        }
        return set
    }

    /// What is new or other in `new`, and what is gone from `old`. Nil: nothing is there.
    static func changes(from old: JSONValue?, to new: JSONValue?, at place: Place) -> (changed: FieldSet, removed: FieldSet) {
        var changed = FieldSet()
        var removed = FieldSet()
        guard old != new else { return (changed, removed) }
        changed.isMember = old == nil && new != nil
        removed.isMember = old != nil && new == nil
        let before = old.flatMap { parts(of: $0, at: place) }
        let after = new.flatMap { parts(of: $0, at: place) }
        if before == nil, after == nil, old != nil, new != nil {
            changed.isMember = true
            return (changed, removed)
        }
        let earlier = Dictionary((before ?? []).map { ($0.step, $0) }, uniquingKeysWith: { first, _ in first })
        for part in after ?? [] {
            let inner = changes(from: earlier[part.step]?.value, to: part.value, at: part.place)
            changed.insert(part.step, inner.changed)
            removed.insert(part.step, inner.removed)
        }
        let later = Set((after ?? []).map(\.step))
        for part in before ?? [] where !later.contains(part.step) {
            removed.insert(part.step, changes(from: part.value, to: nil, at: part.place).removed)
        }
        return (changed, removed)
    }

    /// The live value with an applied one laid over it.
    static func merged(_ applied: JSONValue, over live: JSONValue?, at place: Place) -> JSONValue {
        guard let live, let new = parts(of: applied, at: place), let old = parts(of: live, at: place) else { return applied }
        let fresh = Dictionary(new.map { ($0.step, $0.value) }, uniquingKeysWith: { first, _ in first })
        let known = Set(old.map(\.step))
        var values = old.map { part in
            (part.step, fresh[part.step].map { merged($0, over: part.value, at: part.place) } ?? part.value)
        }
        values += new.filter { !known.contains($0.step) }.map { ($0.step, $0.value) }
        return rebuilt(values, like: applied)
    }

    /// A value without the fields in the set; what becomes empty by it and is itself in the set goes too.
    static func removing(_ set: FieldSet, from value: JSONValue, at place: Place) -> JSONValue? {
        guard !set.isEmpty else { return value }
        // Not `nil`, which would read as JSON's null.
        guard let parts = parts(of: value, at: place) else { return set.isMember ? .none : value }
        let kept = parts.compactMap { part -> (String, JSONValue)? in
            guard let inner = set.children[part.step] else { return (part.step, part.value) }
            return removing(inner, from: part.value, at: part.place).map { (part.step, $0) }
        }
        if set.isMember, kept.isEmpty { return nil }
        return rebuilt(kept, like: value)
    }

    private static func rebuilt(_ parts: [(String, JSONValue)], like value: JSONValue) -> JSONValue {
        if value.elements != nil { return .array(parts.map(\.1)) }
        return .object(parts.map { JSONValue.Member(String($0.0.dropFirst(2)), $0.1) })
    }
}
