internal import Documents
internal import Facts

/// The networks that a pod asks Multus for, as its annotation says them.
///
/// - Source: multi-net-spec v1.3 §4.1; Multus takes the text for JSON when any of `[ { "` is in it.
struct NetworksAnnotation {
    struct Element {
        let namespace: String?
        let name: String
        let interface: String?
        /// Each with its place.
        let addresses: [DocumentNode]
        let mac: DocumentNode?
        /// Where the element, the name and the interface stand.
        let mark: Mark
        let nameMark: Mark
        let interfaceMark: Mark
    }

    let elements: [Element]

    init(_ node: DocumentNode, in source: SourceText, _ draft: Draft) {
        let text = node.text ?? ""
        if text.contains(where: { "[{\"".contains($0) }) {
            elements = Self.list(node, source, draft)
        } else {
            elements = text.split(separator: ",").compactMap { Self.short($0, at: node.mark, draft) }
        }
    }

    /// `[namespace/]name[@interface]`.
    private static func short(_ item: Substring, at mark: Mark, _ draft: Draft) -> Element? {
        let trimmed = String(item.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        let halves = trimmed.split(separator: "@", omittingEmptySubsequences: false)
        let parts = halves.first?.split(separator: "/", omittingEmptySubsequences: false) ?? []
        guard (1...2).contains(halves.count), (1...2).contains(parts.count), let name = parts.last,
            (parts + halves.dropFirst()).allSatisfy({ !$0.isEmpty })
        else {
            draft.report("manifest", at: mark, "a network is named [namespace/]name[@interface] here; '\(trimmed)' was seen")
            return nil
        }
        return Element(
            namespace: parts.count == 2 ? String(parts[0]) : nil, name: String(name),
            interface: halves.count == 2 ? String(halves[1]) : nil, addresses: [], mac: nil, mark: mark, nameMark: mark,
            interfaceMark: mark)
    }

    private static func list(_ node: DocumentNode, _ source: SourceText, _ draft: Draft) -> [Element] {
        let embedded = EmbeddedJSON(node, in: source)
        for problem in embedded.problems {
            draft.report(
                problem.code, at: problem.mark, problem.sentence, suggestion: problem.suggestion, related: problem.related)
        }
        guard let root = embedded.root else { return [] }
        guard let items = root.elements else {
            draft.report("manifest", at: root.mark, "the networks are a list in JSON; \(root.kind) was seen")
            return []
        }
        return items.compactMap { element($0, draft) }
    }

    private static func element(_ item: DocumentNode, _ draft: Draft) -> Element? {
        guard let name = item["name"]?.text else {
            draft.report("manifest", at: item.mark, "a network selection needs a \"name\"; \(item.kind) was seen")
            return nil
        }
        let ips = item["ips"]
        if let ips, ips.elements == nil {
            draft.report(
                "manifest", at: ips.mark, "Multus takes a list for \"ips\"; \(ips.kind) was seen", suggestion: "put it in [ ]")
        }
        return Element(
            namespace: item["namespace"]?.text, name: name, interface: item["interface"]?.text, addresses: ips?.elements ?? [],
            mac: item["mac"], mark: item.mark, nameMark: item["name"]?.mark ?? item.mark,
            interfaceMark: item["interface"]?.mark ?? item.mark)
    }
}
