internal import Facts

extension ObjectStore {
    /// Reads anew which kinds the stored CustomResourceDefinitions add.
    func readDefinitions() {
        let shelf = shelves[.customResourceDefinitions] ?? Shelf()
        let definitions = shelf.order.compactMap { shelf.objects[$0] }
        customKinds = definitions.flatMap(Self.kinds)
        customSchemas = [:]
        customDocuments = [:]
        for definition in definitions {
            guard let kind = Self.kinds(of: definition).first else { continue }
            let version = definition.value(at: "spec", "versions")?.elements?.first { $0.text(at: "name") == kind.version }
            guard let document = version?.value(at: "schema", "openAPIV3Schema") else { continue }
            customDocuments[kind] = document
            customSchemas[kind] = Schema.ofCustomKind(kind.kind, document: document)
        }
    }

    /// The type of a kind; nil for a custom kind whose definition says nothing of it.
    func schema(of kind: ResourceKind) -> Schema? { customSchemas[kind] ?? SchemaTable.schema(of: kind) }

    /// One kind per definition: its storage version, or the first that is served.
    private static func kinds(of definition: JSONValue) -> [ResourceKind] {
        let names = definition.value(at: "spec", "names") ?? .null
        let versions = (definition.value(at: "spec", "versions")?.elements ?? []).filter { $0["served"]?.bool == true }
        guard let version = versions.first(where: { $0["storage"]?.bool == true }) ?? versions.first,
            let group = definition.text(at: "spec", "group"), let kind = names.text(at: "kind"),
            let plural = names.text(at: "plural"), let name = version.text(at: "name")
        else { return [] }
        return [
            ResourceKind(
                group: group, version: name, kind, plural, singular: names.text(at: "singular"),
                namespaced: definition.text(at: "spec", "scope") == "Namespaced",
                short: (names.value(at: "shortNames")?.elements ?? []).compactMap(\.text),
                categories: (names.value(at: "categories")?.elements ?? []).compactMap(\.text), custom: true,
                status: version.value(at: "subresources", "status") != nil, generations: true, transient: false,
                columns: (version["additionalPrinterColumns"]?.elements ?? []).compactMap(column))
        ]
    }

    /// Paths with anything but plain steps are not read, and their columns left out.
    private static func column(_ column: JSONValue) -> PrinterColumn? {
        guard let name = column.text(at: "name"), let path = column.text(at: "jsonPath"),
            !path.contains(where: { "[]*?'\"".contains($0) })
        else { return nil }
        return PrinterColumn(
            name: name, type: column.text(at: "type") ?? "string", path: path.split(separator: ".").map(String.init),
            priority: column["priority"]?.int ?? 0)
    }

    /// With a definition go its objects.
    func removeInstances(of definition: JSONValue) {
        for kind in Self.kinds(of: definition) {
            for key in shelves[kind]?.order ?? [] {
                if let object = shelves[kind]?.objects[key] { _ = take(object, kind: kind, key: key) }
            }
        }
    }
}
