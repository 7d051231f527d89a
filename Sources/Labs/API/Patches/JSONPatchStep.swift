internal import Facts

/// One operation of a JSON patch.
///
/// - Source: RFC 6902; the answer to one that cannot be done from the recording `patch-json-422`.
struct JSONPatchStep: Sendable {
    let operation: String
    let path: [String]
    let from: [String]?
    let value: JSONValue?

    /// - Throws: 400 when the body is no list of operations.
    static func read(_ body: [UInt8]) throws(StoreRefusal) -> [JSONPatchStep] {
        // Whatever is wrong with the body, there is one answer.
        guard let list = (try? JSONValue(parsing: body))?.elements else {
            throw .badRequest("error decoding patch: expected a list of operations")
        }
        var steps: [JSONPatchStep] = []
        for item in list {
            guard let operation = item["op"]?.text, let path = pointer(item["path"]?.text) else {
                throw .badRequest("error decoding patch: expected \"op\" and \"path\" in each operation")
            }
            steps.append(JSONPatchStep(operation: operation, path: path, from: pointer(item["from"]?.text), value: item["value"]))
        }
        return steps
    }

    private static func pointer(_ text: String?) -> [String]? {
        guard let text else { return nil }
        guard !text.isEmpty else { return [] }
        guard text.hasPrefix("/") else { return nil }
        return text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { part in
            var plain = ""
            var isEscape = false
            for character in part {
                if isEscape {
                    plain.append(character == "1" ? "/" : "~")
                    isEscape = false
                } else if character == "~" {
                    isEscape = true
                } else {
                    plain.append(character)
                }
            }
            return plain
        }
    }

    /// - Throws: 422 without a word of what was wrong, as a true server does.
    func apply(to object: inout JSONValue) throws(StoreRefusal) {
        let impossible = StoreRefusal(
            code: 422, reason: "Invalid", message: "the server rejected our request due to an error in our request", details: [:])
        func done(_ result: JSONValue?) throws(StoreRefusal) {
            guard let result else { throw impossible }
            object = result
        }
        switch (operation, value, from) {
        case ("add", let value?, _): try done(Self.placing(value, at: path[...], in: object, replaces: false))
        case ("replace", let value?, _): try done(Self.placing(value, at: path[...], in: object, replaces: true))
        case ("remove", _, _): try done(Self.removing(path[...], from: object))
        case ("test", let value, _): if Self.value(at: path[...], in: object) != (value ?? .null) { throw impossible }
        case ("copy", _, let from?), ("move", _, let from?):
            guard let moved = Self.value(at: from[...], in: object) else { throw impossible }
            if operation == "move" { try done(Self.removing(from[...], from: object)) }
            try done(Self.placing(moved, at: path[...], in: object, replaces: false))
        default: throw impossible
        }
    }

    private static func value(at path: ArraySlice<String>, in value: JSONValue) -> JSONValue? {
        guard let key = path.first else { return value }
        let inner = value.elements == nil ? value[key] : Int(key).flatMap { value[$0] }
        return inner.flatMap { Self.value(at: path.dropFirst(), in: $0) }
    }

    /// The value with one put in; nil when there is no such place.
    private static func placing(_ new: JSONValue, at path: ArraySlice<String>, in value: JSONValue, replaces: Bool) -> JSONValue?
    {
        guard let key = path.first else { return new }
        let rest = path.dropFirst()
        if var elements = value.elements {
            if rest.isEmpty, !replaces, key == "-" || Int(key) == elements.count { return .array(elements + [new]) }
            guard let index = Int(key), elements.indices.contains(index) else { return nil }
            if rest.isEmpty, !replaces {
                elements.insert(new, at: index)
            } else {
                guard let inner = placing(new, at: rest, in: elements[index], replaces: replaces) else { return nil }
                elements[index] = inner
            }
            return .array(elements)
        }
        guard value.members != nil else { return nil }
        var object = value
        if rest.isEmpty {
            if replaces, value[key] == nil { return nil }
            object.set(key, to: new)
            return object
        }
        guard let inner = value[key].flatMap({ placing(new, at: rest, in: $0, replaces: replaces) }) else { return nil }
        object.set(key, to: inner)
        return object
    }

    private static func removing(_ path: ArraySlice<String>, from value: JSONValue) -> JSONValue? {
        guard let key = path.first else { return nil }
        let rest = path.dropFirst()
        if var elements = value.elements {
            guard let index = Int(key), elements.indices.contains(index) else { return nil }
            if rest.isEmpty {
                elements.remove(at: index)
            } else {
                guard let inner = removing(rest, from: elements[index]) else { return nil }
                elements[index] = inner
            }
            return .array(elements)
        }
        guard let inner = value[key] else { return nil }
        var object = value
        if rest.isEmpty {
            object.remove(key)
        } else {
            guard let changed = removing(rest, from: inner) else { return nil }
            object.set(key, to: changed)
        }
        return object
    }
}
