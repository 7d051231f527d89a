internal import Facts

extension APIHandler {
    /// Everything that is no resource: health, version, discovery, OpenAPI.
    func answerPath(_ request: APIRequest) async throws(StoreRefusal) -> APIAnswer {
        guard request.method == "GET" || request.method == "HEAD" else { return .noSuchPath }
        let discovery = Discovery(kinds: await store.kinds)
        let wantsAggregated = request.words("accept").contains { $0.contains("as=APIGroupDiscoveryList") }
        switch request.parts.count {
        case 1 where ["healthz", "livez", "readyz"].contains(request.parts[0]): return .text("ok")
        case 1 where request.parts[0] == "version": return .json(Discovery.version)
        case 1 where request.parts[0] == "api": return discovery.legacyRoot(aggregated: wantsAggregated)
        case 1 where request.parts[0] == "apis": return discovery.groups(aggregated: wantsAggregated)
        case 2 where request.parts[0] == "api" && request.parts[1] == "v1":
            return .json(discovery.resources(group: "", version: "v1"))
        case 2 where request.parts[0] == "apis":
            return discovery.group(request.parts[1]).map { .json($0) } ?? .noSuchPath
        case 3 where request.parts[0] == "apis":
            let (group, version) = (request.parts[1], request.parts[2])
            guard discovery.kinds.contains(where: { $0.group == group && $0.version == version }) else { return .noSuchPath }
            return .json(discovery.resources(group: group, version: version))
        default: return try await openAPI(request)
        }
    }

    private func openAPI(_ request: APIRequest) async throws(StoreRefusal) -> APIAnswer {
        guard request.parts.starts(with: ["openapi", "v3"]) else { return .noSuchPath }
        let kinds = await store.kinds
        let document = OpenAPI(kinds: kinds, customDocuments: await store.customDocuments)
        let rest = request.parts.dropFirst(2)
        if rest.isEmpty { return .json(document.index) }
        let group = rest.first == "apis" && rest.count == 3 ? rest[rest.startIndex + 1] : ""
        let version = rest.last ?? ""
        guard ["api", "apis"].contains(rest.first), kinds.contains(where: { $0.group == group && $0.version == version }) else {
            return .noSuchPath
        }
        return .json(document.document(group: group, version: version))
    }
}
