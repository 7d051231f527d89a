/// One kind of object that the API serves, as discovery names it.
///
/// Two values are equal when group and plural are: those are what a path of the API and an RBAC rule name.
package struct ResourceKind: Sendable, CustomStringConvertible {
    /// Empty for the core group.
    package let group: String
    package let version: String
    /// `Pod`
    package let kind: String
    /// `pods`
    package let plural: String
    /// `pod`
    package let singular: String
    package let isNamespaced: Bool
    /// `po`, as kubectl abbreviates; may be empty.
    package let shortNames: [String]
    /// `all` for what `kubectl get all` lists; may be empty.
    package let categories: [String]
    /// Served because of a CustomResourceDefinition: no strategic merge patch, members sorted, unknown fields pruned by its schema.
    package let isCustom: Bool
    /// Written through `…/status` apart from the rest.
    package let hasStatus: Bool
    /// The server counts `metadata.generation` for it.
    package let countsGenerations: Bool
    /// What a custom kind's definition wants shown besides the name.
    let printerColumns: [PrinterColumn]
    /// Answered and forgotten (access reviews); nothing is stored.
    package let isTransient: Bool

    package init(
        group: String = "", version: String = "v1", _ kind: String, _ plural: String, singular: String? = nil,
        namespaced: Bool = true, short: [String] = [], categories: [String] = [], custom: Bool = false,
        status: Bool = false, generations: Bool = false, transient: Bool = false
    ) {
        self.init(
            group: group, version: version, kind, plural, singular: singular, namespaced: namespaced, short: short,
            categories: categories, custom: custom, status: status, generations: generations, transient: transient, columns: [])
    }

    init(
        group: String, version: String, _ kind: String, _ plural: String, singular: String?, namespaced: Bool, short: [String],
        categories: [String], custom: Bool, status: Bool, generations: Bool, transient: Bool, columns: [PrinterColumn]
    ) {
        self.group = group
        self.version = version
        self.kind = kind
        self.plural = plural
        self.singular = singular ?? kind.lowercased()
        self.isNamespaced = namespaced
        self.shortNames = short
        self.categories = categories
        self.isCustom = custom
        self.hasStatus = status
        self.countsGenerations = generations
        self.isTransient = transient
        printerColumns = columns
    }

    /// `v1`, `apps/v1`
    package var apiVersion: String { group.isEmpty ? version : group + "/" + version }

    /// `pods`, `daemonsets.apps`: how messages of the API name the resource.
    package var qualifiedPlural: String { group.isEmpty ? plural : plural + "." + group }

    package var description: String { qualifiedPlural }
}

/// A column of a custom kind's table.
struct PrinterColumn: Sendable {
    let name: String
    /// `string`, `integer`, `date`, …
    let type: String
    /// `.spec.config`: plain steps only.
    let path: [String]
    let priority: Int
}

extension ResourceKind: Hashable {
    package static func == (left: ResourceKind, right: ResourceKind) -> Bool {
        left.plural == right.plural && left.group == right.group
    }
    package func hash(into hasher: inout Hasher) {
        hasher.combine(plural)
        hasher.combine(group)
    }
}
