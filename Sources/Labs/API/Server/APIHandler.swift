internal import Facts

/// Answers requests: authorises, finds what they are about, and does it. Knows nothing of sockets.
struct APIHandler: Sendable {
    let store: ObjectStore
    let runtime: any PodRuntime
    let configuration: APIServerConfiguration

    func answer(_ request: APIRequest, target: RequestTarget) async -> APIAnswer {
        do {
            try await authorise(request, target: target)
            guard let resource = target.resource else { return try await answerPath(request) }
            guard let kind = await kind(of: resource) else { return .noSuchPath }
            return try await answer(request, target: target, resource: resource, kind: kind)
        } catch {
            return .refusal(error)
        }
    }

    /// Whether a client may be taken for another; if not, it stays who it is.
    func mayImpersonate(_ author: APIUser, _ other: APIUser) async -> Bool {
        await authorizer.allows(author, .init(verb: "impersonate", resource: "users", name: other.name))
    }

    private var authorizer: Authorizer { Authorizer(store: store, mode: configuration.authorization) }

    private func authorise(_ request: APIRequest, target: RequestTarget) async throws(StoreRefusal) {
        var question = Authorizer.Question(verb: target.verb)
        if let resource = target.resource {
            question.group = resource.group
            question.resource = resource.qualified
            question.namespace = resource.namespace
            question.name = resource.name ?? selectedName(request, target)
            if resource.plural == "namespaces" { question.namespace = resource.name }
        } else {
            question.path = request.path
        }
        let isAllowed = await authorizer.allows(request.user, question)
        await configuration.audit?.note(question, isAllowed: isAllowed, by: request.user)
        guard !isAllowed else { return }
        if target.resource?.plural == "namespaces" { question.namespace = nil }
        throw Authorizer.refusal(request.user, question)
    }

    /// A list or watch that selects one object by its name is authorised like a request for that object.
    ///
    /// - Source: `NewRequestInfo` in `k8s.io/apiserver/pkg/endpoints/request`.
    private func selectedName(_ request: APIRequest, _ target: RequestTarget) -> String? {
        guard ["list", "watch"].contains(target.verb), let text = request.parameter("fieldSelector") else { return nil }
        let names = text.split(separator: ",").filter { $0.hasPrefix("metadata.name=") }.map {
            $0.dropFirst(14).drop { $0 == "=" }
        }
        return names.first.map(String.init)
    }

    /// The kind served under this path; nil: none.
    private func kind(of resource: RequestTarget.Resource) async -> ResourceKind? {
        await store.kinds.first {
            $0.group == resource.group && $0.version == resource.version && $0.plural == resource.plural
        }
    }

    private func answer(_ request: APIRequest, target: RequestTarget, resource: RequestTarget.Resource, kind: ResourceKind)
        async throws(StoreRefusal) -> APIAnswer
    {
        if kind.isTransient { return try await review(request, kind: kind) }
        switch (resource.subresource, target.verb) {
        case ("exec"?, "get"), ("exec"?, "create"):
            guard kind == .pods else { return .noSuchPath }
            return try await exec(request, resource: resource)
        case ("log"?, "get"):
            guard kind == .pods else { return .noSuchPath }
            return try await log(request, resource: resource)
        case ("status"?, "get"), ("status"?, "update"), ("status"?, "patch"):
            guard kind.hasStatus else { return .noSuchPath }
        case ("ephemeralcontainers"?, "get"), ("ephemeralcontainers"?, "update"), ("ephemeralcontainers"?, "patch"):
            guard kind == .pods else { return .noSuchPath }
        case (nil, _): break
        default: return .noSuchPath
        }
        switch target.verb {
        case "get": return try await get(request, resource: resource, kind: kind)
        case "list": return try await list(request, resource: resource, kind: kind)
        case "watch": return try await watch(request, resource: resource, kind: kind)
        case "create": return try await create(request, resource: resource, kind: kind)
        case "update": return try await update(request, resource: resource, kind: kind)
        case "patch": return try await patch(request, resource: resource, kind: kind)
        case "delete": return try await delete(request, resource: resource, kind: kind)
        case "deletecollection": return try await deleteAll(request, resource: resource, kind: kind)
        default:
            throw StoreRefusal(
                code: 405, reason: "MethodNotAllowed",
                message: "the server does not allow this method on the requested resource", details: [:])
        }
    }
}
