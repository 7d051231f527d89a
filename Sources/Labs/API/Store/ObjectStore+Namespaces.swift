internal import Facts

extension ObjectStore {
    /// - Throws: 404 for a namespace that does not exist; 403 for one that is being deleted.
    func checkOpen(namespace: String, for kind: ResourceKind, name: String) throws(StoreRefusal) {
        guard let space = shelves[.namespaces]?.objects[ObjectKey(namespace: nil, name: namespace)] else {
            throw .notFound(.namespaces, namespace)
        }
        guard space.text(at: "metadata", "deletionTimestamp") != nil else { return }
        let why = "namespace \(namespace) is being terminated"
        throw .forbidden(
            kind, name, "unable to create new content in namespace \(namespace) because it is being terminated",
            causes: [
                ["reason": "NamespaceTerminating", "message": .string(why), "field": "metadata.namespace"]
            ])
    }

    /// What the controllers of a true cluster put into each new namespace.
    func furnish(namespace: String) {
        // Nothing can refuse these two: the namespace was made a moment ago and is empty.
        _ = try? create(["metadata": ["name": "default"]], kind: .serviceAccounts, namespace: namespace)
        _ = try? create(
            [
                "metadata": [
                    "name": "kube-root-ca.crt",
                    "annotations": [
                        "kubernetes.io/description": "The certificate authority of this simulated cluster's API server."
                    ],
                ],
                "data": ["ca.crt": .string(certificateAuthority)],
            ], kind: .configMaps, namespace: namespace)
    }

    /// Deletes everything in a namespace, then the namespace; what does not go at once is told in its conditions.
    func empty(namespace: String) {
        for (kind, shelf) in shelves where kind.isNamespaced {
            for key in shelf.order where key.namespace == namespace {
                // Gone meanwhile is as good as deleted.
                _ = try? delete(kind, namespace: namespace, name: key.name)
            }
        }
        closeIfEmpty(namespace: namespace)
    }

    /// Removes a namespace under deletion once it holds nothing and nothing holds it.
    func closeIfEmpty(namespace: String) {
        let key = ObjectKey(namespace: nil, name: namespace)
        guard let space = shelves[.namespaces]?.objects[key], space.text(at: "metadata", "deletionTimestamp") != nil else {
            return
        }
        var rest: [(kind: ResourceKind, objects: [JSONValue])] = []
        for (kind, shelf) in shelves where kind.isNamespaced {
            let objects = shelf.order.filter { $0.namespace == namespace }.compactMap { shelf.objects[$0] }
            if !objects.isEmpty { rest.append((kind, objects)) }
        }
        rest.sort { $0.kind.qualifiedPlural < $1.kind.qualifiedPlural }
        if rest.isEmpty, (space.value(at: "metadata", "finalizers")?.elements ?? []).isEmpty {
            _ = take(space, kind: .namespaces, key: key)
            return
        }
        let conditions = Self.conditions(of: rest, at: now().seconds + "Z")
        // The namespace was there a moment ago, and an actor does one thing at a time.
        _ = try? change(.namespaces, name: namespace) { $0.set("status", "conditions", to: .array(conditions)) }
    }

    /// - Source: the namespace controller's conditions, `pkg/controller/namespace/deletion/status_condition_utils.go`.
    private static func conditions(of rest: [(kind: ResourceKind, objects: [JSONValue])], at time: String) -> [JSONValue] {
        func condition(_ type: String, _ isTrue: Bool, _ reason: String, _ message: String) -> JSONValue {
            [
                "type": .string(type), "status": isTrue ? "True" : "False", "lastTransitionTime": .string(time),
                "reason": .string(reason), "message": .string(message),
            ]
        }
        let counts = rest.map { "\($0.kind.plural).\($0.kind.group) has \($0.objects.count) resource instances" }
        var finalizers: [String: Int] = [:]
        for finalizer in rest.flatMap(\.objects).flatMap({ $0.value(at: "metadata", "finalizers")?.elements ?? [] }) {
            if let name = finalizer.text { finalizers[name, default: 0] += 1 }
        }
        let holding = finalizers.sorted { $0.key < $1.key }.map { "\($0.key) in \($0.value) resource instances" }
        return [
            condition("NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered", "All resources successfully discovered"),
            condition(
                "NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions",
                "All legacy kube types successfully parsed"),
            condition(
                "NamespaceDeletionContentFailure", false, "ContentDeleted",
                "All content successfully deleted, may be waiting on finalization"),
            counts.isEmpty
                ? condition("NamespaceContentRemaining", false, "ContentRemoved", "All content successfully removed")
                : condition(
                    "NamespaceContentRemaining", true, "SomeResourcesRemain",
                    "Some resources are remaining: " + counts.joined(separator: ", ")),
            holding.isEmpty
                ? condition(
                    "NamespaceFinalizersRemaining", false, "ContentHasNoFinalizers", "All content-preserving finalizers finished")
                : condition(
                    "NamespaceFinalizersRemaining", true, "SomeFinalizersRemain",
                    "Some content in the namespace has finalizers remaining: " + holding.joined(separator: ", ")),
        ]
    }
}
