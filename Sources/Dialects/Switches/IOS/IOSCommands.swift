internal import Facts

/// What IOS and IOS-XE are asked; text is the only form. Old boxes spell the MAC table's command with a hyphen.
enum IOSCommands {
    static func fdb(vlanID: VLANID?) -> [Try<FDBEntry>] {
        let vlan = vlanID.map { " vlan \($0)" } ?? ""
        return [
            Try("show mac address-table" + vlan, "text", for: "MAC table", IOSMACTable.read),
            Try("show mac-address-table" + vlan, "text", for: "MAC table", IOSMACTable.read),
        ]
    }

    static let neighbours: [Try<NeighbourEntry>] = [
        Try("show ip arp", "text", for: "ARP table", IOSNeighbours.read),
        Try("show arp", "text", for: "ARP table", IOSNeighbours.read),
    ]

    static let entries: [DialectEntry] = [
        .rows(
            "ios/mac-table", commands: ["show mac address-table [vlan N]", "show mac-address-table"], forms: ["text"],
            standing: .restated, read: IOSMACTable.read),
        .rows(
            "ios/arp-table", commands: ["show ip arp", "show arp", "show ipv6 neighbors"], forms: ["text"], standing: .restated,
            read: IOSNeighbours.read),
    ]
}
