internal import Checks
package import Facts
internal import Scenarios

/// The roles that grant what a plan needs and no more, as objects and as YAML that says of each rule what needs it.
package struct RoleManifest: Sendable {
    /// Whom the roles are bound to.
    package enum Grantee: Hashable, Sendable {
        case user(String)
        case group(String)
        case serviceAccount(namespace: String, name: String)
    }

    /// One rule of a role, with the verbs' purposes in order.
    private struct Rule {
        let group: String
        let resource: String
        let names: [String]
        var verbs: [(verb: AccessRight.Verb, purpose: String)]
    }

    /// A Role, or with no namespace a ClusterRole.
    private struct Role {
        let namespace: String?
        let rules: [Rule]
    }

    private let name: String
    private let roles: [Role]
    private let grantee: Grantee?
    private let widened: String?
    private let head: [String]

    /// - Parameters:
    ///   - grantee: nil: no bindings.
    ///   - file: the scenario's, as given.
    package init(_ plan: Plan, file: String, for grantee: Grantee? = nil) {
        name = "plumbline-\(plan.scenario.name)"
        self.grantee = grantee
        // A Role cannot stand in a namespace that the run is yet to make.
        widened = plan.madeNamespace
        var byNamespace: [String: [NeededRight]] = [:]
        for needed in plan.rights {
            let namespace = needed.right.namespace == widened ? nil : needed.right.namespace
            byNamespace[namespace ?? "", default: []].append(needed)
        }
        roles = byNamespace.sorted { $0.key < $1.key }.map { key, rights in
            Role(namespace: key.isEmpty ? nil : key, rules: Self.rules(rights))
        }
        head = [
            "The least rights in the cluster for scenario \(plan.scenario.name): plumbline rbac \(file)",
            "Asking what one may do (SelfSubjectAccessReview) is granted to every user by system:basic-user.",
        ]
    }

    private static func rules(_ rights: [NeededRight]) -> [Rule] {
        var rules: [Rule] = []
        for needed in rights {
            let right = needed.right
            let same = rules.firstIndex {
                $0.group == right.group && $0.resource == right.resource && $0.names == needed.names
            }
            if let same {
                rules[same].verbs.append((right.verb, needed.purpose))
            } else {
                rules.append(
                    Rule(
                        group: right.group, resource: right.resource, names: needed.names, verbs: [(right.verb, needed.purpose)]))
            }
        }
        return rules
    }

    // MARK: Objects

    /// Roles and bindings, in the order in which they are applied.
    package var objects: [JSONValue] { roles.flatMap { role in [object(role)] + (binding(role).map { [$0] } ?? []) } }

    /// A `List`, for programs.
    package var json: String {
        let list: JSONValue = ["apiVersion": "v1", "kind": "List", "items": .array(objects)]
        return list.prettyText + "\n"
    }

    private func metadata(_ role: Role) -> JSONValue {
        var members: [JSONValue.Member] = [.init("name", .string(name))]
        if let namespace = role.namespace { members.append(.init("namespace", .string(namespace))) }
        return .object(members)
    }

    private func object(_ role: Role) -> JSONValue {
        [
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": role.namespace == nil ? "ClusterRole" : "Role",
            "metadata": metadata(role), "rules": .array(role.rules.map(Self.object)),
        ]
    }

    private static func object(_ rule: Rule) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("apiGroups", [.string(rule.group)]), .init("resources", [.string(rule.resource)]),
        ]
        if !rule.names.isEmpty { members.append(.init("resourceNames", .array(rule.names.map { .string($0) }))) }
        members.append(.init("verbs", .array(rule.verbs.map { .string($0.verb.rawValue) })))
        return .object(members)
    }

    private func binding(_ role: Role) -> JSONValue? {
        let subject: JSONValue
        switch grantee {
        case nil: return nil
        case .user(let name): subject = ["kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": .string(name)]
        case .group(let name): subject = ["kind": "Group", "apiGroup": "rbac.authorization.k8s.io", "name": .string(name)]
        case .serviceAccount(let namespace, let name):
            subject = ["kind": "ServiceAccount", "namespace": .string(namespace), "name": .string(name)]
        }
        let kind = role.namespace == nil ? "ClusterRole" : "Role"
        return [
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": .string(kind + "Binding"), "metadata": metadata(role),
            "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": .string(kind), "name": .string(name)],
            "subjects": [subject],
        ]
    }

    // MARK: YAML

    /// For `kubectl apply -f -`. Every text stands in quotes, which YAML and JSON read alike.
    package var yaml: String {
        var lines = head.map { "# \($0)" }
        for role in roles {
            lines.append("---")
            if role.namespace == nil, let widened {
                lines.append("# For every namespace: \(widened) is made by the run, and no Role can stand in it before.")
            }
            lines += [
                "apiVersion: rbac.authorization.k8s.io/v1", "kind: \(role.namespace == nil ? "ClusterRole" : "Role")",
                "metadata: \(metadata(role).compactText)", "rules:",
            ]
            for rule in role.rules {
                lines += rule.verbs.map { "# \($0.verb.rawValue): \($0.purpose)" }
                let members = Self.object(rule).members ?? []
                for (index, member) in members.enumerated() {
                    lines.append("\(index == 0 ? "- " : "  ")\(member.key): \(member.value.compactText)")
                }
            }
            guard let binding = binding(role) else { continue }
            lines.append("---")
            lines += (binding.members ?? []).map { "\($0.key): \($0.value.compactText)" }
        }
        if grantee == nil { lines.append("# To bind them: --subject user:NAME, group:NAME or serviceaccount:NAMESPACE/NAME.") }
        return lines.joined(separator: "\n") + "\n"
    }
}
