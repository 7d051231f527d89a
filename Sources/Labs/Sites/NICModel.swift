/// What a kind of network card shows of itself: identifiers, drivers and the words `lspci` and `lshw` have for it.
///
/// - Source: pci.ids; the seed's `lspci -vmmkns` and `lshw -c network -businfo`; `recordings/linux-igb`.
package struct NICModel: Hashable, Sendable {
    /// The name that site files use.
    package let name: String
    package let vendor: String
    package let device: String
    package let subsystemVendor: String
    package let subsystemDevice: String
    package let revision: String
    package let product: String
    package let driver: String
    /// Nil for cards with no SR-IOV.
    package let virtualFunction: VirtualFunctionModel?
    /// Link speed in Mb/s.
    package let speedMegabits: Int

    package static let all = [x540, x550, i82576, i350]
    package static func named(_ name: String) -> NICModel? { all.first { $0.name == name } }

    package static let x540 = NICModel(
        name: "x540", vendor: "8086", device: "1528", subsystemVendor: "1028", subsystemDevice: "1f61", revision: "01",
        product: "Ethernet Controller 10-Gigabit X540-AT2", driver: "ixgbe",
        virtualFunction: VirtualFunctionModel(
            device: "1515", product: "X540 Ethernet Controller Virtual Function", driver: "ixgbevf", total: 63, offset: 128,
            stride: 2, statesQueryRSS: true),
        speedMegabits: 10_000)

    package static let x550 = NICModel(
        name: "x550", vendor: "8086", device: "1563", subsystemVendor: "1028", subsystemDevice: "1fa8", revision: "01",
        product: "Ethernet Controller 10G X550T", driver: "ixgbe",
        virtualFunction: VirtualFunctionModel(
            device: "1565", product: "X550 Virtual Function", driver: "ixgbevf", total: 63, offset: 128, stride: 2,
            statesQueryRSS: true),
        speedMegabits: 10_000)

    package static let i82576 = NICModel(
        name: "82576", vendor: "8086", device: "10c9", subsystemVendor: "1af4", subsystemDevice: "1100", revision: "01",
        product: "82576 Gigabit Network Connection", driver: "igb",
        virtualFunction: VirtualFunctionModel(
            device: "10ca", product: "82576 Virtual Function", driver: "igbvf", total: 7, offset: 128, stride: 2,
            statesQueryRSS: false),
        speedMegabits: 1000)

    package static let i350 = NICModel(
        name: "i350", vendor: "8086", device: "1521", subsystemVendor: "1028", subsystemDevice: "1f60", revision: "01",
        product: "I350 Gigabit Network Connection", driver: "igb", virtualFunction: nil, speedMegabits: 1000)
}

/// The VF side of a card.
package struct VirtualFunctionModel: Hashable, Sendable {
    package let device: String
    package let product: String
    package let driver: String
    /// `sriov_totalvfs`.
    package let total: Int
    /// `sriov_offset` and `sriov_stride`.
    package let offset: Int
    package let stride: Int
    /// Whether the PF driver states `query_rss` for its VFs (ixgbe does, igb does not).
    package let statesQueryRSS: Bool
}
