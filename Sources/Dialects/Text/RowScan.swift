internal import Facts

/// Walks over a table of one line a row: rows, furniture, log lines and prompts, rows that a narrow terminal broke in two,
/// and what is left unread.
struct RowScan<Record: Sendable> {
    private(set) var rows: [Record] = []
    private(set) var unread: [UnreadLine] = []
    private(set) var sawFurniture = false
    /// The line of each row; the first of its pieces where it was broken.
    private(set) var lines: [TextLine] = []
    /// The line that may go on on the next; its row, if it was one in itself, is the last of `rows`.
    private var open: Open?

    private struct Open {
        var pieces: [TextLine]
        var candidates: [Substring]
        let wasRow: Bool
    }

    /// - Parameters:
    ///   - isFurniture: headers, titles and legends of this table.
    ///   - startsRow: true for lines that begin as a row does, whole or not. Only such a line can go on on the next, and
    ///     none is the rest of the line before. Nil: any line may be either.
    ///   - row: a row from one line; nil when the line is none, or is cut.
    init(
        _ lines: some Sequence<TextLine>, isFurniture: (TextLine) -> Bool = { _ in false },
        startsRow: ((TextLine) -> Bool)? = nil, row: (Substring) -> Record?
    ) {
        for line in lines where !line.isBlank {
            if let record = row(line.text) {
                rows.append(record)
                self.lines.append(line)
                open = Open(pieces: [line], candidates: [line.text], wasRow: true)
            } else if isFurniture(line) {
                sawFurniture = true
                open = nil
            } else if SessionNoise.matches(line.text) {
                continue
            } else if startsRow?(line) == true {
                unread.append(line.unread)
                open = Open(pieces: [line], candidates: [line.text], wasRow: false)
            } else if !joins(line, row) {
                unread.append(line.unread)
                if open?.wasRow != false {
                    open = startsRow == nil ? Open(pieces: [line], candidates: [line.text], wasRow: false) : nil
                }
            }
        }
    }

    /// Takes back the last row when its line is the capture's last, has no newline, and `isWhole` does not hold for it beside
    /// the rows before: its last word may be cut.
    mutating func dropCutRow(_ capture: TextLines, isWhole: (Record, TextLine, [Record]) -> Bool) {
        guard let line = open?.pieces.last, open?.wasRow == true, capture.mayBeCut(line), let record = rows.last,
            !isWhole(record, line, rows.dropLast())
        else { return }
        rows.removeLast()
        lines.removeLast()
        unread += open?.pieces.map(\.unread) ?? []
    }

    /// Tries the line as the rest of the one before it.
    private mutating func joins(_ line: TextLine, _ row: (Substring) -> Record?) -> Bool {
        guard var current = open, current.pieces.count < 6 else {
            open = nil
            return false
        }
        let joined = current.candidates.flatMap { [$0 + line.text, $0 + " " + line.trimmed] }.prefix(32)
        var found: Record?
        var whole: Substring = ""
        for text in joined where found == nil {
            whole = Substring(text)
            found = row(whole)
        }
        guard let record = found else {
            if current.wasRow { return false }
            current.candidates = joined.map { Substring($0) }
            current.pieces.append(line)
            open = current
            return false
        }
        if current.wasRow {
            rows.removeLast()
        } else {
            unread.removeLast(current.pieces.count)
            lines.append(current.pieces[0])
        }
        rows.append(record)
        open = Open(pieces: current.pieces + [line], candidates: [whole], wasRow: true)
        return true
    }
}

extension TableDraft {
    /// Takes over what a scan found.
    mutating func take(_ scan: RowScan<Record>) {
        rows += scan.rows
        unread += scan.unread
        sawOwnFurniture = sawOwnFurniture || scan.sawFurniture
    }
}
