import Facts

/// A validator for the part of JSON Schema (2020-12) that our schemas use. A keyword it does not know is an objection, so that
/// nothing in a schema is silently not tested; so is a key of the document that the schema does not list.
struct SchemaValidator {
    /// Whole schemas by their `$id`.
    let documents: [String: JSONValue]

    private static let annotations: Set<String> = ["$schema", "$id", "$defs", "title", "description"]

    /// Every objection, with its place; empty for a document that the schema takes.
    func objections(to value: JSONValue, schema id: String) -> [String] {
        guard let schema = documents[id] else { return ["no schema \(id)"] }
        return check(value, schema, of: id, at: "$")
    }

    private func check(_ value: JSONValue, _ schema: JSONValue, of document: String, at place: String) -> [String] {
        var found: [String] = []
        for member in schema.members ?? [] where !Self.annotations.contains(member.key) {
            switch member.key {
            case "$ref": found += reference(value, member.value.text ?? "", from: document, at: place)
            case "type": found += type(value, member.value, at: place)
            case "const": if value != member.value { found.append("\(place): not \(member.value.compactText)") }
            case "enum": if member.value.elements?.contains(value) != true { found.append("\(place): not one of the enum") }
            case "required": found += required(value, member.value, at: place)
            case "properties": found += properties(value, member.value, of: document, at: place)
            case "items":
                for (index, element) in (value.elements ?? []).enumerated() {
                    found += check(element, member.value, of: document, at: "\(place)[\(index)]")
                }
            case "pattern":
                guard let text = value.text, let pattern = member.value.text else { continue }
                if (try? Regex(pattern).firstMatch(in: text)) == nil { found.append("\(place): '\(text)' is not \(pattern)") }
            case "minimum":
                guard case .number(let text) = value, case .number(let least) = member.value else { continue }
                if Double(text)! < Double(least)! { found.append("\(place): \(text) is less than \(least)") }
            case "oneOf": found += oneOf(value, member.value.elements ?? [], of: document, at: place)
            default: found.append("\(place): the schema says \(member.key), which this validator does not know")
            }
        }
        return found
    }

    private func reference(_ value: JSONValue, _ text: String, from document: String, at place: String) -> [String] {
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let target = parts[0].isEmpty ? document : parts[0]
        var schema = documents[target]
        if parts.count == 2 { for step in parts[1].split(separator: "/") { schema = schema?[String(step)] } }
        guard let schema else { return ["\(place): no schema at \(text)"] }
        return check(value, schema, of: target, at: place)
    }

    private func type(_ value: JSONValue, _ allowed: JSONValue, at place: String) -> [String] {
        let names = allowed.elements?.compactMap(\.text) ?? [allowed.text ?? ""]
        let fits = names.contains { name in
            switch (name, value) {
            case ("null", .null), ("boolean", .bool), ("number", .number), ("string", .string), ("array", .array),
                ("object", .object):
                true
            case ("integer", .number): value.int != nil
            default: false
            }
        }
        return fits ? [] : ["\(place): \(value.compactText.prefix(40)) is no \(names.joined(separator: " or "))"]
    }

    private func required(_ value: JSONValue, _ keys: JSONValue, at place: String) -> [String] {
        (keys.elements ?? []).compactMap(\.text).filter { value[$0] == nil }.map { "\(place): no \($0)" }
    }

    private func properties(_ value: JSONValue, _ schemas: JSONValue, of document: String, at place: String) -> [String] {
        (value.members ?? []).flatMap { member -> [String] in
            guard let schema = schemas[member.key] else { return ["\(place): \(member.key) is not in the schema"] }
            return check(member.value, schema, of: document, at: "\(place).\(member.key)")
        }
    }

    private func oneOf(_ value: JSONValue, _ schemas: [JSONValue], of document: String, at place: String) -> [String] {
        let results = schemas.map { check(value, $0, of: document, at: place) }
        if results.count(where: \.isEmpty) == 1 { return [] }
        let nearest = results.min { $0.count < $1.count } ?? []
        return ["\(place): fits \(results.count(where: \.isEmpty)) of \(results.count) alternatives"] + nearest
    }
}
