package import Facts

/// What a check says of its subject, before blocking is decided. It is an `Error` so that a check can stop at the first
/// question that has no answer; being thrown does not make it a failure.
package struct Judgement: Error, Hashable, Sendable {
    /// `pass`, `fail` or `inconclusive`; a check never says `skipped` itself.
    package var verdict: Verdict
    /// CamelCase and stable, the kind of finding: `VLANMismatch`, `SwitchUnreachable`. `explain` knows each of them.
    package var code: String
    /// Subject, what was expected, what was seen.
    package var sentence: String
    /// Short, for tables: `vlan 201`. Nil where there is nothing to set against each other.
    package var expected: String?
    package var seen: String?
    /// What to look at or type next; nil where nothing helps.
    package var next: String?
    package var notes: [Note]
    /// What the verdict rests on; empty only where nothing could be asked.
    package var evidence: [EvidenceID]
    /// True while waiting may still turn it: the reading is of something that takes time (carrier, learning, an ARP entry).
    package var mayChange: Bool

    package init(
        _ verdict: Verdict, code: String, sentence: String, expected: String? = nil, seen: String? = nil, next: String? = nil,
        notes: [Note] = [], evidence: [EvidenceID] = [], mayChange: Bool = false
    ) {
        self.verdict = verdict
        self.code = code
        self.sentence = sentence
        self.expected = expected
        self.seen = seen
        self.next = next
        self.notes = notes
        self.evidence = evidence
        self.mayChange = mayChange
    }

    /// The code of a judgement that could not be made because something earlier in the chain is not there to ask. Where a
    /// failed check explains that, the finding is blocked by it.
    package static let notAsked = "NotAsked"

    /// True when another failure may explain it: it was read and is wrong, or there was nothing to ask.
    package var canBeExplained: Bool { verdict == .fail || verdict == .inconclusive && code == Self.notAsked }
}
