package import Facts

/// An object as the API gave it: its bytes for the evidence, and the same as a tree for those who read it.
package struct KubernetesObject: Hashable, Sendable {
    /// As received. For an element of a list or of a watch: its own JSON.
    package let raw: [UInt8]
    package let json: JSONValue
    /// `Warning` headers of the answer, their texts; empty for list elements and watched objects.
    package let warnings: [String]

    package init(raw: [UInt8], json: JSONValue, warnings: [String] = []) {
        self.raw = raw
        self.json = json
        self.warnings = warnings
    }

    package var metadata: JSONValue? { json["metadata"] }
    /// Empty for elements of a list, whose kind only the list states.
    package var kind: String { json["kind"]?.text ?? "" }
    package var name: String { metadata?["name"]?.text ?? "" }
    package var namespace: String? { metadata?["namespace"]?.text }
    /// Empty where the server gave none (a dry run of old servers, a review).
    package var uid: String { metadata?["uid"]?.text ?? "" }
    package var resourceVersion: String { metadata?["resourceVersion"]?.text ?? "" }
    package func label(_ key: String) -> String? { metadata?["labels"]?[key]?.text }
    package func annotation(_ key: String) -> String? { metadata?["annotations"]?[key]?.text }
}

/// One page of a list.
package struct KubernetesPage: Sendable {
    package let items: [KubernetesObject]
    /// The version of the collection that all pages of this list show.
    package let resourceVersion: String
    /// True for the first page. A list whose continuation has expired starts over: what came before this page is then void.
    package let isFirst: Bool
    /// How many more the server says there are; `nil` when it does not say, as with selectors.
    package let remaining: Int?

    package init(items: [KubernetesObject], resourceVersion: String, isFirst: Bool, remaining: Int?) {
        self.items = items
        self.resourceVersion = resourceVersion
        self.isFirst = isFirst
        self.remaining = remaining
    }
}

/// A whole list.
package struct KubernetesList: Sendable {
    package let items: [KubernetesObject]
    package let resourceVersion: String
}
