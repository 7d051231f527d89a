internal import Facts

/// Decides by the roles and bindings in the store who may do what.
///
/// - Source: Kubernetes documentation, "Using RBAC Authorization"; the sentences of 403 from the recordings `err-403-*`.
struct Authorizer: Sendable {
    /// What somebody wants to do.
    struct Question: Sendable {
        var verb: String
        var group = ""
        /// `pods`, `pods/exec`; empty for a path that is no resource.
        var resource = ""
        var namespace: String?
        var name: String?
        /// The path, where it is no resource.
        var path: String?
    }

    let store: ObjectStore
    let mode: APIServerConfiguration.Authorization

    func allows(_ user: APIUser, _ question: Question) async -> Bool {
        if user.groups.contains("system:masters") { return true }
        if case .open = mode, user != .anonymous { return true }
        for (rules, _) in await rules(for: user, namespace: question.namespace)
        where rules.contains(where: { Self.rule($0, covers: question) }) {
            return true
        }
        return false
    }

    /// Every set of rules that holds for this user, in this namespace or everywhere, and the namespace it is bound to.
    func rules(for user: APIUser, namespace: String?) async -> [(rules: [JSONValue], namespace: String?)] {
        var found: [(rules: [JSONValue], namespace: String?)] = []
        for binding in await objects(.clusterRoleBindings, in: nil) where Self.binding(binding, names: user) {
            found.append((await rules(of: binding, in: nil), nil))
        }
        guard let namespace else { return found }
        for binding in await objects(.roleBindings, in: namespace) where Self.binding(binding, names: user) {
            found.append((await rules(of: binding, in: namespace), namespace))
        }
        return found
    }

    private func objects(_ kind: ResourceKind, in namespace: String?) async -> [JSONValue] {
        // A list of the present state is never refused.
        ((try? await store.list(kind, ListQuery(namespace: namespace)))?.items) ?? []
    }

    private func rules(of binding: JSONValue, in namespace: String?) async -> [JSONValue] {
        let isCluster = binding.text(at: "roleRef", "kind") == "ClusterRole"
        // A binding to a role that is not there gives no rights; that is no fault of the request.
        let role = try? await store.get(
            isCluster ? .clusterRoles : .roles, namespace: isCluster ? nil : namespace,
            name: binding.text(at: "roleRef", "name") ?? "")
        return role?.value(at: "rules")?.elements ?? []
    }

    private static func binding(_ binding: JSONValue, names user: APIUser) -> Bool {
        (binding["subjects"]?.elements ?? []).contains { subject in
            let name = subject.text(at: "name") ?? ""
            switch subject.text(at: "kind") {
            case "User": return name == user.name
            case "Group": return (user.groups + (user == .anonymous ? [] : ["system:authenticated"])).contains(name)
            case "ServiceAccount":
                return user.name == "system:serviceaccount:\(subject.text(at: "namespace") ?? ""):\(name)"
            default: return false
            }
        }
    }

    /// Whether one rule of a role covers the question.
    static func rule(_ rule: JSONValue, covers question: Question) -> Bool {
        func texts(_ key: String) -> [String] { (rule[key]?.elements ?? []).compactMap(\.text) }
        func has(_ key: String, _ value: String) -> Bool { texts(key).contains { $0 == "*" || $0 == value } }
        guard has("verbs", question.verb) else { return false }
        if let path = question.path {
            return texts("nonResourceURLs").contains { $0 == path || $0.hasSuffix("*") && path.hasPrefix($0.dropLast()) }
        }
        let parts = question.resource.split(separator: "/")
        let everySubresource = parts.count > 1 ? "*/" + parts[1] : ""
        guard has("apiGroups", question.group),
            has("resources", question.resource) || texts("resources").contains(everySubresource) && !everySubresource.isEmpty
        else { return false }
        let names = texts("resourceNames")
        return names.isEmpty || question.name.map(names.contains) ?? false
    }

    /// The refusal of a request, in a true server's words.
    static func refusal(_ user: APIUser, _ question: Question) -> StoreRefusal {
        if let path = question.path {
            return StoreRefusal(
                code: 403, reason: "Forbidden",
                message: "forbidden: User \"\(user.name)\" cannot \(question.verb) path \"\(path)\"",
                details: [:])
        }
        let kind = ResourceKind(group: question.group, "", question.resource.split(separator: "/").first.map(String.init) ?? "")
        let place = question.namespace.map { "in the namespace \"\($0)\"" } ?? "at the cluster scope"
        return .forbidden(
            kind, question.name ?? "",
            "User \"\(user.name)\" cannot \(question.verb) resource \"\(question.resource)\" in API group \"\(question.group)\" \(place)"
        )
    }
}
