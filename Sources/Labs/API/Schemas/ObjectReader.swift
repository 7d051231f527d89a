internal import Facts

/// Reads an object as its type: members in the type's order, what the type does not know left out and named, what is always written
/// filled in, values of the wrong kind refused.
struct ObjectReader {
    /// Paths of members that the type does not have, in the order met: `spec.containers[0].imagee`.
    private(set) var unknown: [String] = []
    /// Paths of members that were given twice.
    private(set) var repeated: [String] = []
    let kind: ResourceKind
    /// Members that the type does not have stay, after the others.
    var keepsUnknown = false
    /// What is always written is filled in; false: only what is given.
    private var fillsIn = true

    init(kind: ResourceKind, keepsUnknown: Bool = false) {
        self.kind = kind
        self.keepsUnknown = keepsUnknown
    }

    /// - Parameter schema: the kind's type; nil: a custom kind that says nothing of its type.
    /// - Throws: 400 for a built-in kind, 422 for a custom one, when a value is of the wrong kind.
    mutating func read(_ object: JSONValue, as schema: Schema?) throws(StoreRefusal) -> JSONValue {
        guard let schema else { return kind.isCustom ? Self.sorted(object) : object }
        let names: [JSONValue.Member] = [.init("kind", .string(kind.kind)), .init("apiVersion", .string(kind.apiVersion))]
        let read = JSONValue.object(names + (try readMembers(object, as: schema, path: "").members ?? []))
        // A true server knows no order of a custom kind's members, and sorts them.
        return kind.isCustom ? Self.sorted(read) : read
    }

    /// The same with nothing filled in: only what is given.
    mutating func readSparsely(_ object: JSONValue, as schema: Schema) throws(StoreRefusal) -> JSONValue {
        fillsIn = false
        return try read(object, as: schema)
    }

    private mutating func readMembers(_ object: JSONValue, as schema: Schema, path: String) throws(StoreRefusal) -> JSONValue {
        guard let given = object.members else { throw mismatch(object, "object", at: path) }
        var found: [String: JSONValue] = [:]
        var strangers: [JSONValue.Member] = []
        for member in given {
            let place = path.isEmpty ? member.key : path + "." + member.key
            guard let field = schema.field(member.key) else {
                if path.isEmpty, ["kind", "apiVersion"].contains(member.key) { continue }
                unknown.append(place)
                strangers.append(member)
                continue
            }
            if found[member.key] != nil { repeated.append(place) }
            if member.value != .null { found[member.key] = try read(member.value, as: field.type, path: place) }
        }
        var members: [JSONValue.Member] = []
        for field in schema.fields {
            if let value = found[field.name], !Self.isLeftOut(value, field) {
                members.append(.init(field.name, value))
            } else if case .optional = field.presence {
                continue
            } else if !kind.isCustom, fillsIn {
                members.append(.init(field.name, try emptyValue(of: field.type)))
            }
        }
        return .object(members + (keepsUnknown ? strangers : []))
    }

    /// Empty lists and maps are written only where the type always writes them.
    private static func isLeftOut(_ value: JSONValue, _ field: Schema.Field) -> Bool {
        guard case .optional = field.presence else { return false }
        switch field.type {
        case .list: return value == .array([])
        case .map: return value == .object([])
        default: return false
        }
    }

    private mutating func emptyValue(of type: Schema.FieldType) throws(StoreRefusal) -> JSONValue {
        switch type {
        case .string, .quantity: return ""
        case .bool: return false
        case .integer, .double: return 0
        case .named: return try read([:], as: type, path: "")
        default: return .null
        }
    }

    private mutating func read(_ value: JSONValue, as type: Schema.FieldType, path: String) throws(StoreRefusal) -> JSONValue {
        switch (type, value) {
        case (.any, _), (.string, .string), (.bool, .bool), (.bytes, .string), (.double, .number), (.integerOrString, .string):
            return value
        case (.integer, .number), (.integerOrString, .number):
            guard value.int != nil else { throw mismatch(value, "int64", at: path) }
            return value
        case (.time, .string(let text)):
            guard Timestamp(text) != nil else {
                throw .badRequest(
                    "\(kind.kind) in version \"\(kind.version)\" cannot be handled as a \(kind.kind): parsing time \"\(text)\" as"
                        + " \"2006-01-02T15:04:05Z07:00\": cannot parse \"\(text)\" as \"2006\"")
            }
            return value
        case (.quantity, .string(let text)), (.quantity, .number(let text)):
            guard let quantity = Quantity(text) else {
                throw .badRequest(
                    "\(kind.kind) in version \"\(kind.version)\" cannot be handled as a \(kind.kind): quantities must match the regular"
                        + " expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")
            }
            return .string(quantity.text)
        case (.named, .object), (.nested, .object):
            guard let schema = type.schema else { return value }
            return try readMembers(value, as: schema, path: path)
        case (.list(let element), .array(let elements)):
            var read: [JSONValue] = []
            for (index, item) in elements.enumerated() {
                read.append(item == .null ? .null : try self.read(item, as: element, path: "\(path)[\(index)]"))
            }
            return .array(read)
        case (.map(let element), .object(let members)):
            var read: [JSONValue.Member] = []
            for member in members {
                read.append(.init(member.key, try self.read(member.value, as: element, path: path + "." + member.key)))
            }
            // A true server keeps maps as maps, and writes their keys sorted.
            return .object(read.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
        default: throw mismatch(value, Self.name(of: type), at: path)
        }
    }

    private static func name(of type: Schema.FieldType) -> String {
        switch type {
        case .string, .bytes, .time, .quantity: "string"
        case .bool: "bool"
        case .integer(let bits): "int\(bits)"
        case .double: "float64"
        case .integerOrString: "int32 or string"
        case .any: "any"
        case .named(let name): name
        case .nested: "object"
        case .list(let element): "[]" + name(of: element)
        case .map(let element): "map[string]" + name(of: element)
        }
    }

    private func mismatch(_ value: JSONValue, _ expected: String, at path: String) -> StoreRefusal {
        let seen: String
        switch value {
        case .null: seen = "null"
        case .bool: seen = "bool"
        case .number: seen = kind.isCustom ? "integer" : "number"
        case .string: seen = "string"
        case .array: seen = "array"
        case .object: seen = "object"
        }
        guard !kind.isCustom else {
            let wanted = expected.hasPrefix("[]") ? "array" : expected.hasPrefix("int") ? "integer" : expected
            return .invalid(
                kind, "", [.invalid(path, "\"\(seen)\"", "\(path) in body must be of type \(wanted): \"\(seen)\"")])
        }
        let plain = String(path.filter { !$0.isNumber && $0 != "[" && $0 != "]" })
        return .badRequest(
            "\(kind.kind) in version \"\(kind.version)\" cannot be handled as a \(kind.kind): json: cannot unmarshal \(seen) into Go"
                + " struct field .\(plain) of type \(expected)")
    }

    /// Members sorted at every depth.
    private static func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members):
            let sorted = members.map { JSONValue.Member($0.key, Self.sorted($0.value)) }
            return .object(sorted.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
        case .array(let elements): return .array(elements.map(Self.sorted))
        default: return value
        }
    }
}
