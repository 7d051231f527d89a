internal import Facts

/// Reads a table of text line by line with a platform's grammar, and through everything that terminals, pagers and people
/// add: noise, wrapped rows, repeated headers, the outputs of other commands in the same session.
///
/// A line that is neither row nor furniture nor noise ends as unread. Outside the table (a banner before it) such a line is
/// passed over, unless it may be a piece of a row.
struct TableWalk<Grammar: TableGrammar> {
    private var grammar: Grammar
    private let lines: TextLines
    private var rows: [Grammar.Row] = []
    private var unread: [UnreadLine] = []
    /// Lines before the table whose meaning is open until a heading or a row is seen.
    private var prelude: [TextLine] = []
    private var sawHeading = false
    private var complaint: DialectError?
    /// Inside the output of another command.
    private var isElsewhere = false
    /// The line that gave the last row, and the grammar before it; nil when something else came between.
    private var lastRow: (line: Substring, number: Int, before: Grammar)?

    static func read(_ lines: TextLines, _ grammar: Grammar, expecting: TableExpectation) throws(DialectError)
        -> Reading<Grammar.Row>
    {
        var walk = TableWalk(grammar: grammar, lines: lines)
        walk.run()
        return try walk.finish(expecting: expecting)
    }

    private init(grammar: Grammar, lines: TextLines) {
        self.grammar = grammar
        self.lines = lines
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
        switch grammar.meaning(of: text, after: rows.last) {
        case .row(let row):
            guard !isElsewhere else { break }
            rows.append(row)
            lastRow = (text, line.number, before)
        case .amends(let row):
            guard !isElsewhere else { break }
            if !rows.isEmpty { rows[rows.count - 1] = row }
            lastRow = nil
        case .heading:
            sawHeading = true
            isElsewhere = false
            lastRow = nil
        case .furniture:
            lastRow = nil
        case .unknown:
            return takeUnknown(TextLine(number: line.number, text: text), at: index)
        }
        return index + 1
    }

    private mutating func takeUnknown(_ line: TextLine, at index: Int) -> Int {
        if let command = SessionNoise.command(in: line.text) {
            isElsewhere = !Grammar.isAsked(by: command) && OtherCommand.matches(command)
            lastRow = nil
            return index + 1
        }
        if isElsewhere || SessionNoise.matches(line.text) { return index + 1 }
        if let next = takeJoined(line, at: index) { return next }
        if takeTail(line) { return index + 1 }
        lastRow = nil
        if complaint == nil { complaint = DeviceComplaint.classify(line.text) }
        if sawHeading || !rows.isEmpty {
            unread.append(line.unread)
        } else {
            prelude.append(line)
        }
        return index + 1
    }

    // MARK: Wrapped rows

    /// A row or a heading that a narrow terminal broke into two to four lines, beginning with this one.
    private mutating func takeJoined(_ line: TextLine, at index: Int) -> Int? {
        var pieces = [line.text]
        var last = index
        while pieces.count < 4, let next = nextPiece(after: last) {
            last = next
            pieces.append(lines[next].text)
            switch meaning(ofJoined: pieces, grammar) {
            case .row(let row, let after):
                grammar = after
                rows.append(row)
                lastRow = nil
                return last + 1
            case .heading(let after):
                grammar = after
                sawHeading = true
                lastRow = nil
                return last + 1
            case .ambiguous:
                for position in index...last where !lines[position].isBlank { unread.append(lines[position].unread) }
                return last + 1
            case .nothing: continue
            }
        }
        return nil
    }

    /// The next line, when it is nothing by itself and so may be the rest of this one.
    private func nextPiece(after index: Int) -> Int? {
        var next = index + 1
        while next < lines.endIndex, next <= index + 3 {
            let text = lines[next].text
            if !lines[next].isBlank {
                var trial = grammar
                guard case .unknown = trial.meaning(of: text, after: rows.last) else { return nil }
                if !SessionNoise.matches(text) { return next }
                if SessionNoise.command(in: text) != nil { return nil }
            }
            next += 1
        }
        return nil
    }

    /// The rest of the row before, which was a row without it too (`Gi1/0/1` and then `1`).
    private mutating func takeTail(_ line: TextLine) -> Bool {
        guard let lastRow, let row = rows.last, lastRow.number + 1 == line.number else { return false }
        switch meaning(ofJoined: [lastRow.line, line.text], lastRow.before, after: rows.dropLast().last) {
        case .row(let joined, let after):
            grammar = after
            rows[rows.count - 1] = joined
            self.lastRow = nil
            return true
        case .ambiguous:
            rows.removeLast()
            unread.append(UnreadLine(number: lastRow.number, text: String(lastRow.line)))
            unread.append(line.unread)
            self.lastRow = nil
            return true
        case .heading, .nothing:
            _ = row
            return false
        }
    }

    private enum Joined {
        case row(Grammar.Row, Grammar)
        case heading(Grammar)
        /// The pieces make one row when joined directly and another with a blank between.
        case ambiguous
        case nothing
    }

    private func meaning(ofJoined pieces: [Substring], _ grammar: Grammar) -> Joined {
        meaning(ofJoined: pieces, grammar, after: rows.last)
    }

    private func meaning(ofJoined pieces: [Substring], _ grammar: Grammar, after last: Grammar.Row?) -> Joined {
        let direct = pieces.joined()
        let spaced = pieces.map { String($0.trimmedBlanks) }.joined(separator: " ")
        let first = meaning(of: Substring(direct), grammar, after: last)
        let hasBlank = zip(pieces, pieces.dropFirst()).allSatisfy { left, right in
            left.utf8.last == 0x20 || right.utf8.first == 0x20
        }
        if hasBlank, case .row = first { return first }
        let second = meaning(of: Substring(spaced), grammar, after: last)
        switch (first, second) {
        case (.row, .row): return .ambiguous
        case (.nothing, _): return second
        default: return first
        }
    }

    private func meaning(of line: Substring, _ grammar: Grammar, after last: Grammar.Row?) -> Joined {
        var trial = grammar
        switch trial.meaning(of: line, after: last) {
        case .row(let row): return .row(row, trial)
        case .heading: return .heading(trial)
        default: return .nothing
        }
    }

    // MARK: The end

    /// The platform whose mark is the first in the text, when it is another than the expected one. A capture is of one
    /// device, so the first mark decides: a later table may look like another platform's (EOS' multicast table like IOS').
    private func foreignPlatform(_ expected: Platform) -> Platform? {
        for line in lines {
            guard let platform = PlatformMark.platform(of: line.text) else { continue }
            return platform == expected || PlatformFamily.share(platform, expected) ? nil : platform
        }
        return nil
    }

    private func finish(expecting: TableExpectation) throws(DialectError) -> Reading<Grammar.Row> {
        if let other = foreignPlatform(expecting.platform) {
            throw .wrongPlatform(expected: expecting.title, looksLike: "\(other.title) output")
        }
        if rows.isEmpty, let complaint { throw complaint }
        if rows.isEmpty, !sawHeading {
            guard let first = prelude.first ?? lines.first(where: { !$0.isBlank }) else {
                throw .nothingPrinted(expected: expecting.title)
            }
            throw .notThisTable(expected: expecting.title, line: first.number, text: String(first.text))
        }
        let doubtful = prelude.filter { !sawHeading || Grammar.mayTell($0.text) }.map(\.unread)
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
        "bridge", "neigh", "chassis", "clock", "users", "environment", "ip ", "ipv6", "port-channel", "lacp", "cdp", "system",
    ]

    static func matches(_ command: Substring) -> Bool {
        let lower = command.lowercased()
        return subjects.contains { lower.contains($0) }
    }
}
