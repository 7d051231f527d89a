internal import Facts

extension APIHandler {
    func create(_ request: APIRequest, resource: RequestTarget.Resource, kind: ResourceKind) async throws(StoreRefusal)
        -> APIAnswer
    {
        let sent = try body(of: request, kind: kind)
        if let inside = sent.text(at: "metadata", "namespace"), let asked = resource.namespace, inside != asked {
            throw .badRequest("the namespace of the provided object does not match the namespace sent on the request")
        }
        let written = try await store.write(
            new: sent, kind: kind, namespace: resource.namespace, options: try options(request, resource))
        return answer(written, request, kind: kind)
    }

    func update(_ request: APIRequest, resource: RequestTarget.Resource, kind: ResourceKind) async throws(StoreRefusal)
        -> APIAnswer
    {
        let sent = try body(of: request, kind: kind)
        let name = resource.name ?? ""
        let inside = sent.text(at: "metadata", "name") ?? ""
        guard inside == name else {
            throw .badRequest("the name of the object (\(inside)) does not match the name on the URL (\(name))")
        }
        let written = try await store.write(
            changed: kind, namespace: resource.namespace, name: name, options: try options(request, resource)
        ) { $0 = sent }
        return answer(written, request, kind: kind)
    }

    func patch(_ request: APIRequest, resource: RequestTarget.Resource, kind: ResourceKind) async throws(StoreRefusal)
        -> APIAnswer
    {
        if request.contentType == "application/apply-patch+yaml" {
            return try await apply(request, resource: resource, kind: kind)
        }
        let patch = try Patch(request, kind: kind)
        let written = try await store.write(
            changed: kind, namespace: resource.namespace, name: resource.name ?? "", options: try options(request, resource)
        ) { (object) throws(StoreRefusal) in
            let patched = try patch.applied(to: object)
            // A patch has no preconditions: a UID in it is a change like any other.
            if let uid = patched.text(at: "metadata", "uid"), uid != object.text(at: "metadata", "uid") {
                throw .invalid(kind, resource.name ?? "", [.invalid("metadata.uid", "\"\(uid)\"", "field is immutable")])
            }
            object = patched
        }
        return answer(written, request, kind: kind)
    }

    private func apply(_ request: APIRequest, resource: RequestTarget.Resource, kind: ResourceKind) async throws(StoreRefusal)
        -> APIAnswer
    {
        guard let manager = request.parameter("fieldManager"), !manager.isEmpty else {
            throw .invalid(
                group: "meta.k8s.io", kind: "PatchOptions", name: "", [.required("fieldManager", "is required for apply patch")])
        }
        var config = try RequestBody.object(request)
        guard (config.value(at: "metadata", "managedFields")?.elements ?? []).isEmpty else {
            throw .badRequest("metadata.managedFields must be nil")
        }
        let name = resource.name ?? ""
        config.set("metadata", "name", to: .string(name))
        if let namespace = resource.namespace { config.set("metadata", "namespace", to: .string(namespace)) }
        let written = try await store.apply(
            config, kind: kind, namespace: resource.namespace, name: name, isForced: request.flag("force"),
            options: try options(request, resource))
        return answer(written, request, kind: kind)
    }

    private func answer(_ written: Written, _ request: APIRequest, kind: ResourceKind) -> APIAnswer {
        var answer = APIAnswer.json(
            ObjectForm(request).shape(written.object, kind: kind, version: nil), status: written.isNew ? 201 : 200)
        for warning in written.warnings { answer.warn(warning) }
        return answer
    }

    func delete(_ request: APIRequest, resource: RequestTarget.Resource, kind: ResourceKind) async throws(StoreRefusal)
        -> APIAnswer
    {
        let wish = try DeleteWish(request)
        let name = resource.name ?? ""
        let deletion = try await store.delete(
            kind, namespace: resource.namespace, name: name, preconditions: wish.preconditions, graceSeconds: wish.graceSeconds,
            options: WriteOptions(fieldManager: request.fieldManager, origin: .client, isDryRun: wish.isDryRun))
        switch deletion {
        case .marked(let object): return .json(ObjectForm(request).shape(object, kind: kind, version: nil))
        case .removed(let object) where kind == .pods: return .json(ObjectForm(request).shape(object, kind: kind, version: nil))
        case .removed(let object): return .json(Self.deleted(object, kind: kind))
        }
    }

    func deleteAll(_ request: APIRequest, resource: RequestTarget.Resource, kind: ResourceKind) async throws(StoreRefusal)
        -> APIAnswer
    {
        let wish = try DeleteWish(request)
        let page = try await store.list(kind, try query(request, resource: resource, kind: kind))
        for object in page.items {
            do {
                _ = try await store.delete(
                    kind, namespace: object.text(at: "metadata", "namespace"), name: object.text(at: "metadata", "name") ?? "",
                    graceSeconds: wish.graceSeconds,
                    options: WriteOptions(fieldManager: request.fieldManager, origin: .client, isDryRun: wish.isDryRun))
            } catch  where error.code == 404 {
                // Gone since the list: what was wanted.
                continue
            }
        }
        return .json(ObjectForm(request).shape(page, kind: kind, continueToken: nil))
    }

    /// What a true server says of a deletion that is done.
    private static func deleted(_ object: JSONValue, kind: ResourceKind) -> JSONValue {
        var details: [JSONValue.Member] = [.init("name", object.value(at: "metadata", "name") ?? "")]
        if !kind.group.isEmpty { details.append(.init("group", .string(kind.group))) }
        details.append(.init("kind", .string(kind.plural)))
        details.append(.init("uid", object.value(at: "metadata", "uid") ?? ""))
        return [
            "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "details": .object(details),
        ]
    }

    /// The object in the body, which must be of the kind that the path names.
    private func body(of request: APIRequest, kind: ResourceKind) throws(StoreRefusal) -> JSONValue {
        let accepted = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"]
        guard request.contentType.isEmpty || accepted.contains(request.contentType) else { throw .unsupportedMediaType(accepted) }
        let object = try RequestBody.object(request)
        for (key, expected, what) in [
            ("apiVersion", kind.apiVersion, "API version"), ("kind", kind.kind, "kind"),
        ] {
            guard let seen = object[key]?.text, !seen.isEmpty, seen != expected else { continue }
            throw .badRequest("the \(what) in the data (\(seen)) does not match the expected \(what) (\(expected))")
        }
        return object
    }

    private func options(_ request: APIRequest, _ resource: RequestTarget.Resource) throws(StoreRefusal) -> WriteOptions {
        var options = WriteOptions(
            fieldManager: request.fieldManager, origin: .client, isDryRun: try RequestBody.isDryRun(request))
        options.subresource = resource.subresource
        switch request.parameter("fieldValidation") {
        case "Ignore": options.fieldValidation = .ignore
        case "Strict": options.fieldValidation = .strict
        default: options.fieldValidation = .warn
        }
        return options
    }
}
