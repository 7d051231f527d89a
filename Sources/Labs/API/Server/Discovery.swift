internal import Facts

/// What the server says of the kinds that it serves.
///
/// - Source: the recordings `get-api`, `get-api_v1`, `get-apis` and `apis-aggregated`.
struct Discovery {
    let kinds: [ResourceKind]

    static let version: JSONValue = [
        "major": "1", "minor": "36", "emulationMajor": "1", "emulationMinor": "36", "minCompatibilityMajor": "1",
        "minCompatibilityMinor": "35", "gitVersion": "v1.36.2", "gitCommit": "plumbline-lab", "gitTreeState": "clean",
        "buildDate": "2026-11-23T00:00:00Z", "goVersion": "none", "compiler": "none", "platform": "linux/amd64",
    ]

    /// Group and version of every API but the core, in the order of the table.
    private var groupVersions: [(group: String, version: String)] {
        var seen: [(group: String, version: String)] = []
        for kind in kinds where !kind.group.isEmpty && !seen.contains(where: { $0 == (kind.group, kind.version) }) {
            seen.append((kind.group, kind.version))
        }
        return seen
    }

    func legacyRoot(aggregated: Bool) -> APIAnswer {
        if aggregated { return Self.aggregated([groupDiscovery("", versions: ["v1"])]) }
        return .json([
            "kind": "APIVersions", "versions": ["v1"],
            "serverAddressByClientCIDRs": [["clientCIDR": "0.0.0.0/0", "serverAddress": "127.0.0.1:6443"]],
        ])
    }

    func groups(aggregated: Bool) -> APIAnswer {
        let names = groupNames
        if aggregated { return Self.aggregated(names.map { groupDiscovery($0, versions: versions(of: $0)) }) }
        return .json(["kind": "APIGroupList", "apiVersion": "v1", "groups": .array(names.map { .object(groupMembers($0)) })])
    }

    /// One group; nil when it is not served.
    func group(_ name: String) -> JSONValue? {
        guard groupNames.contains(name) else { return nil }
        return .object([.init("kind", "APIGroup"), .init("apiVersion", "v1")] + groupMembers(name))
    }

    private var groupNames: [String] {
        var names: [String] = []
        for (group, _) in groupVersions where !names.contains(group) { names.append(group) }
        return names
    }

    private func versions(of group: String) -> [String] { groupVersions.filter { $0.group == group }.map(\.version) }

    private func groupMembers(_ name: String) -> [JSONValue.Member] {
        let versions: [JSONValue] = versions(of: name).map {
            ["groupVersion": .string(name + "/" + $0), "version": .string($0)]
        }
        return [
            .init("name", .string(name)), .init("versions", .array(versions)), .init("preferredVersion", versions.first ?? [:]),
        ]
    }

    private static let verbs: [JSONValue] = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]

    private func verbs(of kind: ResourceKind) -> JSONValue {
        if kind.isTransient { return ["create"] }
        // Namespaces are never deleted together.
        return .array(kind == .namespaces ? Self.verbs.filter { $0 != "deletecollection" } : Self.verbs)
    }

    /// Name, kind and verbs of a kind's subresources.
    private func subresources(of kind: ResourceKind) -> [(name: String, kind: String, verbs: JSONValue)] {
        var found: [(name: String, kind: String, verbs: JSONValue)] = []
        if kind == .pods {
            found.append(("ephemeralcontainers", "Pod", ["get", "patch", "update"]))
            found.append(("exec", "PodExecOptions", ["create", "get"]))
            found.append(("log", "Pod", ["get"]))
        }
        if kind.hasStatus { found.append(("status", kind.kind, ["get", "patch", "update"])) }
        return found
    }

    func resources(group: String, version: String) -> JSONValue {
        var resources: [JSONValue] = []
        for kind in kinds where kind.group == group && kind.version == version {
            var members: [JSONValue.Member] = [
                .init("name", .string(kind.plural)), .init("singularName", .string(kind.singular)),
                .init("namespaced", .bool(kind.isNamespaced)), .init("kind", .string(kind.kind)), .init("verbs", verbs(of: kind)),
            ]
            if !kind.shortNames.isEmpty { members.append(.init("shortNames", .array(kind.shortNames.map { .string($0) }))) }
            if !kind.categories.isEmpty { members.append(.init("categories", .array(kind.categories.map { .string($0) }))) }
            resources.append(.object(members))
            for subresource in subresources(of: kind) {
                resources.append([
                    "name": .string(kind.plural + "/" + subresource.name), "singularName": "",
                    "namespaced": .bool(kind.isNamespaced), "kind": .string(subresource.kind), "verbs": subresource.verbs,
                ])
            }
        }
        let groupVersion = group.isEmpty ? version : group + "/" + version
        var list: JSONValue = ["kind": "APIResourceList"]
        if !group.isEmpty { list.set("apiVersion", to: "v1") }
        list.set("groupVersion", to: .string(groupVersion))
        list.set("resources", to: .array(resources))
        return list
    }

    private static func aggregated(_ groups: [JSONValue]) -> APIAnswer {
        let list: JSONValue = [
            "kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "metadata": [:], "items": .array(groups),
        ]
        return APIAnswer(
            status: 200, headers: [("Vary", "Accept")],
            content: .bytes(list.wireBytes + [0x0a], type: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")
        )
    }

    private func groupDiscovery(_ group: String, versions: [String]) -> JSONValue {
        [
            "metadata": group.isEmpty ? [:] : ["name": .string(group)],
            "versions": .array(
                versions.map { version in
                    let found = kinds.filter { $0.group == group && $0.version == version }
                    return [
                        "version": .string(version), "resources": .array(found.map(resourceDiscovery)), "freshness": "Current",
                    ]
                }),
        ]
    }

    private func resourceDiscovery(_ kind: ResourceKind) -> JSONValue {
        func responseKind(_ name: String) -> JSONValue {
            // Built-in kinds leave group and version to be those of the list.
            [
                "group": .string(kind.isCustom ? kind.group : ""), "version": .string(kind.isCustom ? kind.version : ""),
                "kind": .string(name),
            ]
        }
        var members: [JSONValue.Member] = [
            .init("resource", .string(kind.plural)), .init("responseKind", responseKind(kind.kind)),
            .init("scope", kind.isNamespaced ? "Namespaced" : "Cluster"), .init("singularResource", .string(kind.singular)),
            .init("verbs", verbs(of: kind)),
        ]
        if !kind.shortNames.isEmpty { members.append(.init("shortNames", .array(kind.shortNames.map { .string($0) }))) }
        if !kind.categories.isEmpty { members.append(.init("categories", .array(kind.categories.map { .string($0) }))) }
        let subresources: [JSONValue] = subresources(of: kind).map {
            ["subresource": .string($0.name), "responseKind": responseKind($0.kind), "verbs": $0.verbs]
        }
        if !subresources.isEmpty { members.append(.init("subresources", .array(subresources))) }
        return .object(members)
    }
}
