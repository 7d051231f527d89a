internal import Facts

/// Sets what a client leaves out, as a true server does.
///
/// - Source: objects before and after in the recordings (`get-pod_1`, `get-ds`, `get-crd`, `get-cm`).
struct Defaults {
    let kind: ResourceKind
    func fill(_ object: inout JSONValue, isNew: Bool) {
        switch kind {
        case .pods: PodDefaults.fill(&object)
        case .daemonSets, .deployments, .replicaSets: fillController(&object, isNew: isNew)
        case .namespaces: fillNamespace(&object)
        case .secrets: fillSecret(&object)
        case .services: fillService(&object)
        case .customResourceDefinitions: fillDefinition(&object)
        case .roleBindings, .clusterRoleBindings: fillBinding(&object)
        default: break
        }
    }

    private func fillController(_ object: inout JSONValue, isNew: Bool) {
        var template = object.value(at: "spec", "template") ?? [:]
        var spec = template["spec"] ?? [:]
        PodDefaults.fillSpec(&spec)
        template.set("spec", to: spec)
        object.set("spec", "template", to: template)
        switch kind {
        case .daemonSets:
            object.setDefault("spec", "updateStrategy", "type", to: "RollingUpdate")
            if object.text(at: "spec", "updateStrategy", "type") == "RollingUpdate" {
                object.setDefault("spec", "updateStrategy", "rollingUpdate", "maxUnavailable", to: 1)
                object.setDefault("spec", "updateStrategy", "rollingUpdate", "maxSurge", to: 0)
            }
            if isNew { object.setDefault("metadata", "annotations", "deprecated.daemonset.template.generation", to: "1") }
        case .deployments:
            object.setDefault("spec", "replicas", to: 1)
            object.setDefault("spec", "strategy", "type", to: "RollingUpdate")
            if object.text(at: "spec", "strategy", "type") == "RollingUpdate" {
                object.setDefault("spec", "strategy", "rollingUpdate", "maxUnavailable", to: "25%")
                object.setDefault("spec", "strategy", "rollingUpdate", "maxSurge", to: "25%")
            }
            object.setDefault("spec", "progressDeadlineSeconds", to: 600)
        default: object.setDefault("spec", "replicas", to: 1)
        }
        if kind != .replicaSets { object.setDefault("spec", "revisionHistoryLimit", to: 10) }
    }

    private func fillNamespace(_ object: inout JSONValue) {
        guard let name = object.value(at: "metadata", "name") else { return }
        object.set("metadata", "labels", "kubernetes.io/metadata.name", to: name)
    }

    private func fillSecret(_ object: inout JSONValue) {
        object.setDefault("type", to: "Opaque")
        for member in object["stringData"]?.members ?? [] {
            object.set("data", member.key, to: .string(Base64.text(Array((member.value.text ?? "").utf8))))
        }
        object.remove("stringData")
    }

    private func fillService(_ object: inout JSONValue) {
        object.setDefault("spec", "type", to: "ClusterIP")
        object.setDefault("spec", "sessionAffinity", to: "None")
        object.setDefault("spec", "internalTrafficPolicy", to: "Cluster")
        let ports = (object.value(at: "spec", "ports")?.elements ?? []).map { port in
            var port = port
            port.setDefault("protocol", to: "TCP")
            if let number = port["port"] { port.setDefault("targetPort", to: number) }
            return port
        }
        if !ports.isEmpty { object.set("spec", "ports", to: .array(ports)) }
    }

    private func fillBinding(_ object: inout JSONValue) {
        let group: JSONValue = "rbac.authorization.k8s.io"
        let subjects = (object["subjects"]?.elements ?? []).map { subject in
            var subject = subject
            if subject["kind"] != "ServiceAccount" { subject.setDefault("apiGroup", to: group) }
            return subject
        }
        if !subjects.isEmpty { object.set("subjects", to: .array(subjects)) }
        if (object.text(at: "roleRef", "apiGroup") ?? "").isEmpty { object.set("roleRef", "apiGroup", to: group) }
    }

    private func fillDefinition(_ object: inout JSONValue) {
        guard let kind = object.text(at: "spec", "names", "kind") else { return }
        object.setDefault("spec", "names", "singular", to: .string(kind.lowercased()))
        object.setDefault("spec", "names", "listKind", to: .string(kind + "List"))
        object.setDefault("spec", "conversion", "strategy", to: "None")
    }
}

extension JSONValue {
    /// Sets a value where there is none, or null.
    mutating func setDefault(_ path: String..., to value: JSONValue) {
        switch self.value(at: path[...]) {
        case nil, .null?: set(path[...], to: value)
        case .string("")? where value != "": set(path[...], to: value)
        default: break
        }
    }
}
