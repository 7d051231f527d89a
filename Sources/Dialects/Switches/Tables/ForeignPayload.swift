internal import Facts

/// XML or JSON where a platform has none: the answer of something else.
enum ForeignPayload {
    static func refuse<Record>(_ tree: FieldTree, expecting: TableExpectation) throws(DialectError) -> Reading<Record> {
        try FieldRows(tree: tree, form: "").reading(isTable: false, expecting: expecting)
    }

    /// The platform whose structured output this is, by names that only it uses.
    static func platform(of tree: FieldTree) -> Platform? {
        for name in tree.names {
            if let platform = marks[name] { return platform }
            if name.hasPrefix("TABLE_") || name.hasPrefix("ROW_") { return .nxos }
            if name.hasPrefix("l2ng-") || name.hasPrefix("l2ald-") { return .junos }
        }
        return nil
    }

    private static let marks: [String: Platform] = [
        "unicastTable": .eos, "ipV4Neighbors": .eos, "ipV6Neighbors": .eos, "ipV4Neighbors[]": .eos,
        "interfaceStatuses": .eos, "lldpNeighbors": .eos, "portChannels": .eos,
        "stp-interface-information": .junos, "lacp-interface-information-list": .junos,
        "spanningTreeInstances": .eos, "ethernet-switching-table-information": .junos, "arp-table-information": .junos,
        "vlan-information": .junos, "interface-information": .junos, "lldp-neighbors-information": .junos, "fwd-table": .os10,
        "arp-info-table": .os10, "last-keys": .os10, "ifname": .linux, "lladdr": .linux,
    ]
}
