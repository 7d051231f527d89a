internal import Documents
internal import Facts

/// Turns a manifest into the JSON that the API takes.
struct ManifestJSON {
    let ledger: Ledger

    /// Scalars that kubectl reads otherwise than a YAML 1.2 reader are reported, so that nothing is sent that the operator
    /// did not mean. A null stands in for them.
    func value(_ node: DocumentNode) -> JSONValue {
        switch node.content {
        case .mapping(let members): .object(members.map { .init($0.key, value($0.value)) })
        case .sequence(let elements): .array(elements.map(value))
        case .scalar(let scalar): self.scalar(scalar, at: node.mark)
        }
    }

    private func scalar(_ scalar: DocumentScalar, at mark: Mark) -> JSONValue {
        switch scalar.meaning {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .integer(let number): return .integer(number)
        case .string: return .string(scalar.text)
        case .number(let text):
            do throws(JSONSyntaxError) {
                return try JSONValue(parsing: text)
            } catch {
                ledger.report(
                    "ambiguous", at: mark, "'\(text)' is a number that JSON cannot hold", suggestion: "write it in decimal")
                return .null
            }
        case .ambiguous(let ambiguity):
            let suggestion =
                switch ambiguity {
                case .bool(let value): "put it in quotes, or write \(value)"
                case .octal: "put it in quotes, or write it without the leading zero"
                case .sexagesimal: "put it in quotes"
                }
            ledger.report("ambiguous", at: mark, "\(scalar.kind) is not read alike by all", suggestion: suggestion)
            return .null
        }
    }
}

extension JSONValue {
    /// The object with one member set; others keep their order. Anything else stays as it is.
    func setting(_ key: String, _ value: JSONValue) -> JSONValue {
        guard var members else { return self }
        if let index = members.firstIndex(where: { $0.key == key }) {
            members[index].value = value
        } else {
            members.append(.init(key, value))
        }
        return .object(members)
    }

    /// The object with its namespace said, as kubectl would add it.
    func inNamespace(_ namespace: String) -> JSONValue {
        guard let metadata = self["metadata"], metadata["namespace"]?.text == nil else { return self }
        return setting("metadata", metadata.setting("namespace", .string(namespace)))
    }
}
