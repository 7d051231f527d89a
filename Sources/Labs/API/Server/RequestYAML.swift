internal import Documents
internal import Facts

/// Reads a body in YAML, as clients other than kubectl send what they apply.
enum RequestYAML {
    /// Nil when the text is not one YAML document without problems.
    static func value(_ text: String) -> JSONValue? {
        let file = DocumentFile(file: "body", text: text)
        guard file.problems.isEmpty, file.documents.count == 1 else { return nil }
        return value(file.documents[0])
    }

    private static func value(_ node: DocumentNode) -> JSONValue {
        switch node.content {
        case .mapping(let members): .object(members.map { JSONValue.Member($0.key, value($0.value)) })
        case .sequence(let elements): .array(elements.map(value))
        case .scalar(let scalar): value(scalar)
        }
    }

    private static func value(_ scalar: DocumentScalar) -> JSONValue {
        switch scalar.meaning {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .integer(let number): return .integer(number)
        case .number(let text):
            // `0x1f` and `.inf` are numbers to YAML and none to JSON.
            let isJSON = (try? JSONValue(parsing: text)).map { if case .number = $0 { true } else { false } } ?? false
            return isJSON ? .number(text) : .string(text)
        // The API server reads by YAML 1.1.
        case .ambiguous(.bool(let value)): return .bool(value)
        case .string, .ambiguous: return .string(scalar.text)
        }
    }
}
