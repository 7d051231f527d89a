/// A name and what stands behind it: a counter of an interface, one of its features, a parameter of the kernel.
///
/// - Source: `ethtool -S`, `ethtool -k`, `/proc/cmdline`.
package struct NamedValue: Hashable, Sendable {
    package var name: String
    /// Nil for a parameter that has none, as `quiet`.
    package var value: String?
    /// True for a feature that cannot be changed (`[fixed]`); nil for everything that is no feature.
    package var isFixed: Bool?

    package init(name: String, value: String?, isFixed: Bool? = nil) {
        self.name = name
        self.value = value
        self.isFixed = isFixed
    }
}

extension NamedValue: Row {
    package var json: JSONValue {
        // A counter is a number.
        let number = value.flatMap { Int($0) }
        return [
            "name": .string(name), "value": number.map { .integer($0) } ?? .text(value), "fixed": .flag(isFixed),
        ]
    }
}
