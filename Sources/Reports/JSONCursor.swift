internal import Facts

/// Why a text is not a `run.json` that this build reads.
package struct RunDocumentError: Error, Hashable, Sendable, CustomStringConvertible {
    /// `findings[3].verdict`; empty for the document as a whole.
    package let place: String
    package let expected: String
    package let seen: String

    package var description: String {
        "run.json\(place.isEmpty ? "" : ", \(place)"): expected \(expected), seen \(seen)"
    }
}

/// One value of the document and where it stands, so that whatever does not fit can be named.
struct JSONCursor {
    let value: JSONValue
    let place: String

    func mismatch(_ expected: String) -> RunDocumentError {
        let text = value.compactText
        return RunDocumentError(place: place, expected: expected, seen: text.count > 60 ? String(text.prefix(60)) + "…" : text)
    }

    /// The member with this key. A missing one is read as null: it may have been written before the key was.
    subscript(key: String) -> JSONCursor {
        JSONCursor(value: value[key] ?? .null, place: place.isEmpty ? key : "\(place).\(key)")
    }

    func text() throws(RunDocumentError) -> String {
        guard let text = value.text else { throw mismatch("a string") }
        return text
    }

    func int() throws(RunDocumentError) -> Int {
        guard let int = value.int else { throw mismatch("a whole number") }
        return int
    }

    func bool() throws(RunDocumentError) -> Bool {
        guard let bool = value.bool else { throw mismatch("true or false") }
        return bool
    }

    /// Seconds with up to three decimals, as `Duration.secondsText` writes them.
    func duration() throws(RunDocumentError) -> Duration {
        guard case .number(let text) = value, let seconds = Double(text), seconds >= 0, seconds < 1e9 else {
            throw mismatch("seconds")
        }
        return .milliseconds(Int64((seconds * 1000).rounded()))
    }

    func array<Element>(
        _ read: (JSONCursor) throws(RunDocumentError) -> Element
    ) throws(RunDocumentError) -> [Element] {
        guard let elements = value.elements else { throw mismatch("an array") }
        var result: [Element] = []
        for (index, element) in elements.enumerated() {
            result.append(try read(JSONCursor(value: element, place: "\(place)[\(index)]")))
        }
        return result
    }

    /// Nil for null, else what `read` makes of it.
    func optional<Value>(
        _ read: (JSONCursor) throws(RunDocumentError) -> Value
    ) throws(RunDocumentError) -> Value? {
        if case .null = value { return nil }
        return try read(self)
    }

    func optionalText() throws(RunDocumentError) -> String? {
        try optional { cursor throws(RunDocumentError) in try cursor.text() }
    }

    /// A value that has a reader of its own: identifiers, verdicts.
    func parsed<Value>(_ expected: String, _ parse: (String) -> Value?) throws(RunDocumentError) -> Value {
        guard let parsed = parse(try text()) else { throw mismatch(expected) }
        return parsed
    }
}
