internal import Facts

/// In which form a client wants objects: whole, as their metadata alone, or as rows of a table.
///
/// - Source: the `Accept` header as kubectl sends it; Kubernetes documentation, "Receiving resources as Tables".
enum ObjectForm: Hashable, Sendable {
    case whole
    case metadata
    /// What each row carries of its object: `None`, `Metadata` or `Object`.
    case table(include: String)

    /// The first form in the header that is served here.
    init(_ request: APIRequest) {
        for choice in request.words("accept") {
            let words = choice.split(separator: ";").map(String.init)
            guard let type = words.first else { continue }
            if words.contains("as=Table"), words.contains("g=meta.k8s.io") {
                self = .table(include: request.parameter("includeObject") ?? "Metadata")
                return
            }
            if words.contains("as=PartialObjectMetadata") || words.contains("as=PartialObjectMetadataList") {
                self = .metadata
                return
            }
            if ["application/json", "*/*", "application/*"].contains(type) { break }
        }
        self = .whole
    }

    /// One object in this form.
    func shape(_ object: JSONValue, kind: ResourceKind, version: Int?) -> JSONValue {
        switch self {
        case .whole: return object
        case .metadata: return Self.metadata(of: object)
        case .table(let include):
            return Table.of(
                [object], kind: kind, include: include, metadata: version.map { ["resourceVersion": .string(String($0))] } ?? [:])
        }
    }

    static func metadata(of object: JSONValue) -> JSONValue {
        ["kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": object["metadata"] ?? [:]]
    }

    /// A list in this form. A true server leaves kind and version out of the items of built-in lists and writes both in custom ones.
    func shape(_ list: StoreList, kind: ResourceKind, continueToken: String?) -> JSONValue {
        var metadata: JSONValue = ["resourceVersion": .string(String(list.resourceVersion))]
        if let continueToken { metadata.set("continue", to: .string(continueToken)) }
        if let remaining = list.remaining { metadata.set("remainingItemCount", to: .integer(remaining)) }
        switch self {
        case .table(let include): return Table.of(list.items, kind: kind, include: include, metadata: metadata)
        case .metadata:
            return [
                "kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
                "items": .array(list.items.map(Self.metadata)),
            ]
        case .whole where kind.isCustom:
            return [
                "apiVersion": .string(kind.apiVersion), "items": .array(list.items), "kind": .string(kind.kind + "List"),
                "metadata": .object(
                    [.init("continue", .string(continueToken ?? ""))]
                        + (metadata.members ?? []).filter { $0.key == "remainingItemCount" }
                        + (metadata.members ?? []).filter { $0.key == "resourceVersion" }),
            ]
        case .whole:
            let items = list.items.map { $0.filteringMembers { $0.key != "kind" && $0.key != "apiVersion" } }
            return [
                "kind": .string(kind.kind + "List"), "apiVersion": .string(kind.apiVersion), "metadata": metadata,
                "items": .array(items),
            ]
        }
    }
}
