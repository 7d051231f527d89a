package import Facts
package import Verdicts

/// The story of a run while it goes on, for stderr: lines that are only ever appended, one per change of state, one per check
/// and subject when its finding is final. It never moves the cursor, so a CI log and a terminal show the same.
package struct TerminalStory: Sendable {
    private let style: TerminalStyle
    private var lastWait: String?

    package init(style: TerminalStyle) { self.style = style }

    /// What to write for this event; each element is one line without a line feed.
    ///
    /// - Parameter time: when it happened; nil leaves out the clock in front of each line. Given for CI logs, where nobody
    ///   sees the lines appear.
    /// - Returns: empty for a wait whose state did not change, and for the end of the run, which the report tells.
    package mutating func lines(for event: RunEvent, at time: Timestamp? = nil) -> [String] {
        let clock = time.map { String($0.seconds.suffix(8)) + "  " } ?? ""
        if case .waiting = event {} else { lastWait = nil }
        switch event {
        case .started(let id, let scenario, let cluster, let lab, let headerNotes):
            return started(clock, id: id, scenario: scenario, cluster: cluster, lab: lab, headerNotes: headerNotes)
        case .phase(let name):
            return [clock + style.paint(PlainText.line(name), .bold)]
        case .action(let text):
            return row(clock, style.unicode ? "·" : "*", "did", .dim, text)
        case .waiting(let what, let lastSeen, let elapsed, let deadline):
            return waiting(clock, what: what, lastSeen: lastSeen, elapsed: elapsed, deadline: deadline)
        case .found(let finding):
            return found(clock, finding)
        case .note(let note):
            return row(clock, "i", "note", .cyan, "\(note.sentence) (\(note.code))")
        case .finished:
            return []
        }
    }

    private func started(
        _ clock: String, id: String, scenario: String, cluster: String?, lab: LabKind?, headerNotes: [String]
    ) -> [String] {
        var text = "run \(id) of scenario \(scenario)"
        if let cluster { text += " on \(cluster)" }
        if let lab { text += ", \(lab.phrase)" }
        return style.wrapped(clock, text) + headerNotes.flatMap { row(clock, "!", "note", .yellow, $0) }
    }

    private mutating func waiting(
        _ clock: String, what: String, lastSeen: String, elapsed: Duration, deadline: Duration
    ) -> [String] {
        let state = what + "\n" + lastSeen
        guard state != lastWait else { return [] }
        lastWait = state
        let text = "\(what): \(lastSeen) (\(elapsed.shortText) of \(deadline.shortText))"
        return row(clock, style.unicode ? "…" : ".", "waiting", .dim, text)
    }

    private func found(_ clock: String, _ finding: Finding) -> [String] {
        let verdict = finding.verdict
        let text = "\(finding.key): \(finding.sentenceBesideSubject)"
        return row(clock, verdict.glyph(unicode: style.unicode), verdict.word, verdict.colour, text)
    }

    private func row(_ clock: String, _ glyph: String, _ word: String, _ colour: TerminalStyle.Colour, _ text: String) -> [String]
    {
        let head = clock + "  " + style.mark(glyph, word, colour) + " "
        return style.wrapped(head, headWidth: clock.count + 2 + TerminalStyle.markColumns + 1, text)
    }
}
