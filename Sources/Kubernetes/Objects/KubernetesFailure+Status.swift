internal import Facts
internal import Foundation
internal import Transports

extension KubernetesFailure {
    /// What an answer with a status of 400 or more means.
    ///
    /// - Source: the recordings `err-*`, `list-410-*`, `ssa-*`, `delete-precondition-409`, `exec-err-*`.
    init(_ response: HTTPResponse, to operation: Operation, access: ClusterAccess) {
        let status = Self.json(response.body)
        let isStatus = status?["kind"]?.text == "Status"
        let message = isStatus ? status?["message"]?.text ?? "" : Self.plainText(response)
        self.init(
            ServerRefusal(
                status: response.status, reason: isStatus ? status?["reason"]?.text : nil, message: message,
                causes: status?["details"]?["causes"]?.elements ?? []), to: operation, access: access)
    }

    init(_ refusal: ServerRefusal, to operation: Operation, access: ClusterAccess) {
        let kind = refusal.kind(operation)
        let seen = "\(refusal.status)" + (refusal.reason.map { " \($0)" } ?? "")
        let said = refusal.message.isEmpty ? "without a word why" : refusal.message
        self.init(
            kind: kind, status: refusal.status, reason: refusal.reason, serverMessage: refusal.message,
            sentence: "cluster: \(operation): \(kind.verdict) (\(seen)): \(said)", next: kind.next(operation, access: access))
    }

    /// `nil` for what is no JSON: proxies and overloaded servers refuse in plain text.
    private static func json(_ body: [UInt8]) -> JSONValue? {
        do { return try JSONValue(parsing: body) } catch { return nil }
    }

    private static func plainText(_ response: HTTPResponse) -> String {
        // A proxy's HTML page is no sentence; its first line says enough.
        let text = String(decoding: response.body.prefix(4096), as: UTF8.self)
        return String((text.split(whereSeparator: \.isNewline).first ?? "").prefix(300))
    }
}

/// The content of a `Status`, or what stands in for it.
struct ServerRefusal {
    let status: Int
    let reason: String?
    let message: String
    let causes: [JSONValue]

    func kind(_ operation: Operation) -> KubernetesFailure.Kind {
        if let admission { return .admission(admission) }
        switch status {
        case 401: return .unauthorized
        case 403: return .forbidden(verb: missingVerb(operation), resource: operation.path.ruleResource)
        case 404: return .notFound
        case 409: return conflict
        case 410: return .gone
        case 429: return .tooManyRequests
        case 500 where operation.path.subresource == "exec" && message.hasPrefix("container not found"),
            400 where operation.path.subresource == "exec" && message.contains("does not have a host assigned"):
            return .containerNotRunning
        case 500...: return .serverError
        default: return .invalid
        }
    }

    private var conflict: KubernetesFailure.Kind {
        if reason == "AlreadyExists" { return .alreadyExists }
        let fields = causes.filter { $0["reason"]?.text == "FieldManagerConflict" }.map { cause in
            let words = cause["message"]?.text ?? ""
            let quoted = words.split(separator: "\"", omittingEmptySubsequences: false)
            return KubernetesFailure.FieldConflict(
                manager: quoted.count > 1 ? String(quoted[1]) : words, field: cause["field"]?.text ?? "")
        }
        return fields.isEmpty ? .conflict : .fieldConflict(fields)
    }

    /// RBAC says `User "jane" cannot list resource "pods"`; admission says what is wrong with the object.
    private var admission: KubernetesFailure.Admission? {
        if message.contains("violates PodSecurity") { return .podSecurity }
        if let start = message.range(of: "admission webhook \""), message.contains("denied the request") {
            return .webhook(String(message[start.upperBound...].prefix { $0 != "\"" }))
        }
        // apiserver's pkg/admission/plugin/webhook/errors and generic/webhook: `failed calling webhook "x": …`.
        if let start = message.range(of: "failed calling webhook \"") {
            return .webhookUnanswered(String(message[start.upperBound...].prefix { $0 != "\"" }))
        }
        if let start = message.range(of: "admission webhook \""), message.contains("does not support dry run") {
            return .webhookWithoutDryRun(String(message[start.upperBound...].prefix { $0 != "\"" }))
        }
        if let start = message.range(of: "ValidatingAdmissionPolicy '"), message.contains("denied request") {
            return .policy(String(message[start.upperBound...].prefix { $0 != "'" }))
        }
        guard status == 403 else { return nil }
        // The ServiceAccount plugin, for a namespace whose service account is not there (yet).
        if message.contains("error looking up service account") { return .other }
        if message.contains("exceeded quota") || message.contains("failed quota") { return .quota }
        return nil
    }

    /// The verb that the server names; for exec on 1.36, `create` when `get` was granted and the server gives no reason.
    private func missingVerb(_ operation: Operation) -> String {
        if let start = message.range(of: "\" cannot ") {
            return String(message[start.upperBound...].prefix { $0 != " " })
        }
        return operation.path.subresource == "exec" ? "create" : operation.verb.rawValue
    }
}

extension KubernetesFailure.Kind {
    fileprivate var verdict: String {
        switch self {
        case .unauthorized: "the API server does not accept these credentials"
        case .forbidden: "not allowed"
        case .admission(.podSecurity): "refused by Pod Security, not by RBAC"
        case .admission(.webhook(let name)): "refused by the admission webhook \(name), not by RBAC"
        case .admission(.quota): "refused by a resource quota, not by RBAC"
        case .admission(.policy(let name)): "refused by the admission policy \(name), not by RBAC"
        case .admission(.webhookUnanswered(let name)): "the admission webhook \(name) could not be asked"
        case .admission(.webhookWithoutDryRun(let name)): "the admission webhook \(name) takes no dry runs"
        case .admission(.other): "refused by admission, not by RBAC"
        case .notFound: "there is no such object"
        case .alreadyExists: "an object of that name exists already"
        case .conflict: "the object is not the expected one any more"
        case .fieldConflict(let fields): Self.owners(fields)
        case .gone: "that version is no longer kept"
        case .invalid: "the API server does not take the request"
        case .tooManyRequests: "the API server asks to come back later"
        case .serverError: "the API server could not do it"
        case .containerNotRunning: "the container does not run"
        default: "not done"
        }
    }

    private static func owners(_ fields: [KubernetesFailure.FieldConflict]) -> String {
        "owned by another manager: " + fields.map { "\($0.manager) owns \($0.field)" }.joined(separator: ", ")
    }

    fileprivate func next(_ operation: Operation, access: ClusterAccess) -> String? {
        switch self {
        case .unauthorized:
            "look at user '\(access.userName ?? "none")' in \(access.origin): has its token or certificate expired?"
        case .forbidden(let verb, let resource):
            "grant the verb '\(verb)' on '\(resource)'"
                + (operation.path.group.isEmpty ? "" : " in API group '\(operation.path.group)'")
                + (operation.path.namespace.map { " in namespace '\($0)'" } ?? " in the whole cluster")
                + (resource == "pods/exec" ? " (old servers ask exec for 'get', newer ones for 'get' and 'create')" : "")
        case .admission(.podSecurity):
            "look at the pod-security.kubernetes.io labels of namespace '\(operation.path.namespace ?? "")'"
        case .admission(.webhook(let name)): "look at the webhook's configuration: which object does '\(name)' allow?"
        case .admission(.webhookUnanswered(let name)): "look at the service behind the webhook '\(name)': does it run?"
        case .alreadyExists: "it was not made by this run: delete it, or say in the scenario that it is existing"
        case .containerNotRunning: "look at the pod's container statuses and events"
        case .serverError: "look at the API server's log for this request"
        default: nil
        }
    }
}
