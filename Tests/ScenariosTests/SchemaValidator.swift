import Documents
import Facts

/// As much of JSON Schema (draft 2020-12) as the scenario's schema uses, held against a document.
struct SchemaValidator {
    let root: JSONValue

    /// The places that do not fit, as paths; empty when the document fits.
    func misfits(_ node: DocumentNode) -> [String] { misfits(node, root, "") }

    private func misfits(_ node: DocumentNode, _ schema: JSONValue, _ path: String) -> [String] {
        if let reference = schema["$ref"]?.text {
            let name = String(reference.dropFirst("#/$defs/".count))
            guard let definition = root["$defs"]?[name] else { return ["\(path): no definition \(name)"] }
            return misfits(node, definition, path)
        }
        if let forms = schema["anyOf"]?.elements {
            return forms.contains { misfits(node, $0, path).isEmpty } ? [] : ["\(path): none of the forms"]
        }
        if let words = schema["enum"]?.elements { return words.contains(value(node)) ? [] : ["\(path): not in the enumeration"] }
        if let constant = schema["const"] { return constant == value(node) ? [] : ["\(path): another constant"] }
        guard let types = schema["type"].map({ $0.elements ?? [$0] }) else { return [] }
        guard types.contains(where: { fits(node, type: $0.text ?? "") }) else { return ["\(path): another type"] }
        switch node.content {
        case .scalar: return scalar(node, schema, path)
        case .sequence(let elements):
            guard let items = schema["items"] else { return [] }
            return elements.enumerated().flatMap { misfits($0.element, items, "\(path)[\($0.offset)]") }
        case .mapping(let members): return mapping(members, schema, path)
        }
    }

    private func mapping(_ members: [DocumentMember], _ schema: JSONValue, _ path: String) -> [String] {
        var found: [String] = []
        for member in members {
            if let property = schema["properties"]?[member.key] {
                found += misfits(member.value, property, "\(path).\(member.key)")
            } else if schema["additionalProperties"]?.bool == false {
                found.append("\(path).\(member.key): unknown")
            } else if let other = schema["additionalProperties"] {
                found += misfits(member.value, other, "\(path).\(member.key)")
            }
        }
        for key in schema["required"]?.elements ?? [] where !members.contains(where: { $0.key == key.text }) {
            found.append("\(path): \(key.text ?? "") is missing")
        }
        return found
    }

    private func scalar(_ node: DocumentNode, _ schema: JSONValue, _ path: String) -> [String] {
        if let number = node.int, let least = schema["minimum"]?.int, let most = schema["maximum"]?.int {
            return (least...most).contains(number) ? [] : ["\(path): out of range"]
        }
        if let pattern = schema["pattern"]?.text, node.scalar?.meaning == .string {
            guard let expression = try? Regex(pattern) else { return ["\(path): \(pattern) is no pattern"] }
            return (node.text ?? "").contains(expression) ? [] : ["\(path): not like \(pattern)"]
        }
        return []
    }

    private func fits(_ node: DocumentNode, type: String) -> Bool {
        switch (type, node.content) {
        case ("object", .mapping), ("array", .sequence): true
        case ("null", .scalar(let scalar)): scalar.meaning == .null
        case ("boolean", .scalar): node.bool != nil
        case ("integer", .scalar): node.int != nil
        case ("number", .scalar(let scalar)):
            switch scalar.meaning {
            case .integer, .number, .ambiguous(.sexagesimal): true
            default: false
            }
        case ("string", .scalar(let scalar)): scalar.meaning == .string
        default: false
        }
    }

    private func value(_ node: DocumentNode) -> JSONValue {
        guard let scalar = node.scalar else { return .object([]) }
        switch scalar.meaning {
        case .null: return .null
        case .bool(let flag): return .bool(flag)
        case .integer(let number): return .integer(number)
        default: return .string(scalar.text)
        }
    }
}
