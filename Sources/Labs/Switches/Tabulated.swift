/// A table as Python's `tabulate` draws it, which SONiC and Cumulus use.
struct Tabulated: Sendable {
    let header: [String]
    let rows: [[String]]
    /// Columns of numbers, which stand to the right.
    let numbers: Set<Int>

    init(_ header: [String], _ rows: [[String]], numbers: Set<Int> = []) {
        self.header = header
        self.rows = rows
        self.numbers = numbers
    }

    private var widths: [Int] {
        // A header keeps two more columns than its letters need, but where its cells are longer.
        header.indices.map { column in
            max(header[column].count + (numbers.contains(column) ? 2 : 0), rows.map { $0[column].count }.max() ?? 0)
        }
    }

    /// Columns with two blanks between them and a rule below the header.
    var simple: String {
        let widths = widths
        func line(_ cells: [String]) -> String {
            let text = cells.indices.map { numbers.contains($0) ? cells[$0].right(widths[$0]) : cells[$0].left(widths[$0]) }
            var line = text.joined(separator: "  ")
            while line.hasSuffix(" ") { line.removeLast() }
            return line + "\n"
        }
        return line(header) + widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ") + "\n"
            + rows.map(line).joined()
    }

    /// A box; a cell that begins a new row has a rule above it.
    ///
    /// - Parameter groups: how many lines each row of the box has.
    func grid(groups: [Int]) -> String {
        let widths = header.indices.map { column in max(header[column].count, rows.map { $0[column].count }.max() ?? 0) + 2 }
        func rule(_ letter: String) -> String {
            "+" + widths.map { String(repeating: letter, count: $0) }.joined(separator: "+") + "+\n"
        }
        func line(_ cells: [String]) -> String {
            "|"
                + cells.indices.map { index in
                    let cell =
                        numbers.contains(index) ? cells[index].right(widths[index] - 2) : cells[index].left(widths[index] - 2)
                    return " " + cell + " "
                }.joined(separator: "|") + "|\n"
        }
        var text = rule("-") + line(header) + rule("=")
        var rest = rows[...]
        for count in groups {
            text += rest.prefix(count).map(line).joined() + rule("-")
            rest = rest.dropFirst(count)
        }
        return text
    }
}
