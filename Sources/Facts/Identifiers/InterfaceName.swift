/// A network interface, kept as its device writes it and compared in a canonical form, so that what a scenario says
/// (`ge-0/0/9`, `Ethernet5`) meets what a table prints (`ge-0/0/9.0`, `Et5`).
package struct InterfaceName: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// As the device, or the scenario, writes it.
    package let printed: String

    package init(_ printed: some StringProtocol) { self.printed = String(printed) }
    package init(stringLiteral value: String) { self.init(value) }

    package var description: String { printed }
}
