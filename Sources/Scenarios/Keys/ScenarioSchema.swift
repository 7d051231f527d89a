internal import Documents
package import Facts

/// The scenario's form as JSON Schema, for editors that complete and underline while one types.
///
/// It is made from the shapes that the reader reads by. Where an overlay or the defaults may supply a key, the schema does
/// not ask for it; what only rules can tell (references, addresses in subnets) is left to `plumbline validate`.
package struct ScenarioSchema {
    /// JSON Schema, draft 2020-12.
    ///
    /// - Parameter knownChecks: the ids of all checks; empty: any id is taken.
    package static func json(knownChecks: [String] = []) -> JSONValue {
        let writer = ScenarioSchema(knownChecks: knownChecks)
        var definitions: [JSONValue.Member] = []
        writer.collect(ScenarioKeys.shape, identity: nil, isMerged: true, into: &definitions)
        let root = definitions.removeLast().value
        let head: [JSONValue.Member] = [
            .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
            .init("title", .string("\(SchemaVersion.kind) \(SchemaVersion.current)")),
        ]
        return .object(head + (root.members ?? []) + [.init("$defs", .object(definitions))])
    }

    private let knownChecks: [String]

    /// Adds the definitions that a shape needs, then its own.
    ///
    /// - Parameter isMerged: whether an overlay may supply what is left out here.
    private func collect(_ shape: Shape, identity: String?, isMerged: Bool, into definitions: inout [JSONValue.Member]) {
        guard !definitions.contains(where: { $0.key == shape.name }) else { return }
        var properties: [JSONValue.Member] = []
        for key in shape.keys {
            var value = schema(key.schema, isMerged: isMerged, into: &definitions)
            if key.name == CheckKeys.id.name, shape.name == CheckKeys.shape.name, !knownChecks.isEmpty {
                value = ["enum": .array(knownChecks.map { .string($0) })]
            }
            value = constant(for: key, of: shape) ?? value
            if isMerged, !key.isRequired { value = value.orNull }
            var members = value.members ?? []
            members.append(.init("description", .string(key.summary)))
            if let text = key.defaultText { members.append(.init("default", Self.defaultValue(text, key.schema))) }
            properties.append(.init(key.name, .object(members)))
        }
        let fileKeys = [ScenarioKeys.apiVersion.name, ScenarioKeys.kind.name]
        let required = shape.keys.filter { key in
            key.isRequired
                && (!isMerged || key.name == identity || shape.name == ScenarioKeys.shape.name && fileKeys.contains(key.name))
        }
        var members: [JSONValue.Member] = [
            .init("type", "object"), .init("properties", .object(properties)), .init("additionalProperties", false),
        ]
        if !required.isEmpty { members.append(.init("required", .array(required.map { .string($0.name) }))) }
        definitions.append(.init(shape.name, .object(members)))
    }

    private func constant(for key: KeyDescription, of shape: Shape) -> JSONValue? {
        guard shape.name == ScenarioKeys.shape.name else { return nil }
        switch key.name {
        case ScenarioKeys.apiVersion.name: return ["const": .string(SchemaVersion.current)]
        case ScenarioKeys.kind.name: return ["const": .string(SchemaVersion.kind)]
        default: return nil
        }
    }

    private func schema(_ form: FormSchema, isMerged: Bool, into definitions: inout [JSONValue.Member]) -> JSONValue {
        switch form {
        case .text(let pattern):
            // A number is read as it is written; a pattern can only be held against text.
            let types: JSONValue = ["string", "number"]
            return pattern.map { ["type": types, "pattern": .string($0)] } ?? ["type": types]
        case .integer(let range):
            return ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
        case .boolean: return ["type": "boolean"]
        case .choice(let words): return ["enum": .array(words.map { .string($0) })]
        case .list(let element, let identity):
            if case .record(let shape) = element {
                collect(shape, identity: identity, isMerged: isMerged && identity != nil, into: &definitions)
                return ["type": "array", "items": Self.reference(shape)]
            }
            return ["type": "array", "items": schema(element, isMerged: false, into: &definitions)]
        case .oneOrMore(let element):
            let one = schema(element, isMerged: false, into: &definitions)
            return ["anyOf": [one, ["type": "array", "items": one]]]
        case .record(let shape):
            collect(shape, identity: nil, isMerged: isMerged, into: &definitions)
            return Self.reference(shape)
        case .textMap: return ["type": "object", "additionalProperties": ["type": ["string", "number"]]]
        case .anything: return [:]
        }
    }

    private static func reference(_ shape: Shape) -> JSONValue { ["$ref": .string("#/$defs/\(shape.name)")] }

    private static func defaultValue(_ text: String, _ form: FormSchema) -> JSONValue {
        switch form {
        case .integer, .boolean:
            do throws(JSONSyntaxError) { return try JSONValue(parsing: text) } catch { return .string(text) }
        case .list:
            return .array(text.dropFirst().dropLast().split(separator: ",").map { .string(String($0.drop { $0 == " " })) })
        default: return .string(text)
        }
    }
}

extension JSONValue {
    /// The same schema, null allowed: above another scenario it takes a key away.
    fileprivate var orNull: JSONValue {
        if let type = self["type"] { return setting("type", .array((type.elements ?? [type]) + ["null"])) }
        if let words = self["enum"]?.elements { return setting("enum", .array(words + [.null])) }
        if let forms = self["anyOf"]?.elements { return setting("anyOf", .array(forms + [["type": "null"]])) }
        return members?.isEmpty == false ? ["anyOf": [self, ["type": "null"]]] : self
    }
}
