internal import Facts

/// What one line of a table's text is.
enum LineMeaning<Row: Sendable>: Sendable {
    case row(Row)
    /// Continues the row before: that row, with what this line adds.
    case amends(Row)
    /// The table's own title or column header. It tells that this is the table, and it may be repeated.
    case heading
    /// Known, and tells nothing (a rule, a legend, a total, a flood row).
    case furniture
    /// Neither row nor furniture.
    case unknown
}

/// The lines of one table of one platform. A value: trying a joined line on a copy leaves no trace.
protocol TableGrammar<Row>: Sendable {
    associatedtype Row: Equatable & Sendable

    /// Says what a line is, given the row before it. Headers change what later lines mean.
    mutating func meaning(of line: Substring, after last: Row?) -> LineMeaning<Row>

    /// True when the device itself said that the table holds nothing (`0 entries`, a total of 0), or printed its header
    /// and nothing else where that is how it says so.
    var statesEmpty: Bool { get }

    /// The platform says "none" by a header with nothing below it, so a text that breaks off there says nothing.
    var emptyIsSilent: Bool { get }

    /// The layout that was met: `text`, `text/els`.
    var form: String { get }

    /// True when a line outside the table may be a piece of a row, so that it must not be passed over in silence.
    static func mayTell(_ line: Substring) -> Bool

    /// A row holds one MAC address, so pieces with two are no row.
    static var hasOneAddressARow: Bool { get }

    /// True when the platform itself begins a row on this line and goes on with it on the next (a name too long for its
    /// column), so that the line is not the rest of the row before.
    func begins(on line: Substring, before next: Substring?) -> Bool

    /// True when this is a command whose output holds the table; in a session with several commands the others' output
    /// is passed over.
    static func isAsked(by command: Substring) -> Bool
}

extension TableGrammar {
    var emptyIsSilent: Bool { false }
    static var hasOneAddressARow: Bool { true }
    func begins(on line: Substring, before next: Substring?) -> Bool { false }
    static func mayTell(_ line: Substring) -> Bool { MACWord.occurs(in: line) }
}

/// What a reader expected, for the sentences of errors.
struct TableExpectation: Sendable {
    let platform: Platform
    /// `MAC table`, read after the platform's title: "expected a Junos MAC table".
    let table: String

    var title: String {
        let article =
            switch platform {
            case .eos, .ios, .nxos, .os10, .srlinux: "an"
            default: "a"
            }
        return "\(article) \(platform.title) \(table)"
    }
}
