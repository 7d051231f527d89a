/// The columns of a table whose header is underlined column by column (`-----  ------`), as Python's tabulate and others draw
/// it. Cells may be blank and may hold blanks, so they are cut by position.
struct RuledColumns: Sendable {
    /// Offsets, in bytes, at which the columns begin.
    private let starts: [Int]

    var count: Int { starts.count }

    /// True for a rule and for a piece of one.
    static func isRule(_ line: Substring) -> Bool {
        !line.utf8.isEmpty && line.utf8.allSatisfy { $0 == 0x2d || $0 == 0x20 || $0 == 0x3d }
    }

    /// - Returns: nil when the line is no rule of at least two columns.
    init?(rule: Substring) {
        guard Self.isRule(rule) else { return nil }
        var starts: [Int] = []
        var before: UInt8 = 0x20
        for (offset, byte) in rule.utf8.enumerated() {
            if byte != 0x20, before == 0x20 { starts.append(offset) }
            before = byte
        }
        guard starts.count > 1 else { return nil }
        self.starts = starts
    }

    /// The cells, without blanks at both ends, as many as there are columns; nil when a word stands across the beginning of a
    /// column, so that the line was spaced otherwise than the rule. A cell that was cut (`worker1.lab.exa...`) may fill its
    /// column to the end.
    func cells(of line: Substring) -> [Substring]? {
        let bytes = Array(line.utf8)
        for start in starts.dropFirst() where start < bytes.count && start > 0 {
            let isCut = start > 3 && bytes[(start - 3)..<start].allSatisfy { $0 == 0x2e }
            if bytes[start] != 0x20, bytes[start - 1] != 0x20, !isCut { return nil }
        }
        var cells: [Substring] = []
        for (position, start) in starts.enumerated() {
            let end = position + 1 < starts.count ? starts[position + 1] : bytes.count
            guard start < bytes.count else {
                cells.append("")
                continue
            }
            let from = line.utf8.index(line.utf8.startIndex, offsetBy: position == 0 ? 0 : start)
            let to = line.utf8.index(line.utf8.startIndex, offsetBy: min(end, bytes.count))
            cells.append(line[from..<to].trimmedBlanks)
        }
        return cells
    }
}
