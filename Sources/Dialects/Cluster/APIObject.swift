internal import Facts

/// Parts that all objects of the Kubernetes API share.
enum APIObject {
    /// - Throws: `DialectError` when this is a Status (the API's refusal), another kind, or no object at all.
    static func check(_ object: JSONValue, kind: String) throws(DialectError) {
        guard object.members != nil else {
            throw .incomplete(expected: "a \(kind) of the Kubernetes API", saw: object.compactText)
        }
        let seen = object["kind"]?.text
        if seen == "Status", let message = object["message"]?.text {
            let code = object["code"]?.int ?? 0
            if code == 401 || code == 403 { throw .permissionDenied(message) }
            if code == 404 { throw .noSuchSubject(message) }
            throw .deviceError(message)
        }
        // Items of a list carry no kind.
        guard seen == nil || seen == kind else {
            throw .wrongPlatform(expected: "a \(kind) of the Kubernetes API", looksLike: "a \(seen ?? "")")
        }
    }

    static func time(_ value: JSONValue?) -> Timestamp? { value?.text.flatMap { Timestamp($0) } }

    /// String values of an object, the last of repeated keys.
    static func strings(_ value: JSONValue?) -> [String: String] {
        var result: [String: String] = [:]
        for member in value?.members ?? [] { result[member.key] = member.value.text }
        return result
    }

    /// Whole numbers of a resource list, by resource; `cpu` and `memory` are left out, as is `250m`.
    static func quantities(_ value: JSONValue?) -> [ResourceName: Int] {
        var result: [ResourceName: Int] = [:]
        for member in value?.members ?? [] where member.key != "cpu" && member.key != "memory" {
            result[ResourceName(member.key)] = member.value.looseInt
        }
        return result
    }
}
