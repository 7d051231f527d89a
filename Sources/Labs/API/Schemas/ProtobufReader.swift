internal import Facts

/// Reads a request's object from protobuf, which kubectl sends for the kinds that it knows.
///
/// - Source: Kubernetes documentation, "Kubernetes Protobuf encoding": the four bytes `k8s\0`, then a message with type and content;
///   protobuf's wire format.
struct ProtobufReader {
    static let prefix: [UInt8] = [0x6b, 0x38, 0x73, 0x00]

    /// - Parameter body: the prefix included.
    /// - Returns: nil for what does not fit the format, and for a kind that has no type here.
    static func object(_ body: [UInt8]) -> JSONValue? {
        guard body.starts(with: prefix), let wrapper = fields(of: body.dropFirst(4)) else { return nil }
        var apiVersion = ""
        var kind = ""
        for field in fields(of: wrapper.first { $0.number == 1 }?.bytes ?? []) ?? [] {
            if field.number == 1 { apiVersion = text(field.bytes) }
            if field.number == 2 { kind = text(field.bytes) }
        }
        guard let schema = SchemaTable.builtIn[kind], let content = wrapper.first(where: { $0.number == 2 }),
            let object = message(content.bytes, as: schema)
        else { return nil }
        return .object(
            [.init("kind", .string(kind)), .init("apiVersion", .string(apiVersion))] + (object.members ?? []))
    }

    private struct WireField {
        let number: Int
        /// Of a variable-length number.
        var value: UInt64 = 0
        var bytes: ArraySlice<UInt8> = []
    }

    private static func fields(of bytes: ArraySlice<UInt8>) -> [WireField]? {
        var rest = bytes
        var found: [WireField] = []
        while !rest.isEmpty {
            guard let key = number(&rest) else { return nil }
            var field = WireField(number: Int(key >> 3))
            switch key & 7 {
            case 0:
                guard let value = number(&rest) else { return nil }
                field.value = value
            case 1, 5:
                let width = key & 7 == 1 ? 8 : 4
                guard rest.count >= width else { return nil }
                field.value = rest.prefix(width).reversed().reduce(0) { $0 << 8 | UInt64($1) }
                rest = rest.dropFirst(width)
            case 2:
                guard let length = number(&rest), length <= rest.count else { return nil }
                field.bytes = rest.prefix(Int(length))
                rest = rest.dropFirst(Int(length))
            default: return nil
            }
            found.append(field)
        }
        return found
    }

    private static func number(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while let byte = rest.popFirst(), shift < 64 {
            value |= UInt64(byte & 0x7f) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
        return nil
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func message(_ bytes: ArraySlice<UInt8>, as schema: Schema) -> JSONValue? {
        guard let wire = fields(of: bytes) else { return nil }
        var object: JSONValue = [:]
        for part in wire {
            if let name = schema.embedded[part.number], let inner = SchemaTable.builtIn[name] {
                for member in message(part.bytes, as: inner)?.members ?? [] { object.set(member.key, to: member.value) }
                continue
            }
            guard let field = schema.fields.first(where: { $0.number == part.number }) else { continue }
            switch field.type {
            case .list(let type):
                let elements = object[field.name]?.elements ?? []
                object.set(field.name, to: .array(elements + [value(part, as: type)]))
            case .map(let type):
                guard let entry = fields(of: part.bytes) else { return nil }
                let key = text(entry.first { $0.number == 1 }?.bytes ?? [])
                object.set(field.name, key, to: value(entry.first { $0.number == 2 } ?? WireField(number: 2), as: type))
            default:
                let read = value(part, as: field.type)
                // A number, text or truth that Go holds by value is always sent; an empty one was not set.
                if case .optional = field.presence, ["", 0, false, nil].contains(read) { continue }
                object.set(field.name, to: read)
            }
        }
        return object
    }

    private static func value(_ field: WireField, as type: Schema.FieldType) -> JSONValue {
        switch type {
        case .string: return .string(text(field.bytes))
        case .bool: return .bool(field.value != 0)
        case .integer: return .integer(Int64(bitPattern: field.value))
        case .double: return .number("\(Double(bitPattern: field.value))")
        case .bytes: return .string(Base64.text(Array(field.bytes)))
        case .time(let isMicro): return time(field.bytes, isMicro: isMicro)
        case .quantity: return .string(text(fields(of: field.bytes)?.first { $0.number == 1 }?.bytes ?? []))
        case .integerOrString:
            let parts = fields(of: field.bytes) ?? []
            if parts.contains(where: { $0.number == 1 && $0.value == 1 }) {
                return .string(text(parts.first { $0.number == 3 }?.bytes ?? []))
            }
            return .integer(Int64(bitPattern: parts.first { $0.number == 2 }?.value ?? 0))
        case .any:
            let raw = fields(of: field.bytes)?.first { $0.number == 1 }?.bytes ?? []
            // What is no JSON is left out, as an empty value is.
            return (try? JSONValue(parsing: Array(raw))) ?? .null
        case .named, .nested: return type.schema.flatMap { message(field.bytes, as: $0) } ?? [:]
        case .list, .map: return .null
        }
    }

    /// Seconds and nanoseconds since 1970; an empty message is no time.
    private static func time(_ bytes: ArraySlice<UInt8>, isMicro: Bool) -> JSONValue {
        guard !bytes.isEmpty, let parts = fields(of: bytes) else { return .null }
        let seconds = Int64(bitPattern: parts.first { $0.number == 1 }?.value ?? 0)
        let nanoseconds = Int64(bitPattern: parts.first { $0.number == 2 }?.value ?? 0)
        let text = Timestamp(nanoseconds: seconds * 1_000_000_000).seconds
        guard isMicro else { return .string(text + "Z") }
        let micro = String(nanoseconds / 1000)
        return .string(text + "." + String(repeating: "0", count: max(0, 6 - micro.count)) + micro + "Z")
    }
}
