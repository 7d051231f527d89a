/// A JSON value that keeps what a decoder into types would lose: the order of members, repeated keys, and the text of
/// numbers. It is what devices and the API answer, what `parse` and `run.json` print, and what the lab stores.
///
/// - Source: RFC 8259.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The number as written, so that 64-bit counters and `1e3` survive.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// Members in order; old Junos repeats keys, so a key may occur more than once.
    case object([Member])

    package struct Member: Hashable, Sendable {
        package let key: String
        package var value: JSONValue
        package init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    package static func integer(_ value: some BinaryInteger) -> JSONValue { .number(String(value)) }

    /// The value of the first member with this key; nil when there is none or this is no object.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// The element at this position; nil when out of range or no array.
    package subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    package var text: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    /// A whole number, given as a JSON number or not at all; nil for `1.5`, `"8"` and everything else.
    package var int: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }

    package var bool: Bool? {
        if case .bool(let value) = self { return value }
        return nil
    }

    /// The elements; nil when this is no array.
    package var elements: [JSONValue]? {
        if case .array(let elements) = self { return elements }
        return nil
    }

    /// The members in order; nil when this is no object.
    package var members: [Member]? {
        if case .object(let members) = self { return members }
        return nil
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
    package init(nilLiteral: ()) { self = .null }
}
