internal import Facts

extension APIHandler {
    /// Questions about rights: answered and forgotten.
    ///
    /// - Source: the recording `ssar`; Kubernetes documentation, "Authorization Overview".
    func review(_ request: APIRequest, kind: ResourceKind) async throws(StoreRefusal) -> APIAnswer {
        var review = request.body.isEmpty ? [:] : try RequestBody.object(request)
        review.set("kind", to: .string(kind.kind))
        review.set("apiVersion", to: .string(kind.apiVersion))
        if review["metadata"] == nil { review.set("metadata", to: [:]) }
        switch kind {
        case .selfSubjectAccessReviews: review.set("status", to: await access(request.user, review["spec"] ?? [:]))
        case .selfSubjectRulesReviews:
            review.set("status", to: await rules(request.user, namespace: review.text(at: "spec", "namespace") ?? "default"))
        default:
            let groups = (request.user.groups + (request.user == .anonymous ? [] : ["system:authenticated"])).map(
                JSONValue.string)
            review.set("status", to: ["userInfo": ["username": .string(request.user.name), "groups": .array(groups)]])
        }
        return .json(review, status: 201)
    }

    private func access(_ user: APIUser, _ spec: JSONValue) async -> JSONValue {
        var question = Authorizer.Question(verb: "")
        if let wish = spec["resourceAttributes"] {
            func text(_ key: String) -> String? { wish[key]?.text.flatMap { $0.isEmpty ? nil : $0 } }
            question.verb = text("verb") ?? ""
            question.group = text("group") ?? ""
            question.resource = (text("resource") ?? "") + (text("subresource").map { "/" + $0 } ?? "")
            question.namespace = text("namespace")
            question.name = text("name")
        } else {
            question.verb = spec.text(at: "nonResourceAttributes", "verb") ?? ""
            question.path = spec.text(at: "nonResourceAttributes", "path") ?? ""
        }
        let isAllowed = await Authorizer(store: store, mode: configuration.authorization).allows(user, question)
        return ["allowed": .bool(isAllowed)]
    }

    private func rules(_ user: APIUser, namespace: String) async -> JSONValue {
        let authorizer = Authorizer(store: store, mode: configuration.authorization)
        var rules = await authorizer.rules(for: user, namespace: namespace).flatMap(\.rules)
        if await authorizer.allows(user, .init(verb: "*", group: "*", resource: "*")) {
            rules = [
                ["verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]], ["verbs": ["*"], "nonResourceURLs": ["*"]],
            ]
        }
        return [
            "resourceRules": .array(rules.filter { $0["resources"] != nil }),
            "nonResourceRules": .array(rules.filter { $0["nonResourceURLs"] != nil }), "incomplete": false,
        ]
    }
}
