/// Rows in columns that are as wide as their widest cell, two blanks between them.
struct TextTable {
    let header: [String]
    var rows: [[String]]

    init(header: [String], rows: [[String]] = []) {
        self.header = header
        self.rows = rows
    }

    /// The header and one line a row, without blanks at the ends.
    var lines: [String] {
        let cells = ([header] + rows).map { $0.map(PlainText.line) }
        let widths = header.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            var line = ""
            for (index, cell) in row.enumerated() {
                line += index == row.count - 1 ? cell : cell.padded(to: widths[index] + 2)
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
    }
}
