internal import Facts

extension APIHandler {
    func get(_ request: APIRequest, resource: RequestTarget.Resource, kind: ResourceKind) async throws(StoreRefusal) -> APIAnswer
    {
        let object = try await store.get(kind, namespace: resource.namespace, name: resource.name ?? "")
        let version = object.text(at: "metadata", "resourceVersion").flatMap(Int.init)
        return .json(ObjectForm(request).shape(object, kind: kind, version: version))
    }

    func list(_ request: APIRequest, resource: RequestTarget.Resource, kind: ResourceKind) async throws(StoreRefusal) -> APIAnswer
    {
        var query = try self.query(request, resource: resource, kind: kind)
        query.limit = request.parameter("limit").flatMap(Int.init)
        if let text = request.parameter("continue"), !text.isEmpty {
            let token = try ContinueToken(text)
            query.after = token.after
            query.at = token.version < 0 ? nil : token.version
        } else if let version = try version(request), version > 0 {
            if request.parameter("resourceVersionMatch") == "Exact" { query.at = version }
            let now = await store.resourceVersion
            if version > now { throw Self.tooLarge(version, now: now) }
        }
        do {
            let page = try await store.list(kind, query)
            let token = page.last.map { ContinueToken(version: page.resourceVersion, after: $0).text }
            return .json(ObjectForm(request).shape(page, kind: kind, continueToken: token))
        } catch {
            guard error.code == 410, let after = query.after else { throw error }
            throw Self.expired(after: after)
        }
    }

    func watch(_ request: APIRequest, resource: RequestTarget.Resource, kind: ResourceKind) async throws(StoreRefusal)
        -> APIAnswer
    {
        var query = try self.query(request, resource: resource, kind: kind)
        // `GET …/pods/NAME?watch=1` watches that one object.
        if let name = resource.name {
            query.fields = FieldSelector(
                requirements: query.fields.requirements + [.init(field: "metadata.name", value: name, isEqual: true)])
        }
        let asked = try version(request)
        let wantsInitial = request.parameter("sendInitialEvents").map { $0 == "true" } ?? ((asked ?? 0) == 0)
        var refusal: StoreRefusal?
        var changes = AsyncStream<StoreEvent> { $0.finish() }
        var initial: StoreList?
        do {
            if wantsInitial {
                let start = try await store.listAndWatch(kind, query)
                (initial, changes) = (start.list, start.changes)
            } else {
                changes = try await store.watch(kind, namespace: query.namespace, from: asked)
            }
        } catch {
            refusal = error
        }
        return APIAnswer(
            status: 200,
            content: .watch(
                WatchAnswer(
                    kind: kind, query: query, initial: initial, changes: changes,
                    wantsBookmarks: request.flag("allowWatchBookmarks"),
                    tellsInitialEnd: wantsInitial && request.flag("sendInitialEvents"),
                    timeout: .seconds(request.parameter("timeoutSeconds").flatMap(Int.init) ?? 2700),
                    form: ObjectForm(request), refusal: refusal)))
    }

    func query(_ request: APIRequest, resource: RequestTarget.Resource, kind: ResourceKind) throws(StoreRefusal) -> ListQuery {
        var query = ListQuery(namespace: resource.namespace)
        if let text = request.parameter("labelSelector") {
            guard let labels = LabelSelector(text) else {
                throw .badRequest("unable to parse requirement: expected a label selector, saw \"\(text)\"")
            }
            query.labels = labels
        }
        if let text = request.parameter("fieldSelector"), !text.isEmpty { query.fields = try FieldSelector(text, kind: kind) }
        return query
    }

    /// - Throws: 500, as a true server answers to a version that is no number.
    private func version(_ request: APIRequest) throws(StoreRefusal) -> Int? {
        guard let text = request.parameter("resourceVersion"), !text.isEmpty else { return nil }
        guard let version = Int(text), version >= 0 else {
            throw StoreRefusal(
                code: 500, reason: nil,
                message: "resourceVersion: Invalid value: \"\(text)\": strconv.ParseUint: parsing \"\(text)\": invalid syntax")
        }
        return version
    }

    private static func tooLarge(_ version: Int, now: Int) -> StoreRefusal {
        StoreRefusal(
            code: 504, reason: "Timeout", message: "Timeout: Too large resource version: \(version), current: \(now)",
            details: [
                "causes": [["reason": "ResourceVersionTooLarge", "message": "Too large resource version"]],
                "retryAfterSeconds": 1,
            ])
    }

    private static func expired(after: ObjectKey) -> StoreRefusal {
        var refusal = StoreRefusal.expired(
            "The provided continue parameter is too old to display a consistent list result. You can start a new list without the"
                + " continue parameter, or use the continue token in this response to retrieve the remainder of the results."
                + " Continuing with the provided token results in an inconsistent list - objects that were created, modified, or"
                + " deleted between the time the first chunk was returned and now may show up in the list.")
        refusal.continueToken = ContinueToken(version: -1, after: after).text
        return refusal
    }
}
