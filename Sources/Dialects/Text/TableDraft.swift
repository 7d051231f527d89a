internal import Facts

/// Collects rows and unread lines while a reader walks over an output, and decides at the end what it was.
struct TableDraft<Record: Sendable> {
    /// What was to be read, to be put after "expected": `ip link output of iproute2`.
    let expected: String
    /// The kinds of output that this reader is for; they are not named as another's.
    let own: Set<OutputKind>
    var rows: [Record] = []
    var unread: [UnreadLine] = []
    /// A line was seen that only this table has (its header, its title), though it is no row.
    var sawOwnFurniture = false
    /// The output said that there is nothing.
    var statedEmpty = false

    init(expected: String, own: Set<OutputKind> = []) {
        self.expected = expected
        self.own = own
    }

    mutating func leaveUnread(_ line: TextLine) { unread.append(line.unread) }

    /// The reading, once all lines are seen.
    ///
    /// - Throws: when there is no row, no stated emptiness and no furniture of this table: what the output was instead.
    func finish(_ lines: TextLines, form: String) throws(DialectError) -> Reading<Record> {
        if rows.isEmpty, !statedEmpty, !sawOwnFurniture { throw explain(lines) }
        let sorted = unread.sorted { $0.number < $1.number }
        return Reading(rows: rows, unread: sorted, statedEmpty: rows.isEmpty && statedEmpty && sorted.isEmpty, form: form)
    }

    /// Why an output without rows is none of this reader's.
    func explain(_ lines: TextLines) -> DialectError {
        if let error = ErrorText.find(in: lines) { return error }
        if let kind = OutputKind.guess(lines), !own.contains(kind) {
            return .wrongPlatform(expected: expected, looksLike: kind.name)
        }
        let said = lines.first { !$0.isBlank && !SessionNoise.matches($0.text) }
        guard let said else { return .nothingPrinted(expected: expected) }
        return .notThisTable(expected: expected, line: said.number, text: String(said.trimmed))
    }
}
