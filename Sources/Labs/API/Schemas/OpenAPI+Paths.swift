internal import Facts

extension OpenAPI {
    /// The paths of a kind, with what can be done there. kubectl looks which parameters and which kinds of patch each takes.
    func paths(of kind: ResourceKind) -> [JSONValue.Member] {
        let root = kind.group.isEmpty ? "/api/\(kind.version)" : "/apis/\(kind.group)/\(kind.version)"
        let all = root + (kind.isNamespaced ? "/namespaces/{namespace}/" : "/") + kind.plural
        if kind.isTransient { return [.init(all, ["post": operation("post", of: kind)])] }
        let whole = JSONValue.object([
            .init("get", operation("list", of: kind)), .init("post", operation("post", of: kind)),
            .init("delete", operation("deletecollection", of: kind)),
        ])
        let one = JSONValue.object(
            ["get", "put", "delete", "patch"].map { JSONValue.Member($0, operation($0, of: kind)) })
        var paths: [JSONValue.Member] = [.init(all, whole), .init(all + "/{name}", one)]
        if kind.isNamespaced { paths.append(.init(root + "/" + kind.plural, ["get": operation("list", of: kind)])) }
        if kind.hasStatus {
            let status = JSONValue.object(["get", "put", "patch"].map { JSONValue.Member($0, operation($0, of: kind)) })
            paths.append(.init(all + "/{name}/status", status))
        }
        return paths
    }

    private func operation(_ action: String, of kind: ResourceKind) -> JSONValue {
        var names: [String] = []
        switch action {
        case "post", "put": names = ["dryRun", "fieldManager", "fieldValidation"]
        case "patch": names = ["dryRun", "fieldManager", "fieldValidation", "force"]
        case "delete": names = ["dryRun", "gracePeriodSeconds", "propagationPolicy"]
        case "list", "deletecollection":
            names = ["allowWatchBookmarks", "continue", "fieldSelector", "labelSelector", "limit", "resourceVersion", "watch"]
        default: break
        }
        let parameters = names.map { name -> JSONValue in
            ["name": .string(name), "in": "query", "schema": ["type": "string"]]
        }
        var operation: JSONValue = ["responses": ["200": ["description": "OK"]]]
        if !parameters.isEmpty { operation.set("parameters", to: .array(parameters)) }
        if action == "patch" {
            var types = ["application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json"]
            if !kind.isCustom { types.append("application/strategic-merge-patch+json") }
            operation.set(
                "requestBody", "content", to: .object(types.map { JSONValue.Member($0, ["schema": ["type": "object"]]) }))
        }
        operation.set("x-kubernetes-action", to: .string(action))
        operation.set(
            "x-kubernetes-group-version-kind",
            to: ["group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.kind)])
        return operation
    }
}
