/// Why the cluster did not do, or did not tell, what it was asked.
package struct KubernetesFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable {
        /// The kubeconfig or the credentials in it cannot be used; nothing was sent.
        case configuration
        /// No answer: no address, no connection, no TLS session, a connection that broke more often than is repeated.
        case unreachable
        case timedOut
        /// 401: the server does not know who asks.
        case unauthorized
        /// 403 by RBAC; verb and resource as a rule names them.
        case forbidden(verb: String, resource: String)
        /// The object was refused for what it is, not for who sent it.
        case admission(Admission)
        case notFound
        /// 409 on creation: an object of that name exists, and this client did not make it.
        case alreadyExists
        /// 409: another version or another UID than expected.
        case conflict
        /// 409 of a server-side apply, with each manager that owns a field and the field.
        case fieldConflict([FieldConflict])
        /// 410.
        case gone
        /// 400 and 422: the server does not take the request as it is.
        case invalid
        case tooManyRequests
        /// 5xx.
        case serverError
        /// The answer is not what the API gives: no JSON, cut off, another server.
        case notUnderstood
        /// exec: the image has no such program.
        case commandNotFound
        /// exec: the program is there, and the container may not start it.
        case commandNotPermitted
        /// exec: the container does not run (yet, or any more).
        case containerNotRunning
        /// exec: the connection ended before the command's status came.
        case brokenOff
        /// The task was cancelled.
        case cancelled
    }

    package enum Admission: Hashable, Sendable {
        case podSecurity
        case webhook(String)
        case quota
        /// A ValidatingAdmissionPolicy, by name.
        case policy(String)
        /// The webhook could not be called, so that nobody knows what it would say.
        case webhookUnanswered(String)
        /// The webhook does not take dry runs.
        case webhookWithoutDryRun(String)
        case other
    }

    package struct FieldConflict: Hashable, Sendable {
        package let manager: String
        package let field: String
    }

    package let kind: Kind
    /// HTTP status; `nil` when there was no answer.
    package let status: Int?
    /// `reason` of the server's Status: `NotFound`, `Forbidden`; `nil` when it gave none.
    package let reason: String?
    /// The server's own words; empty when there were none.
    package let serverMessage: String
    /// The whole sentence, subject first.
    package let sentence: String
    /// What to look at or do next; `nil` where the sentence says it all.
    package let next: String?

    package init(
        kind: Kind, status: Int? = nil, reason: String? = nil, serverMessage: String = "", sentence: String, next: String? = nil
    ) {
        self.kind = kind
        self.status = status
        self.reason = reason
        self.serverMessage = serverMessage
        self.sentence = sentence
        self.next = next
    }

    package var description: String { next.map { "\(sentence); \($0)" } ?? sentence }
}
