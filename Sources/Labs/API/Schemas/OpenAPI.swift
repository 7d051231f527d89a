internal import Facts

/// The types of a group and version as an OpenAPI 3 document, which kubectl reads to check, to explain and to merge.
///
/// - Source: the shape of a true server's documents: what kubectl 1.31 to 1.33 look for in them.
struct OpenAPI {
    let kinds: [ResourceKind]
    /// The `openAPIV3Schema` of custom kinds.
    let customDocuments: [ResourceKind: JSONValue]

    /// Where each document is.
    var index: JSONValue {
        var paths: JSONValue = [:]
        for (group, version) in groupVersions {
            let path = group.isEmpty ? "api/\(version)" : "apis/\(group)/\(version)"
            let hash = Self.hash(document(group: group, version: version).wireBytes)
            paths.set(path, to: ["serverRelativeURL": .string("/openapi/v3/\(path)?hash=\(hash)")])
        }
        return ["paths": paths]
    }

    private var groupVersions: [(group: String, version: String)] {
        var seen: [(group: String, version: String)] = []
        for kind in kinds where !seen.contains(where: { $0 == (kind.group, kind.version) }) {
            seen.append((kind.group, kind.version))
        }
        return seen
    }

    /// FNV-1a, so that a changed document has another address.
    private static func hash(_ bytes: [UInt8]) -> String {
        String(bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }, radix: 16, uppercase: true)
    }

    /// Empty of paths when nothing of this group and version is served.
    func document(group: String, version: String) -> JSONValue {
        let served = kinds.filter { $0.group == group && $0.version == version }
        var schemas: [String: JSONValue] = [:]
        for kind in served { describe(kind, in: &schemas) }
        let paths = served.flatMap(paths)
        return [
            "openapi": "3.0.0", "info": ["title": "Kubernetes", "version": "v1.36.2"],
            "paths": .object(paths.sorted { $0.key < $1.key }),
            "components": [
                "schemas": .object(schemas.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) })
            ],
        ]
    }

    private static func identity(_ kind: ResourceKind) -> JSONValue {
        ["group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.kind)]
    }

    /// `io.cncf.cni.k8s.v1.NetworkAttachmentDefinition`
    private static func name(_ kind: ResourceKind) -> String {
        if let schema = SchemaTable.schema(of: kind) { return schema.qualifiedName }
        return (kind.group.split(separator: ".").reversed().map(String.init) + [kind.version, kind.kind]).joined(separator: ".")
    }

    private func describe(_ kind: ResourceKind, in schemas: inout [String: JSONValue]) {
        var document: JSONValue
        if let schema = SchemaTable.schema(of: kind) {
            Self.describe(schema, in: &schemas)
            document = schemas[schema.qualifiedName] ?? [:]
            var properties: JSONValue = ["apiVersion": ["type": "string"], "kind": ["type": "string"]]
            for member in document["properties"]?.members ?? [] { properties.set(member.key, to: member.value) }
            document.set("properties", to: properties)
        } else {
            document = customDocuments[kind] ?? ["type": "object", "x-kubernetes-preserve-unknown-fields": true]
            if let metadata = SchemaTable.builtIn["ObjectMeta"] {
                Self.describe(metadata, in: &schemas)
                document.set("properties", "metadata", to: Self.reference(metadata))
            }
        }
        document.set("description", to: .string(KindNotes.text(of: kind)))
        document.set("x-kubernetes-group-version-kind", to: [Self.identity(kind)])
        schemas[Self.name(kind)] = document
    }

    private static func reference(_ schema: Schema) -> JSONValue {
        ["allOf": [["$ref": .string("#/components/schemas/" + schema.qualifiedName)]]]
    }

    /// Describes a built-in type and every type that it needs.
    private static func describe(_ schema: Schema, in schemas: inout [String: JSONValue]) {
        guard schemas[schema.qualifiedName] == nil else { return }
        // Entered before its fields are, so that a type that needs itself ends.
        schemas[schema.qualifiedName] = [:]
        var properties: JSONValue = [:]
        var required: [JSONValue] = []
        for field in schema.fields {
            properties.set(field.name, to: describe(field, in: &schemas))
            if case .required = field.presence { required.append(.string(field.name)) }
        }
        var document: JSONValue = ["type": "object"]
        if !required.isEmpty { document.set("required", to: .array(required)) }
        document.set("properties", to: properties)
        if schema.isAtomic { document.set("x-kubernetes-map-type", to: "atomic") }
        schemas[schema.qualifiedName] = document
    }

    private static func describe(_ field: Schema.Field, in schemas: inout [String: JSONValue]) -> JSONValue {
        var document = describe(field.type, in: &schemas)
        if case .always = field.presence, field.type.schema != nil { document.set("default", to: [:]) }
        if let key = field.merge.patchKey {
            document.set("x-kubernetes-patch-strategy", to: .string(field.merge.retainsKeys ? "merge,retainKeys" : "merge"))
            if !key.isEmpty { document.set("x-kubernetes-patch-merge-key", to: .string(key)) }
        } else if field.merge.retainsKeys {
            document.set("x-kubernetes-patch-strategy", to: "retainKeys")
        }
        switch (field.type, field.merge.ownership) {
        case (.list, .byKeys(let keys)):
            document.set("x-kubernetes-list-type", to: "map")
            document.set("x-kubernetes-list-map-keys", to: .array(keys.map { .string($0) }))
        case (.list, .bySelf): document.set("x-kubernetes-list-type", to: "set")
        case (.list, .whole): document.set("x-kubernetes-list-type", to: "atomic")
        case (.map, .whole): document.set("x-kubernetes-map-type", to: "atomic")
        default: break
        }
        return document
    }

    private static func describe(_ type: Schema.FieldType, in schemas: inout [String: JSONValue]) -> JSONValue {
        switch type {
        case .string: return ["type": "string"]
        case .bool: return ["type": "boolean"]
        case .integer(let bits): return ["type": "integer", "format": .string("int\(bits)")]
        case .double: return ["type": "number", "format": "double"]
        case .bytes: return ["type": "string", "format": "byte"]
        case .time: return ["type": "string", "format": "date-time"]
        case .quantity: return ["oneOf": [["type": "string"], ["type": "number"]]]
        case .integerOrString: return ["oneOf": [["type": "integer"], ["type": "string"]], "format": "int-or-string"]
        case .any: return ["type": "object", "x-kubernetes-preserve-unknown-fields": true]
        case .named(let name):
            guard let schema = SchemaTable.builtIn[name] else { return ["type": "object"] }
            describe(schema, in: &schemas)
            return reference(schema)
        case .nested: return ["type": "object"]
        case .list(let element): return ["type": "array", "items": describe(element, in: &schemas)]
        case .map(let element): return ["type": "object", "additionalProperties": describe(element, in: &schemas)]
        }
    }
}
