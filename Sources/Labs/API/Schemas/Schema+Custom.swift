internal import Facts

extension Schema {
    /// The type of a custom kind, from the `openAPIV3Schema` of its CustomResourceDefinition. Its fields are sorted, as a true server
    /// writes custom objects.
    convenience init(custom document: JSONValue, kind: String) {
        self.init(
            name: kind, qualifiedName: "", isAtomic: document["x-kubernetes-map-type"] == "atomic",
            fields: Self.fields(of: document))
    }

    /// The type of a custom kind's whole objects: metadata are those of every object, whatever the definition says of them.
    static func ofCustomKind(_ kind: String, document: JSONValue) -> Schema {
        let metadata = Field(
            name: "metadata", number: 0, type: .named("ObjectMeta"), presence: .optional, merge: Merge())
        let rest = fields(of: document).filter { !["apiVersion", "kind", "metadata"].contains($0.name) }
        return Schema(name: kind, qualifiedName: "", isAtomic: false, fields: [metadata] + rest)
    }

    private static func fields(of document: JSONValue) -> [Field] {
        let required = Set((document["required"]?.elements ?? []).compactMap(\.text))
        return (document["properties"]?.members ?? []).sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
            Field(
                name: $0.key, number: 0, type: type(of: $0.value),
                presence: required.contains($0.key) ? .required : .optional, merge: merge(of: $0.value))
        }
    }

    private static func type(of document: JSONValue) -> FieldType {
        if document["x-kubernetes-preserve-unknown-fields"] == true { return .any }
        if document["x-kubernetes-int-or-string"] == true { return .integerOrString }
        switch document["type"]?.text {
        case "string": return .string
        case "boolean": return .bool
        case "integer": return .integer(bits: document["format"] == "int32" ? 32 : 64)
        case "number": return .double
        case "array": return .list(type(of: document["items"] ?? [:]))
        case "object":
            if let values = document["additionalProperties"], values.members != nil { return .map(type(of: values)) }
            return .nested(Schema(custom: document, kind: ""))
        default: return .any
        }
    }

    private static func merge(of document: JSONValue) -> Merge {
        var merge = Merge()
        if document["additionalProperties"] != nil, document["x-kubernetes-map-type"] != "atomic" { merge.ownership = .bySelf }
        switch document["x-kubernetes-list-type"]?.text {
        case "map": merge.ownership = .byKeys((document["x-kubernetes-list-map-keys"]?.elements ?? []).compactMap(\.text))
        case "set": merge.ownership = .bySelf
        default: break
        }
        return merge
    }
}
