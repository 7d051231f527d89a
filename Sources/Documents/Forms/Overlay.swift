/// Lays one document over another: what the upper one says counts, what it does not say comes from the lower one.
///
/// Mappings are merged key by key; lists whose shape names an identity are merged by it, new entries at the end; every
/// other value is replaced. `null` above takes the key away. Each value keeps the place where it was written.
package struct Overlay {
    private init() {}

    package static func merged(_ lower: DocumentNode, under upper: DocumentNode, as schema: FormSchema) -> DocumentNode {
        switch (schema, lower.content, upper.content) {
        case (.record(let shape), .mapping(let below), .mapping(let above)):
            return DocumentNode(
                .mapping(merged(below, above) { key in shape.keys.first { $0.name == key }?.schema }), mark: upper.mark)
        case (.textMap, .mapping(let below), .mapping(let above)):
            return DocumentNode(.mapping(merged(below, above) { _ in nil }), mark: upper.mark)
        case (.list(let element, let identity?), .sequence(let below), .sequence(let above)):
            return DocumentNode(.sequence(merged(below, above, by: identity, as: element)), mark: upper.mark)
        default:
            return upper
        }
    }

    private static func merged(
        _ below: [DocumentMember], _ above: [DocumentMember], schema: (String) -> FormSchema?
    ) -> [DocumentMember] {
        var members: [DocumentMember] = []
        for lower in below {
            guard let upper = above.first(where: { $0.key == lower.key }) else {
                members.append(lower)
                continue
            }
            if upper.value.isNull { continue }
            let value = schema(lower.key).map { merged(lower.value, under: upper.value, as: $0) } ?? upper.value
            members.append(DocumentMember(key: upper.key, keyMark: upper.keyMark, value: value))
        }
        return members + above.filter { upper in !below.contains { $0.key == upper.key } }
    }

    private static func merged(
        _ below: [DocumentNode], _ above: [DocumentNode], by identity: String, as schema: FormSchema
    ) -> [DocumentNode] {
        var rest = above
        var elements: [DocumentNode] = []
        for lower in below {
            let name = lower[identity]?.text
            guard name != nil, let index = rest.firstIndex(where: { $0[identity]?.text == name }) else {
                elements.append(lower)
                continue
            }
            elements.append(merged(lower, under: rest.remove(at: index), as: schema))
        }
        return elements + rest
    }
}
