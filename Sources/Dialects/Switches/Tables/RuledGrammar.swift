internal import Facts

/// The cells of one line below a ruled header, by the folded title of their column.
struct RuledCells {
    let titles: [String]
    let cells: [Substring]

    /// Empty where the column is blank in this line or not in the table.
    subscript(_ names: String...) -> Substring {
        for name in names {
            if let place = titles.firstIndex(of: name) { return cells[place] }
        }
        return ""
    }

    func has(_ name: String) -> Bool { titles.contains(name) }
}

/// A table whose header is underlined column by column, read by the titles of its columns.
struct RuledGrammar<Row: Equatable & Sendable>: TableGrammar {
    /// What the header begins with, folded.
    private let headers: [String]
    private let make: @Sendable (RuledCells, Row?) -> LineMeaning<Row>
    private var header: Substring?
    private var titles: [String] = []
    private var columns: RuledColumns?
    /// A terminal broke the header or its rule, so that the columns of the rows are not where the rule says.
    private var isWrapped = false
    let form: String

    init(_ headers: [String], form: String, make: @escaping @Sendable (RuledCells, Row?) -> LineMeaning<Row>) {
        self.headers = headers
        self.form = form
        self.make = make
    }

    var statesEmpty: Bool { columns != nil }
    var emptyIsSilent: Bool { true }
    static var hasOneAddressARow: Bool { false }
    static func isAsked(by command: Substring) -> Bool { command.contains("show") }

    func isHeader(_ line: Substring) -> Bool {
        let folded = Substring(PlatformMark.fold(line).drop { $0 == " " })
        return headers.contains { folded.hasPrefix($0) }
    }

    /// True when one of the lines is the table's header.
    func isIn(_ lines: TextLines) -> Bool { lines.contains { isHeader($0.text) } }

    mutating func meaning(of line: Substring, after last: Row?) -> LineMeaning<Row> {
        if isHeader(line) {
            header = line
            columns = nil
            isWrapped = false
            return .heading
        }
        if let header, columns == nil, let rule = RuledColumns(rule: line) {
            columns = rule
            titles = (rule.cells(of: header) ?? []).map { PlatformMark.fold($0) }
            return .heading
        }
        if header != nil, columns == nil ? !SessionNoise.matches(line) : RuledColumns.isRule(line) { isWrapped = true }
        guard !isWrapped, let columns, let cells = columns.cells(of: line), cells.count == titles.count else { return .unknown }
        return make(RuledCells(titles: titles, cells: cells), last)
    }
}
