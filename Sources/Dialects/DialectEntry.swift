package import Facts

/// One table that `plumbline parse --as PLATFORM/TABLE` reads: its names, the commands that print it, and its reader.
package struct DialectEntry: Sendable {
    /// How well the reader is known to fit true devices.
    package enum Standing: String, Hashable, Sendable, CaseIterable {
        /// Tested on byte-exact output of a true device.
        case proven
        /// The form was taken from a public source and restated.
        case restated
        case unproven
    }

    /// `linux`, `junos`, … as on the command line.
    package let platform: String
    /// `vf-table`, `mac-table`, … as on the command line.
    package let table: String
    /// The commands whose output it reads, as one types them.
    package let commands: [String]
    /// `text`, `json`, `xml`, with the layout where there are several.
    package let forms: [String]
    package let standing: Standing
    /// Reads one output.
    package let parse: @Sendable (String) throws(DialectError) -> ParsedTable

    init(
        platform: String, table: String, commands: [String], forms: [String], standing: Standing,
        parse: @escaping @Sendable (String) throws(DialectError) -> ParsedTable
    ) {
        self.platform = platform
        self.table = table
        self.commands = commands
        self.forms = forms
        self.standing = standing
        self.parse = parse
    }

    /// An entry whose reader returns rows of one type.
    static func rows<Record: Row>(
        _ name: String, commands: [String], forms: [String], standing: Standing,
        read: @escaping @Sendable (String) throws(DialectError) -> Reading<Record>
    ) -> DialectEntry {
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        return DialectEntry(
            platform: parts[0], table: parts.count > 1 ? parts[1] : "", commands: commands, forms: forms, standing: standing
        ) { text throws(DialectError) in
            ParsedTable(try read(text))
        }
    }

    /// `linux/vf-table`
    package var name: String { "\(platform)/\(table)" }
}

/// What `parse` prints: the rows as JSON, and what could not be read.
package struct ParsedTable: Equatable, Sendable {
    package let rows: [JSONValue]
    package let unread: [UnreadLine]
    package let statedEmpty: Bool
    package let form: String

    package init(rows: [JSONValue], unread: [UnreadLine], statedEmpty: Bool, form: String) {
        self.rows = rows
        self.unread = unread
        self.statedEmpty = statedEmpty
        self.form = form
    }

    package init<Record: Row>(_ reading: Reading<Record>) {
        self.init(
            rows: reading.rows.map(\.json), unread: reading.unread, statedEmpty: reading.statedEmpty, form: reading.form)
    }
}
