internal import Facts

/// Lines that a narrow terminal broke in two, and lines that a capture cut short.
extension IPTextReader {
    /// A line that may go on on the next: its pieces, and the texts that they may have been.
    struct LogicalLine {
        var pieces: [TextLine]
        /// A terminal breaks anywhere and drops nothing; a text editor breaks at a blank and drops it.
        var candidates: [Substring]
        let kind: Kind
        /// The block before the line was taken, to take it anew when it turns out to be longer.
        let blockBefore: IPBlock?
        var isRead: Bool
        enum Kind { case header, content }

        init(_ line: TextLine, kind: Kind, blockBefore: IPBlock?, isRead: Bool) {
            pieces = [line]
            candidates = [line.text]
            self.kind = kind
            self.blockBefore = blockBefore
            self.isRead = isRead
        }
    }

    /// Tries the line as the rest of the one before it. True when it was taken, for now or for good.
    mutating func continueLogical(with line: TextLine) -> Bool {
        guard var open = logical, open.pieces.count < 6, !open.isRead || mayGoOn(open, with: line) else { return false }
        let joined = open.candidates.flatMap { [$0 + line.text, $0 + " " + line.trimmed] }
        open.candidates = joined.prefix(32).map { Substring($0) }
        open.pieces.append(line)
        let savedBlock = current
        let savedVF = vfLines.last.flatMap { $0.line == open.pieces[0] ? $0 : nil }
        if savedVF != nil { vfLines.removeLast() }
        for candidate in open.candidates {
            if open.kind == .content { current = open.blockBefore }
            if take(candidate, as: open.kind, from: open.pieces[0]) {
                open.isRead = true
                logical = open
                return true
            }
        }
        current = savedBlock
        if let savedVF { vfLines.append(savedVF) }
        // A line that was whole before keeps what it had.
        if open.isRead { return false }
        logical = open
        return true
    }

    /// Whether a line that is whole in itself may still have a second half. Everything after the address of a link line is
    /// let pass, so a spoilt VF line must not be taken for its rest.
    private func mayGoOn(_ open: LogicalLine, with line: TextLine) -> Bool {
        guard let first = open.candidates[0].words.first else { return false }
        if open.kind == .header || first == "vf" { return true }
        guard first != "altname", !line.words.contains(where: { $0.utf8.contains(0x3a) || $0 == "vf" }) else { return false }
        return first.hasPrefix("inet") || open.candidates[0].words.contains("promiscuity")
    }

    private mutating func take(_ text: Substring, as kind: LogicalLine.Kind, from line: TextLine) -> Bool {
        switch kind {
        case .content: return apply(text, from: line) == .taken
        case .header:
            guard let header = IPHeader(text, strict: true) else { return false }
            current = IPBlock(header: header, source: line)
            return true
        }
    }

    /// Ends the line that might have gone on; one that never became whole is unread, with all its pieces.
    mutating func closeLogical() {
        if let open = logical, !open.isRead { output.unread += open.pieces.map(\.unread) }
        logical = nil
    }
}
