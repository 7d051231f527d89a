internal import Facts

/// Finds what is wrong with an object, in a true server's words.
///
/// - Source: the sentences of `k8s.io/apimachinery` and the pod validation as kubectl prints them; what Kubernetes 1.36 was seen to refuse
///   and to take (a NAD whose config is not JSON, for one).
struct Validation {
    let kind: ResourceKind

    func problems(of object: JSONValue) -> [FieldProblem] {
        var problems = nameProblems(object)
        if kind == .pods {
            problems += PodValidation.problems(ofSpec: object["spec"] ?? [:], at: "spec")
        } else if let template = object.value(at: "spec", "template", "spec"), SchemaTable.schema(of: kind) != nil {
            problems += PodValidation.problems(ofSpec: template, at: "spec.template.spec")
            problems += selectorProblems(object)
        }
        return problems
    }

    /// What may not change once it is stored.
    func problems(of object: JSONValue, replacing stored: JSONValue) -> [FieldProblem] {
        switch kind {
        case .pods: return PodValidation.problems(of: object, replacing: stored)
        case .daemonSets, .deployments, .replicaSets:
            guard object.value(at: "spec", "selector") != stored.value(at: "spec", "selector") else { return [] }
            return [
                .invalid(
                    "spec.selector", object.value(at: "spec", "selector")?.compactText ?? "null", "field is immutable")
            ]
        case .roleBindings, .clusterRoleBindings:
            guard object["roleRef"] != stored["roleRef"] else { return [] }
            return [.invalid("roleRef", object["roleRef"]?.compactText ?? "null", "cannot change roleRef")]
        case .configMaps, .secrets:
            guard stored["immutable"] == true else { return [] }
            return ["data", "binaryData"].filter { object[$0] != stored[$0] }.map {
                .forbidden($0, "field is immutable when `immutable` is set")
            }
        default: return []
        }
    }

    private func nameProblems(_ object: JSONValue) -> [FieldProblem] {
        guard let name = object.text(at: "metadata", "name"), !kind.group.hasPrefix("rbac.") else { return [] }
        if [.namespaces, .services].contains(kind) {
            if Self.isLabel(name) { return [] }
            return [
                .invalid(
                    "metadata.name", "\"\(name)\"",
                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with"
                        + " an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is"
                        + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")
            ]
        }
        if name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(Self.isLabel), name.utf8.count <= 253 {
            return []
        }
        return [
            .invalid(
                "metadata.name", "\"\(name)\"",
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end"
                    + " with an alphanumeric character (e.g. 'example.com', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")
        ]
    }

    private func selectorProblems(_ object: JSONValue) -> [FieldProblem] {
        let wanted = (object.value(at: "spec", "selector", "matchLabels") ?? [:]).textMembers
        let labels = (object.value(at: "spec", "template", "metadata", "labels") ?? [:]).textMembers
        guard wanted.contains(where: { labels[$0.key] != $0.value }) else { return [] }
        let seen = object.value(at: "spec", "template", "metadata", "labels")?.compactText ?? "null"
        return [.invalid("spec.template.metadata.labels", seen, "`selector` does not match template `labels`")]
    }

    static func isLabel(_ text: some StringProtocol) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 63 else { return false }
        func isPlain(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte) }
        return isPlain(first) && isPlain(last) && bytes.allSatisfy { isPlain($0) || $0 == 0x2d }
    }
}
