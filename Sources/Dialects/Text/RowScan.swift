internal import Facts

/// Walks over a table of one line a row: rows, furniture, log lines and prompts, rows that a narrow terminal broke in two,
/// and what is left unread.
struct RowScan<Record: Sendable> {
    private(set) var rows: [Record] = []
    private(set) var unread: [UnreadLine] = []
    private(set) var sawFurniture = false
    /// The line that may go on on the next; its row, if it was one in itself, is the last of `rows`.
    private var open: Open?

    private struct Open {
        var pieces: [TextLine]
        var candidates: [Substring]
        let wasRow: Bool
    }

    /// - Parameters:
    ///   - isFurniture: headers, titles and legends of this table.
    ///   - row: a row from one line; nil when the line is none, or is cut.
    init(
        _ lines: some Sequence<TextLine>, isFurniture: (TextLine) -> Bool = { _ in false }, row: (Substring) -> Record?
    ) {
        for line in lines where !line.isBlank {
            if let record = row(line.text) {
                rows.append(record)
                open = Open(pieces: [line], candidates: [line.text], wasRow: true)
            } else if isFurniture(line) {
                sawFurniture = true
                open = nil
            } else if SyslogLine.matches(line.text) || PromptLine.matches(line.text) {
                continue
            } else if !joins(line, row) {
                unread.append(line.unread)
                open = open?.wasRow == false ? open : Open(pieces: [line], candidates: [line.text], wasRow: false)
            }
        }
    }

    /// Tries the line as the rest of the one before it.
    private mutating func joins(_ line: TextLine, _ row: (Substring) -> Record?) -> Bool {
        guard var current = open, current.pieces.count < 6 else {
            open = nil
            return false
        }
        let joined = current.candidates.flatMap { [$0 + line.text, $0 + " " + line.trimmed] }.prefix(32)
        var found: Record?
        for text in joined where found == nil { found = row(Substring(text)) }
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
        }
        rows.append(record)
        open = nil
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
