/// A name that is text with a meaning: two of different types never mix by accident.
package protocol Name: Hashable, Sendable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    var text: String { get }
    init(_ text: String)
}

extension Name {
    package var description: String { text }
    package init(stringLiteral value: String) { self.init(value) }
    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// A Kubernetes node, as the API names it and the scenario writes it (`worker1`).
package struct NodeName: Name {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// A switch or gateway device, as the scenario's inventory names it (`fabric-switch`).
package struct DeviceName: Name {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// An extended resource, prefix and name: `intel.com/intel_sriov_netdevice`.
package struct ResourceName: Name {
    package let text: String
    package init(_ text: String) { self.text = text }

    /// The variable in which the device plugin tells a container its PCI addresses.
    ///
    /// - Source: sriov-network-device-plugin: upper case, `.` and `/` become `_`, `-` stays.
    package var environmentVariable: String {
        "PCIDEVICE_"
            + String(text.uppercased().map { $0 == "." || $0 == "/" ? "_" : $0 })
    }
}
