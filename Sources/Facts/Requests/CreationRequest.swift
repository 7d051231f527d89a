/// What became of the run's own attempt to create one object. It is recorded by the run, not asked of a system.
package struct CreationRequest: FactRequest {
    package typealias Answer = CreationOutcome
    package static let kind = "creation"
    /// Without UID.
    package let object: ObjectReference
    package init(object: ObjectReference) {
        self.object = ObjectReference(kind: object.kind, namespace: object.namespace, name: object.name)
    }
    package var source: FactSource { .cluster }
    package var what: String { "creation of \(object)" }
}

package enum CreationOutcome: Hashable, Sendable {
    case created(uid: String)
    /// The scenario says that it exists already; nothing was sent.
    case existing
    /// The API refused: `code` is a finding's code (`ObjectExists`, `CreationForbidden`…).
    case refused(code: String, sentence: String, next: String?)
    /// It was not sent, with the reason as a sentence: a failed preflight check on its node, an address already in use.
    case notAttempted(reason: String)
    /// An address that it would be given is in use by a MAC that is no VF here: creating it would do harm.
    case harmful(sentence: String, next: String?)

    /// True for refusals that say nothing about the object: no rights to create it, or no answer.
    package static func isInconclusive(_ code: String) -> Bool { code == "CreationForbidden" || code == "CreationUnanswered" }
}
