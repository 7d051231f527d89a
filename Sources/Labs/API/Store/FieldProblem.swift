internal import Facts

/// One thing wrong with one field of an object, as a 422 lists it among its causes.
package struct FieldProblem: Hashable, Sendable {
    /// `FieldValueRequired`, `FieldValueInvalid`, `FieldValueForbidden`, `FieldValueNotSupported`, …
    package let reason: String
    /// `spec.containers[0].image`
    package let field: String
    /// `Required value: is required for apply patch`
    package let message: String

    package init(reason: String, field: String, message: String) {
        self.reason = reason
        self.field = field
        self.message = message
    }

    package static func required(_ field: String, _ why: String = "") -> FieldProblem {
        FieldProblem(
            reason: "FieldValueRequired", field: field, message: why.isEmpty ? "Required value" : "Required value: \(why)")
    }

    package static func invalid(_ field: String, _ value: String, _ why: String) -> FieldProblem {
        FieldProblem(reason: "FieldValueInvalid", field: field, message: "Invalid value: \(value): \(why)")
    }

    package static func forbidden(_ field: String, _ why: String) -> FieldProblem {
        FieldProblem(reason: "FieldValueForbidden", field: field, message: "Forbidden: \(why)")
    }
}

extension StoreRefusal {
    /// A 422 for an object of this kind: one sentence when one thing is wrong, a bracketed list when several are.
    package static func invalid(_ kind: ResourceKind, _ name: String, _ problems: [FieldProblem]) -> StoreRefusal {
        invalid(group: kind.group, kind: kind.kind, name: name, problems)
    }

    package static func invalid(group: String, kind: String, name: String, _ problems: [FieldProblem]) -> StoreRefusal {
        let sentences = problems.map { "\($0.field): \($0.message)" }
        let what = sentences.count == 1 ? sentences[0] : "[" + sentences.joined(separator: ", ") + "]"
        let qualified = group.isEmpty ? kind : kind + "." + group
        var members: [JSONValue.Member] = []
        if !name.isEmpty { members.append(.init("name", .string(name))) }
        if !group.isEmpty { members.append(.init("group", .string(group))) }
        members.append(.init("kind", .string(kind)))
        members.append(
            .init(
                "causes",
                .array(
                    problems.map {
                        ["reason": .string($0.reason), "message": .string($0.message), "field": .string($0.field)]
                    })))
        return StoreRefusal(
            code: 422, reason: "Invalid", message: "\(qualified) \"\(name)\" is invalid: \(what)", details: .object(members))
    }
}
