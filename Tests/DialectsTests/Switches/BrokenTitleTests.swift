import Facts
import Testing

@testable import Dialects

/// A terminal or a pager broke the line that begins an entry: it is read whole or left unread, and what follows is not said of the
/// entry before.
///
/// Each text is the recording of that table in `fixtures/switches` with one break.
@Suite("Broken beginnings of entries")
struct BrokenTitleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let dialect: String
        /// The member of a row that names its entry.
        let key: String
        /// Every name that the text holds, the broken one first.
        let names: [String]
        let text: String
        var testDescription: String { "\(dialect) \(names[0])" }
    }

    static let cases = [
        Case(
            dialect: "srlinux/interfaces", key: "interface", names: ["irb0.201", "ethernet-1/1", "irb0"],
            text: """
                ethernet-1/1 is up, speed 25G, type None
                irb0 is up, speed None, type None
                  irb0.201
                is down, reason no-ip-addresses
                    Encapsulation   : null
                """),
        Case(
            dialect: "srlinux/interfaces", key: "interface", names: ["irb0.201", "irb0"],
            text: """
                irb0 is up, speed None, type None
                irb0.201
                is up
                 Encapsulation : null
                """),
        Case(
            dialect: "srlinux/interfaces", key: "interface", names: ["lag1", "ethernet-1/1"],
            text: """
                +---------------------+----------------+----------------+----------------+----------------+
                |        Port         |  Admin State   |   Oper State   |     Speed      |      Type      |
                +=====================+================+================+================+================+
                | ethernet-1/1        | enable         | up             | 25G            |                |
                | lag1 | enable | up | 20G
                | |
                +---------------------+----------------+----------------+----------------+----------------+
                """),
        Case(
            dialect: "srlinux/vlans", key: "name", names: ["bd-3", "bd-201"],
            text: """
                ethernet-1/1 is up, speed 10G, type None
                  ethernet-1/1.201 is up
                    Network-instance: bd-201
                    Encapsulation   : vlan-id 201
                  ethernet-1/1.3 is up
                    Network-instance: bd-3
                Encapsulation
                : vlan-id 3
                """),
        Case(
            dialect: "junos/vlans", key: "name", names: ["SRIOV_201", "default", "mgmt"],
            text: """
                Name Tag Interfaces
                default 
                 ge-0/0/12.0, ge-0/0/14.0*
                SRIOV_201 
                 201 
                 ge-0/0/1.0*, ge-0/0/9.0*
                mgmt 99 
                 None
                """),
        Case(
            dialect: "junos/vlans", key: "name", names: ["SRIOV_201"],
            text: """
                Name           Tag     Interfaces
                SRIOV_201      201     
                                       ge-0/0/1.0*, ae1.0*
                ,
                Nov 23 10:10:10 sw1 mgd[123]: UI_CMDLINE_READ_LINE: User 'lab'
                                       ge-0/0/20.0
                """),
        Case(
            dialect: "nxos/lldp", key: "localInterface", names: ["Eth1/9", "Eth1/50"],
            text: """
                Chassis id: 0200.5e74.0001
                Port id: PCI-ESlot1,Port2
                Local Port 
                id: Eth1/9
                System Name: worker1

                Chassis id: 0200.5e74.0003
                Port id: Ethernet1/50
                Local Port id: Eth1/50
                System Name: leaf2
                """),
        Case(
            dialect: "junos/lldp", key: "localInterface", names: ["ge-0/0/10", "ge-0/0/9"],
            text: """
                LLDP Neighbor Information:
                Local Information:
                Local Interface    : ge-0/0/9
                System name        : spine1
                Local Information:
                Local Interface
                : ge-0/0/10
                System name        : worker1
                """),
        Case(
            dialect: "nxos/interfaces", key: "interface", names: ["Lo0", "Vlan201"],
            text: """
                IP Interface Status for VRF "default"(1)
                Interface            IP Address      Interface Status
                Vlan201              192.168.201.1   protocol-up/link-up/admin-up       
                Lo0              
                    10.0.0.1        protocol-up/link-up/admin-up
                """),
    ]

    @Test(arguments: cases)
    func nothingIsLostInSilence(_ broken: Case) throws {
        let entry = try #require(DialectCatalogue.entry(named: broken.dialect))
        // An error is not silent.
        guard let table = try? entry.parse(broken.text + "\n") else { return }
        let read = Set(table.rows.compactMap { $0[broken.key]?.text })
        #expect(!table.unread.isEmpty || read.contains(broken.names[0]), "\(table.rows.map(\.compactText))")
        // An entry whose name was on the unread line may stand without it.
        #expect(read.subtracting([""]).isSubset(of: broken.names), "\(read)")
    }
}
