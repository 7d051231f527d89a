/// What a dialect made of one output: the rows, the lines it could not read, and whether emptiness was stated.
///
/// Three answers must never be mixed up: rows; an explicit "there are none"; and text that was not understood. The last is
/// a `DialectError` or an unread line, never an empty table.
package struct Reading<Row: Sendable>: Sendable {
    /// In the order of the output.
    package let rows: [Row]
    /// Lines inside the table that are neither row nor furniture. 'Absent' beside any of these is inconclusive.
    package let unread: [UnreadLine]
    /// True only where the source itself said that there is nothing (an empty list in JSON, `0 entries`, a header and a total).
    package let statedEmpty: Bool
    /// Which form was read: `text`, `json`, `xml`, with the layout where there are several (`text/non-els`).
    package let form: String

    package init(rows: [Row], unread: [UnreadLine] = [], statedEmpty: Bool = false, form: String) {
        self.rows = rows
        self.unread = unread
        self.statedEmpty = statedEmpty
        self.form = form
    }

    /// True when a row that is not here is known not to be in the table.
    package var canShowAbsence: Bool { unread.isEmpty && (statedEmpty || !rows.isEmpty) }
}

extension Reading: Equatable where Row: Equatable {}

/// A line that was not understood. `number` is 1-based in the output as captured.
package struct UnreadLine: Hashable, Sendable, CustomStringConvertible {
    package let number: Int
    package let text: String

    package init(number: Int, text: String) {
        self.number = number
        self.text = text
    }

    package var description: String { "line \(number): \(text)" }
}

/// A record that leaves the program as one JSON object, with the keys of the design's §5. Null means that the source did
/// not say; nothing is invented.
package protocol Row: Sendable {
    var json: JSONValue { get }
}

extension JSONValue {
    /// The text of a value, or null when there is none.
    package static func text(_ value: (some CustomStringConvertible)?) -> JSONValue {
        value.map { .string($0.description) } ?? .null
    }
    package static func int(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }
    package static func flag(_ value: Bool?) -> JSONValue { value.map { .bool($0) } ?? .null }
    /// A fraction with as many digits as needed; null for nil and for values JSON cannot write.
    package static func double(_ value: Double?) -> JSONValue {
        guard let value, value.isFinite else { return .null }
        return .number(value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value))
    }
}

/// Whether something that was looked for is there. `absent` is an answer of the system, not a failure to ask.
package enum Lookup<Found: Sendable>: Sendable {
    case present(Found)
    /// The system said that there is none; `hint` is what it said, or what is there instead (nearest names).
    case absent(hint: String)

    package var found: Found? {
        if case .present(let found) = self { return found }
        return nil
    }
}

extension Lookup: Equatable where Found: Equatable {}
