package import Facts

/// Why the API does not do what was asked: the content of the `Status` that the client gets.
///
/// - Source: the recordings of a true server, `err-*`, `delete-*`, `list-410-*`, `patch-*` and `ssa-*`.
package struct StoreRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The HTTP status code.
    package var code: Int
    /// `NotFound`, `Conflict`, …; nil where a true server leaves it out.
    package var reason: String?
    package var message: String
    /// Kind, name, causes; nil where there are none.
    package var details: JSONValue?
    /// A fresh token for the rest of a list, given with 410 for an old one.
    package var continueToken: String?

    package init(code: Int, reason: String?, message: String, details: JSONValue? = nil) {
        self.code = code
        self.reason = reason
        self.message = message
        self.details = details
    }

    /// The `Status` object, members in the order in which a true server writes them.
    package var status: JSONValue {
        var members: [JSONValue.Member] = [
            .init("kind", "Status"), .init("apiVersion", "v1"),
            .init("metadata", continueToken.map { ["continue": .string($0)] } ?? [:]),
            .init("status", "Failure"), .init("message", .string(message)),
        ]
        if let reason { members.append(.init("reason", .string(reason))) }
        if let details { members.append(.init("details", details)) }
        members.append(.init("code", .integer(code)))
        return .object(members)
    }

    package var description: String { "\(code) \(reason ?? "without reason"): \(message)" }
}

extension StoreRefusal {
    private static func details(_ kind: ResourceKind, _ name: String, causes: [JSONValue] = []) -> JSONValue {
        var members: [JSONValue.Member] = []
        if !name.isEmpty { members.append(.init("name", .string(name))) }
        if !kind.group.isEmpty { members.append(.init("group", .string(kind.group))) }
        members.append(.init("kind", .string(kind.plural)))
        if !causes.isEmpty { members.append(.init("causes", .array(causes))) }
        return .object(members)
    }

    package static func notFound(_ kind: ResourceKind, _ name: String) -> StoreRefusal {
        StoreRefusal(
            code: 404, reason: "NotFound", message: "\(kind.qualifiedPlural) \"\(name)\" not found", details: details(kind, name))
    }

    package static func alreadyExists(_ kind: ResourceKind, _ name: String) -> StoreRefusal {
        StoreRefusal(
            code: 409, reason: "AlreadyExists", message: "\(kind.qualifiedPlural) \"\(name)\" already exists",
            details: details(kind, name))
    }

    /// The sent resourceVersion is not the stored one.
    package static func modifiedMeanwhile(_ kind: ResourceKind, _ name: String) -> StoreRefusal {
        conflict(
            kind, name,
            "the object has been modified; please apply your changes to the latest version and try again")
    }

    package static func conflict(_ kind: ResourceKind, _ name: String, _ why: String) -> StoreRefusal {
        StoreRefusal(
            code: 409, reason: "Conflict",
            message: "Operation cannot be fulfilled on \(kind.qualifiedPlural) \"\(name)\": \(why)", details: details(kind, name))
    }

    /// The UID or resourceVersion that a deletion was bound to is another. A true server names the kind here, not the resource.
    package static func preconditionFailed(_ kind: ResourceKind, _ name: String, _ what: String, asked: String, is now: String)
        -> StoreRefusal
    {
        var refusal = StoreRefusal(
            code: 409, reason: "Conflict",
            message: "Operation cannot be fulfilled on \(kind.kind) \"\(name)\": the \(what) in the precondition (\(asked)) does"
                + " not match the \(what) in record (\(now)). The object might have been "
                + (what == "UID" ? "deleted and then recreated" : "modified"),
            details: ["name": .string(name), "kind": .string(kind.kind)])
        if !kind.group.isEmpty {
            refusal.details = ["name": .string(name), "group": .string(kind.group), "kind": .string(kind.kind)]
        }
        return refusal
    }

    package static func badRequest(_ message: String) -> StoreRefusal {
        StoreRefusal(code: 400, reason: "BadRequest", message: message)
    }

    package static func forbidden(_ kind: ResourceKind, _ name: String, _ why: String, causes: [JSONValue] = []) -> StoreRefusal {
        let subject = name.isEmpty ? kind.qualifiedPlural : "\(kind.qualifiedPlural) \"\(name)\""
        return StoreRefusal(
            code: 403, reason: "Forbidden", message: "\(subject) is forbidden: \(why)",
            details: details(kind, name, causes: causes))
    }

    /// A watch or list from a version whose events are no longer kept.
    package static func expired(_ message: String) -> StoreRefusal {
        StoreRefusal(code: 410, reason: "Expired", message: message)
    }

    package static func unsupportedMediaType(_ accepted: [String]) -> StoreRefusal {
        StoreRefusal(
            code: 415, reason: "UnsupportedMediaType",
            message: "the body of the request was in an unknown format - accepted media types include: "
                + accepted.joined(separator: ", "))
    }
}
