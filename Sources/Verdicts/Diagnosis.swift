package import Facts

/// A cause that explains failed findings, with what was ruled out.
package struct Diagnosis: Hashable, Sendable {
    /// The finding's code it is about: `VLANNotTrunked`.
    package var code: String
    /// The finding that is the cause.
    package var cause: Finding.Key
    /// One sentence: what is broken and where.
    package var sentence: String
    /// Neighbouring causes that were ruled out, each with the evidence that rules it out, as sentences.
    package var ruledOut: [String]
    /// The command to type next; nil where none helps.
    package var next: String?
    /// Findings that are consequences of it.
    package var consequences: [Finding.Key]
    package var evidence: [EvidenceID]

    package init(
        code: String, cause: Finding.Key, sentence: String, ruledOut: [String] = [], next: String? = nil,
        consequences: [Finding.Key] = [], evidence: [EvidenceID] = []
    ) {
        self.code = code
        self.cause = cause
        self.sentence = sentence
        self.ruledOut = ruledOut
        self.next = next
        self.consequences = consequences
        self.evidence = evidence
    }
}
