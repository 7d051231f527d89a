/// Every table that can be read, by platform. One line a group; a new platform adds its own.
package enum DialectCatalogue {
    /// In the order in which `list dialects` prints them.
    package static let all: [DialectEntry] =
        NodeDialects.entries + PodDialects.entries + ClusterDialects.entries + SwitchDialects.entries

    /// The entry named `PLATFORM/TABLE`; nil when there is none.
    package static func entry(named name: String) -> DialectEntry? { all.first { $0.name == name } }
}
