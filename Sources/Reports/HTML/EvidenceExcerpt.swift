package import Facts

/// What a report shows of one exchange.
package struct EvidenceExcerpt: Hashable, Sendable {
    package let id: EvidenceID
    /// The command line, or method and path.
    package let sent: String
    /// How it ended, and what carried a command: `exit 0, over an exec channel of libssh2`.
    package let outcome: String
    /// Standard output, then standard error where there was any.
    package let text: String

    package init(id: EvidenceID, sent: String, outcome: String, text: String) {
        self.id = id
        self.sent = sent
        self.outcome = outcome
        self.text = text
    }

    /// The exchange for a terminal, ended by a line feed: what a device sent cannot steer it.
    package var page: String {
        let answer = PlainText.block(text)
        return "\(id): \(PlainText.line(sent))\n\(PlainText.line(outcome))\n\n\(answer)\(answer.hasSuffix("\n") ? "" : "\n")"
    }

    /// The text, or its first and last thirds when it is longer than `limit` characters, with a line that says what is left out.
    func shown(limit: Int) -> String {
        let clean = PlainText.block(text)
        guard clean.count > limit else { return clean }
        let part = limit / 3
        return "\(clean.prefix(part))\n… \(clean.count - 2 * part) characters are left out here …\n\(clean.suffix(part))"
    }
}

/// How much raw output a page may still show, and which exchanges it has shown.
struct ExcerptBudget {
    /// Bytes of raw output on one page, as written.
    private var left = 1_500_000
    private var shown: Set<EvidenceID> = []
    /// Characters of one exchange.
    private static let largest = 40_000

    /// The text to show now; nil when the exchange is on the page already, or the page has enough.
    mutating func take(_ excerpt: EvidenceExcerpt) -> String? {
        guard left > 0, shown.insert(excerpt.id).inserted else { return nil }
        let text = excerpt.shown(limit: Self.largest)
        left -= text.utf8.reduce(0) { $0 + ($1 == 0x26 ? 5 : $1 == 0x3c || $1 == 0x3e ? 4 : 1) }
        return text
    }

    func hasShown(_ id: EvidenceID) -> Bool { shown.contains(id) }
}
