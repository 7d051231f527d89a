/// Why there is no answer. It makes every check that needed the answer inconclusive, never failed.
package struct ProbeFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// No connection: name not found, refused, no route, host key not accepted, authentication refused.
        case unreachable
        /// Connected, and told no: RBAC, permission denied, sudo wants a password, command not authorised.
        case refused
        /// The deadline passed.
        case timedOut = "timed-out"
        /// An answer came that no dialect reads: another platform's output, an error text, cut off.
        case notUnderstood = "not-understood"
        /// The program that would answer is not there (`ip`, `ping` in an image), or may not be started there.
        case notAvailable = "not-available"
        /// It was not asked because something it needs is not there (no pod to exec in).
        case notAsked = "not-asked"
        /// The run was interrupted.
        case interrupted
    }

    package let kind: Kind
    /// Who did not answer.
    package let source: FactSource
    /// The whole sentence, subject first: "fabric-switch: no FDB of VLAN SRIOV_201: SSH timed out after 10 s at 192.0.2.7:22".
    package let sentence: String
    /// What to look at or type next; nil where the sentence says it all.
    package let next: String?

    package init(kind: Kind, source: FactSource, sentence: String, next: String? = nil) {
        self.kind = kind
        self.source = source
        self.sentence = sentence
        self.next = next
    }

    package var description: String { next.map { "\(sentence); \($0)" } ?? sentence }
}
