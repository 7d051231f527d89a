import Facts
import Testing

@testable import Dialects

/// Small texts, each of which was once read otherwise: which interfaces, VLANs or addresses come out of it, and which of its
/// lines stay unread.
@Suite("What was once read otherwise")
struct MendedReadersTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let what: String
        let text: String
        /// The first member of each row.
        let rows: [String]
        let unread: [Int]

        var testDescription: String { "\(name): \(what)" }
    }

    @Test("is read as it stands", arguments: cuts + words + heads)
    func reads(_ one: Case) throws {
        let table = try #require(DialectCatalogue.entry(named: one.name)).parse(one.text)
        let first = table.rows.map { row in
            ["interface", "localInterface", "vlanId", "ip"].lazy.compactMap { row[$0]?.text ?? row[$0]?.int.map(String.init) }
                .first ?? ""
        }
        #expect(first == one.rows)
        #expect(table.unread.map(\.number) == one.unread)
    }

    /// Rows that lost their ends. What is short may be the end of the row above as well, which is then unread too.
    static let cuts: [Case] = [
        Case(
            name: "cumulus/arp-table", what: "a neighbour without its port",
            text: """
                Neighbor     MAC                Interface  AF    STATE
                -----------  -----------------  ---------  ----  ---------
                192.0.2.11   02:00:5e:40:00:11  vlan201    IPv4  REACHABLE
                192.0.2.12   02:00:5e:40:00:12

                """, rows: [], unread: [3, 4]),
        Case(
            name: "cumulus/lldp", what: "a port without a neighbour",
            text: """
                LocalPort  Speed  Mode     RemoteHost       RemotePort
                ---------  -----  -------  ---------------  ----------
                swp1       1G     Default  worker1          ens1f0
                swp2       1G     Default

                """, rows: [], unread: [3, 4]),
        Case(
            name: "cumulus/interfaces", what: "a port without its mode",
            text: """
                State  Name  Spd  MTU   Mode      LLDP          Summary
                -----  ----  ---  ----  --------  ------------  ----------------
                UP     swp1  25G  9216  Trunk/L2  worker1 (e1)  Master: br(UP)
                UP     swp2  25G

                """, rows: [], unread: [3, 4]),
        Case(
            name: "junos/lldp", what: "a chassis that is a piece of an address",
            text: """
                Local Interface    Parent Interface    Chassis Id          Port info          System Name
                ge-0/0/1           -                   02:00:5e:40:00:01   ens1f0             worker1
                ge-0/0/2           -                   02:00:5e:40:0       ens1f0             worker2

                """, rows: [], unread: [2, 3]),
        Case(
            name: "junos/lldp", what: "a local port cut before its number",
            text: """
                LLDP Neighbor Information:
                Local Information:
                Local Interface    : ge-
                Chassis ID         : 02:00:5e:40:00:01

                """, rows: [], unread: [3]),
        Case(
            name: "os10/lldp", what: "a chassis that is a piece of an address",
            text: """
                Loc PortID          Rem Host Name        Rem Port Id                    Rem Chassis Id
                --------------------------------------------------------------------------------------
                ethernet1/1/1       worker1              ens1f0                         02:00:5e:40:00:01
                ethernet1/1/2       worker2              ens1f0                         02:00:5e

                """, rows: ["ethernet1/1/1"], unread: [4]),
        Case(
            name: "nxos/interfaces", what: "states cut in the middle",
            text: """
                Interface            IP Address      Interface Status
                Vlan201              192.0.2.1       protocol-up/link-up/admin-up
                Vlan202              192.0.2.129     protocol-up/link-up/adm

                """, rows: ["Vlan201"], unread: [3]),
        Case(
            name: "nxos/interfaces", what: "an admin state cut in the middle",
            text: """
                Ethernet1/1 is up
                admin state is up, Dedicated Interface
                Ethernet1/2 is up
                admin state is u

                """, rows: ["Ethernet1/1"], unread: [3, 4]),
        Case(
            name: "ios/lldp", what: "a paragraph's first line without its value",
            text: """
                ------------------------------------------------
                Local Intf: Gi1/0/1
                Chassis id: 0200.5e40.0001
                Port id: ens1f0
                ------------------------------------------------
                Local Intf:

                """, rows: ["Gi1/0/1"], unread: [6]),
    ]

    /// Rows whose heading was not understood, above one that was: no row of the first table is passed over.
    static let heads: [Case] = [
        Case(
            name: "junos/vlans", what: "a header broken in a word, and the next one whole",
            text: """
                Name        Tag     Interfa ces
                workers     201
                                    ge-0/0/2.0*, ge-0/0/3.0*

                Name        Tag     Interfaces
                storage     202
                                    ge-0/0/4.0*

                """, rows: ["202"], unread: [2, 3]),
        Case(
            name: "junos/vlans", what: "a name with punctuation",
            text: """
                Name           Tag     Interfaces
                rack.7_a+b     201
                                       ge-0/0/2.0*
                +-.            202
                                       ge-0/0/4.0*

                """, rows: ["201"], unread: [4, 5]),
        Case(
            name: "cumulus/interfaces", what: "a name with nothing behind it",
            text: """
                Interface  Admin Status  Oper Status  Speed  MTU
                ---------  ------------  -----------  -----  -----
                swp1       up            up           25G    9216
                swp2

                """, rows: [], unread: [3, 4]),
        Case(
            name: "nxos/arp-table", what: "an address whose MacAddr is lost",
            text: """
                IPv6 Adjacency Table for all VRFs
                Address :  2001:db8:201::2
                Age :  00:00:10
                MacAddr :  0200.5e40.0002
                Interface :  Vlan201
                Address :  2001:db8:201::3
                Age :  00:00:10
                Interface :  Vlan201

                """, rows: ["Vlan201"], unread: [6]),
        Case(
            name: "nxos/arp-table", what: "an entry without address and without `incomplete`",
            text: """
                {"TABLE_vrf": {"ROW_vrf": {"TABLE_adj": {"ROW_adj": [
                {"intf-out": "Vlan201", "ip-addr-out": "192.0.2.1", "mac": "0200.5e40.0001"},
                {"intf-out": "Vlan201", "ip-addr-out": "192.0.2.3", "time-stamp": "00:00:07"},
                {"intf-out": "Vlan202", "ip-addr-out": "192.0.2.4", "incomplete": "true"}
                ]}}}}

                """, rows: ["Vlan201", "Vlan202"], unread: [1]),
    ]

    @Test("A legend whose last line is lost ends at the header, or at the first port", arguments: [false, true])
    func openLegend(_ hasHeader: Bool) throws {
        var lines = try SwitchFixture.named("junos/vlans/switching-interfaces-els.txt").split(separator: "\n")
        lines.removeAll { $0.contains("SCTL") || !hasHeader && ($0.hasPrefix("Logical  ") || $0.hasPrefix("interface  ")) }
        let entry = try #require(DialectCatalogue.entry(named: "junos/vlans"))
        let text = lines.joined(separator: "\n") + "\n"
        guard hasHeader else {
            #expect((try? entry.parse(text))?.unread.isEmpty != true)
            return
        }
        #expect(try entry.parse(text).rows.count == 3)
    }

    @Test("No-break spaces and tabs of a paste are blanks", arguments: SwitchFixture.all.filter(\.isText))
    func pastes(_ fixture: SwitchFixture) throws {
        let entry = try #require(fixture.entry)
        let text = try fixture.text
        let whole = try entry.parse(text)
        let pasted = try entry.parse(text.replacing("  ", with: " \u{a0}"))
        #expect(pasted == whole)
        let tabbed = text.replacing(#/(?<before>\S) {2,}/#) { "\($0.output.before)\t" }
        guard let table = try? entry.parse(tabbed), table.unread.isEmpty, whole.unread.isEmpty else { return }
        #expect(table.rows == whole.rows)
    }

    /// Words that stand where they were not expected.
    static let words: [Case] = [
        Case(
            name: "ios/interfaces", what: "two rows on one line are none",
            text: """
                Interface              IP-Address      OK? Method Status                Protocol
                Vlan201                192.0.2.1       YES manual up                    up
                Vlan202                192.0.2.129     YES manual up                    up Vlan203

                """, rows: ["Vlan201"], unread: [3]),
        Case(
            name: "eos/interfaces", what: "a name that says a state",
            text: """
                Port       Name            Status       Vlan     Duplex Speed  Type            Flags Encapsulation
                Et1        disabled in 3   connected    201      full   25G    25GBASE-CR
                Et2        connected 5     suspndByV    trunk    full   25G    25GBASE-CR

                """, rows: ["Et1", "Et2"], unread: []),
        Case(
            name: "ios/interfaces", what: "an interface of a kind that is not known, with an address of its own",
            text: """
                Vlan201 is up, line protocol is up
                  Internet address is 192.0.2.1/24
                Quux7 is up, line protocol is down
                  Internet address is 198.51.100.1/24

                """, rows: ["Vlan201", "Quux7"], unread: []),
        Case(
            name: "ios/interfaces", what: "an interface of the IPv6 list behind a blank",
            text: """
                Vlan201                [up/up]
                    2001:DB8:201::1
                 TenGigabitEthernet4/12 [administratively down/down]
                    unassigned
                Vlan202                [up/up]
                    quux

                """, rows: ["Vlan201", "TenGigabitEthernet4/12", "Vlan202"], unread: [6]),
        Case(
            name: "os10/vlans", what: "a bracket that is not closed",
            text: """
                    NUM    Status    Description                     Q Ports
                    201    Active    workers                         T Eth1/1/1-1/1/2
                    202    Active    storage                         T Po1(Te 0/0-1

                """, rows: ["201"], unread: [3]),
        Case(
            name: "linux/links", what: "a link without an address",
            text: """
                3: can0: <NOARP,UP,LOWER_UP> mtu 16 qdisc pfifo_fast state UP mode DEFAULT group default qlen 10
                    link/can

                """, rows: ["can0"], unread: []),
    ]

    @Test("The state of a port is that of its column, whatever its name says")
    func stateOfItsColumn() throws {
        let text = try #require(Self.words.first { $0.what == "a name that says a state" }).text
        let rows = try #require(DialectCatalogue.entry(named: "eos/interfaces")).parse(text).rows
        #expect(rows.map { $0["operUp"] } == [.bool(true), .bool(false)])
        #expect(rows.map { $0["adminUp"] } == [.bool(true), .bool(true)])
    }

    @Test("A VLAN over the link between two VLT peers is tagged with `V`, untagged with `v`")
    func peerLinks() throws {
        let text = """
                NUM    Status    Description                     Q Ports
                201    Active    workers                         V Po1
                202    Active    storage                         v Po1

            """
        let rows = try #require(DialectCatalogue.entry(named: "os10/vlans")).parse(text).rows
        #expect(rows.map { $0["members"]?.elements?.first?["tagged"] } == [.bool(true), .bool(false)])
    }
}
