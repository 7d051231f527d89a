/// The outcome of one check on one subject.
package enum Verdict: String, Hashable, Sendable, CaseIterable {
    /// Read, and as expected.
    case pass
    /// Read, and wrong.
    case fail
    /// Could not be looked at: refused, timed out, not understood, not fresh.
    case inconclusive
    /// Deselected by the user, or blocked by a failed check; nothing else.
    case skipped
}
