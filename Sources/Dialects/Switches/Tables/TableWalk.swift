internal import Facts

/// Reads a table of text line by line with a platform's grammar, and through everything that terminals, pagers and people
/// add: noise, wrapped rows, repeated headers, the outputs of other commands in the same session.
///
/// A line that is neither row nor furniture nor noise ends as unread. Outside the table (a banner before it) such a line is
/// passed over, unless it may be a piece of a row.
struct TableWalk<Grammar: TableGrammar> {
    private var grammar: Grammar
    private let lines: TextLines
    private let joined: JoinedLines<Grammar>
    private var rows: [Grammar.Row] = []
    private var unread: [UnreadLine] = []
    /// Lines before the table whose meaning is open until a heading or a row is seen.
    private var prelude: [TextLine] = []
    /// What was passed over before the table: its legend, a banner.
    private var above: Set<Substring> = []
    private var sawHeading = false
    private var complaint: DialectError?
    /// The row that a following line may add to; nil where something unknown came between.
    private var openRow: Grammar.Row?
    /// Blanks before the last row, to tell a row's beginning from the rest of a wrapped one.
    private var lastIndent: Int?
    /// Inside the output of another command.
    private var isElsewhere = false
    /// The line that gave the last row, and the grammar before it; nil when something else came between.
    private var lastRow: (line: Substring, number: Int, before: Grammar)?

    static func read(_ lines: TextLines, _ grammar: Grammar, expecting: TableExpectation) throws(DialectError)
        -> Reading<Grammar.Row>
    {
        var walk = TableWalk(grammar: grammar, lines: SharedIndent.removed(from: lines))
        if let other = walk.foreignPlatform(expecting.platform) {
            throw .wrongPlatform(expected: expecting.title, looksLike: "\(other.title) output")
        }
        walk.run()
        return try walk.finish(expecting: expecting)
    }

    /// The table has begun: what is not understood from here on is unread.
    private var isInside: Bool { sawHeading || !rows.isEmpty }

    private init(grammar: Grammar, lines: TextLines) {
        self.grammar = grammar
        self.lines = lines
        joined = JoinedLines(lines)
    }

    private mutating func run() {
        var index = lines.startIndex
        while index < lines.endIndex {
            index = take(at: index)
        }
    }

    /// Takes the line at `index`, and those that belong to it; returns the index of the next.
    private mutating func take(at index: Int) -> Int {
        let line = lines[index]
        if line.isBlank { return index + 1 }
        let text = SessionNoise.strippingPager(line.text)
        let before = grammar
        switch grammar.meaning(of: text, after: openRow) {
        case .row(let row):
            guard !isElsewhere else { break }
            append(row)
            lastIndent = line.indent
            lastRow = (text, line.number, before)
        case .amends(let row):
            guard !isElsewhere else { break }
            if !rows.isEmpty { rows[rows.count - 1] = row }
            openRow = row
            lastRow = nil
        case .heading:
            sawHeading = true
            isElsewhere = false
            openRow = nil
            lastRow = nil
        case .furniture:
            lastRow = nil
            if !isInside { above.insert(text) }
        case .unknown:
            return takeUnknown(TextLine(number: line.number, text: text), at: index)
        }
        return index + 1
    }

    private mutating func append(_ row: Grammar.Row) {
        rows.append(row)
        openRow = row
    }

    private mutating func takeUnknown(_ line: TextLine, at index: Int) -> Int {
        if let command = SessionNoise.command(in: line.text) {
            isElsewhere = !Grammar.isAsked(by: command) && OtherCommand.matches(command)
            lastRow = nil
            return index + 1
        }
        if isElsewhere || SessionNoise.matches(line.text) || isRepeated(line.text) { return index + 1 }
        let forward = joined.forward(line, at: index, grammar)
        let broken = forward == nil ? joined.brokenFirstWord(line, at: index, grammar, indent: lastIndent) : .nothing
        let begins = grammar.begins(on: line.text, before: textAfter(index))
        if !begins, isTail(at: index, mayBegin: forward != nil || !broken.isNothing), takeTail(line) { return index + 1 }
        if let forward { return take(forward.outcome, lines: index...forward.last) }
        if !broken.isNothing { return take(broken, lines: index...(index + 1)) }
        if !begins, takeTail(line) { return index + 1 }
        lastRow = nil
        openRow = nil
        if complaint == nil { complaint = DeviceComplaint.classify(line.text) }
        if isInside {
            unread.append(line.unread)
        } else {
            prelude.append(line)
            above.insert(line.text)
        }
        return index + 1
    }

    /// True for a line that stood before the first table too, a legend as a rule, where the table is printed again below rows.
    private func isRepeated(_ line: Substring) -> Bool { !rows.isEmpty && above.contains(line) && !Grammar.mayTell(line) }

    // MARK: Wrapped rows

    /// Takes what several lines made together; returns the index of the line after them.
    private mutating func take(_ outcome: JoinedLines<Grammar>.Outcome, lines range: ClosedRange<Int>) -> Int {
        lastRow = nil
        switch outcome {
        case .row(let row, let after, let text):
            lastRow = (text, lines[range.upperBound].number, grammar)
            grammar = after
            append(row)
        case .heading(let after):
            grammar = after
            sawHeading = true
        case .ambiguous, .nothing:
            for position in range where !lines[position].isBlank { unread.append(lines[position].unread) }
            openRow = nil
        }
        return range.upperBound + 1
    }

    /// A line that may begin the next row is the rest of the last one only where that ends at the terminal's edge, which
    /// is where the longest lines end.
    private func isTail(at index: Int, mayBegin: Bool) -> Bool {
        guard let lastRow, lastRow.number + 1 == lines[index].number else { return false }
        return !mayBegin || joined.width >= 30 && lines[index - 1].text.utf8.count == joined.width
    }

    /// The next line that the table printed, past a pager's and messages of the system; nil at the end.
    private func textAfter(_ index: Int) -> Substring? {
        lines[(index + 1)...].first { !$0.isBlank && !SessionNoise.matches($0.text) }?.text
    }

    /// Takes the rest of the row before, which was a row without it too (`Gi1/0/1` and then `1`). What adds nothing to the row
    /// is its rest only behind a line that ended at the terminal's edge; else it is something else, perhaps a row.
    private mutating func takeTail(_ line: TextLine) -> Bool {
        guard let lastRow, !rows.isEmpty, lastRow.number + 1 == line.number, !mayBeginRow(line, like: lastRow.line),
            !isLikeRow(line, lastRow.line)
        else {
            return false
        }
        switch joined.meaning(of: [lastRow.line, line.text], lastRow.before) {
        case .row(let row, let after, let text):
            if row == rows[rows.count - 1], lastRow.line.utf8.count < max(30, joined.width) { return false }
            self.lastRow = (text, line.number, lastRow.before)
            grammar = after
            rows[rows.count - 1] = row
            openRow = row
            return true
        case .ambiguous:
            rows.removeLast()
            openRow = nil
            unread.append(UnreadLine(number: lastRow.number, text: String(lastRow.line)))
            unread.append(line.unread)
            self.lastRow = nil
            return true
        case .heading, .nothing:
            return false
        }
    }

    /// True for a line that begins where the row before did, with a word of the same kind, and is about as long: a row that
    /// was not understood, which costs no other.
    private func isLikeRow(_ line: TextLine, _ row: Substring) -> Bool {
        let words = line.words
        let others = row.words
        guard line.indent == lastIndent, row.utf8.count < joined.width || words.count >= others.count, words.count >= 3,
            words.count * 2 > others.count, let first = words.first, let other = others.first
        else { return false }
        if PortWord.isPort(first) || PortWord.isPort(first + words[1]) {
            return PortWord.isPort(other) || others.count > 1 && PortWord.isPort(other + others[1])
        }
        return MACWord.isWhole(in: first) && MACWord.isWhole(in: other)
    }

    /// The piece that a capture breaks off with, where it looks like the beginning of the row before (`10.10.1.1` below
    /// `10.10.1.9 … Ethernet1`): it is the next row's more likely than that row's rest.
    private func mayBeginRow(_ line: TextLine, like row: Substring) -> Bool {
        guard lines.mayBeCut(line), line.indent <= lastIndent ?? 0, let first = line.trimmed.utf8.first,
            let other = row.trimmedBlanks.utf8.first
        else { return false }
        let digits: ClosedRange<UInt8> = 0x30...0x39
        return first == other || digits.contains(first) == digits.contains(other) && first >= 0x30 && other >= 0x30
    }

    // MARK: The beginning and the end

    /// The platform whose mark is the first in the text, when it is another than the expected one. A capture is of one
    /// device, so the first mark decides: a later table may look like another platform's (EOS' multicast table like IOS').
    private func foreignPlatform(_ expected: Platform) -> Platform? {
        for line in lines {
            guard let platform = PlatformMark.platform(of: line.text) else { continue }
            return platform == expected || PlatformFamily.share(platform, expected) ? nil : platform
        }
        return nil
    }

    /// True for a line that is a row, or a part of one, of the table as its headings made it: above the first of them, it is
    /// a row whose own heading was not understood.
    private func isRow(_ line: Substring) -> Bool {
        var trial = grammar
        return switch trial.meaning(of: line, after: rows.first) {
        case .row, .amends: true
        case .heading, .furniture, .unknown: false
        }
    }

    private func finish(expecting: TableExpectation) throws(DialectError) -> Reading<Grammar.Row> {
        if rows.isEmpty, let complaint { throw complaint }
        if rows.isEmpty, !sawHeading {
            guard let first = prelude.first ?? lines.first(where: { !$0.isBlank }) else {
                throw .nothingPrinted(expected: expecting.title)
            }
            throw .notThisTable(expected: expecting.title, line: first.number, text: String(first.text))
        }
        let doubtful = prelude.filter { !sawHeading || Grammar.mayTell($0.text) || isRow($0.text) }.map(\.unread)
        let all = (doubtful + unread).sorted { $0.number < $1.number }
        let isWhole = lines.endsWithNewline || !grammar.emptyIsSilent
        return Reading(
            rows: rows, unread: all, statedEmpty: rows.isEmpty && all.isEmpty && grammar.statesEmpty && isWhole,
            form: grammar.form)
    }
}

/// Platforms that print each other's tables.
enum PlatformFamily {
    private static let linux: Set<Platform> = [.linux, .cumulus, .sonic]

    static func share(_ one: Platform, _ other: Platform) -> Bool { linux.contains(one) && linux.contains(other) }
}

/// Commands whose output is some known table, so that it can be passed over where another is read.
enum OtherCommand {
    private static let subjects = [
        "arp", "mac", "vlan", "interface", "lldp", "spanning", "version", "route", "log", "config", "inventory",
        "ethernet-switching",
        "evpn", "vxlan", "bgp", "mlag", "mclag", "vpc",
        "bridge", "neigh", "chassis", "clock", "users", "environment", "ip ", "ipv6", "port-channel", "lacp", "cdp", "system",
    ]

    static func matches(_ command: Substring) -> Bool {
        let lower = command.lowercased()
        return subjects.contains { lower.contains($0) }
    }
}
