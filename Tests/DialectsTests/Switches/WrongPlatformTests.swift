import Dialects
import Facts
import Testing

@Suite("Output of another platform")
struct WrongPlatformTests {
    /// Platforms that print the same tables of the kernel.
    private static let linux: Set<String> = ["linux", "cumulus", "sonic"]
    /// Platforms whose VLAN, interface and LLDP tables have one form; their rows mean the same on each.
    private static let ciscoLike: Set<String> = ["eos", "nxos", "ios"]

    @Test("is an error or unread lines, never rows and never an empty table", arguments: SwitchFixture.all)
    func refused(_ fixture: SwitchFixture) throws {
        for entry in DialectCatalogue.all where entry.table == fixture.table && entry.platform != fixture.platform {
            if Self.linux.contains(entry.platform), Self.linux.contains(fixture.platform) { continue }
            if Self.ciscoLike.contains(entry.platform), Self.ciscoLike.contains(fixture.platform),
                !["mac-table", "arp-table"].contains(fixture.table)
            {
                continue
            }
            // Enterprise SONiC and OS10 come from one command line and print one form of VLANs.
            if fixture.testDescription == "sonic/vlans/enterprise.txt", entry.platform == "os10" { continue }
            guard Platform(rawValue: entry.platform) != nil else { continue }
            guard let table = try? entry.parse(fixture.text) else { continue }
            #expect(table.rows.isEmpty && !table.unread.isEmpty, "\(fixture.testDescription) as \(entry.name)")
        }
    }

    private static let brocade = """
        Port   Prio Path  State       Fwd    Design  Designated       Designated
        1/1/1  80   0     DISABLED    0      0       0000000000000000 0000000000000000
        1/1/9  80   2     FORWARDING  1      0       0000000000000000 0000000000000000

        Spanning-tree is not configured on port-vlan 10

        """

    @Test("is said in words an operator knows")
    func sentence() throws {
        let text = try SwitchFixture.named("nxos/mac-table/vpc.txt")
        let entry = try #require(DialectCatalogue.entry(named: "junos/mac-table"))
        let error = #expect(throws: DialectError.self) { try entry.parse(text) }
        #expect(error?.description == "expected a Junos MAC table; this is NX-OS output")
    }

    @Test("is told also where Cisco-like devices share a table's columns", arguments: ["nxos/lldp", "ios/lldp"])
    func lldp(_ name: String) throws {
        let text = try SwitchFixture.named("eos/lldp/table.txt")
        let entry = try #require(DialectCatalogue.entry(named: name))
        let error = #expect(throws: DialectError.self) { try entry.parse(text) }
        #expect(error?.description.hasSuffix("this is EOS output") == true, "\(error?.description ?? "")")
    }

    @Test(
        "of a table without the title is neither rows nor an empty table",
        arguments: [
            ("junos/lldp", "LLDP Neighbor Information\n=========================\nTotal Neighbor Entries          : 6\n"),
            ("junos/lldp", "ap-building-1  default  305  192.0.2.1  Up  2d:17h:8m:4s  2Sf\n"),
            ("junos/lldp", "loopback117    vlan704    up    up\n"),
            ("ios/vlans", "103   up   up   No   0   1   active\n"),
            ("eos/vlans", "5 minute input rate 0 pkts/sec, port is inactive\n"),
            ("junos/mac-table", "Interface 1/1/1 is up\n Hardware: Ethernet, MAC Address: 02:00:5e:40:00:01\n"),
            ("junos/mac-table", "  MAC Address: 02:00:5e:40:00:01\n  Interface: dedicated-1\n"),
            ("junos/vlans", "Topology Group 10\nVLAN: 10  - e 1/1 e 1/14\nVLAN: 200  - e 1/6\n"),
            ("junos/spanning-tree", Self.brocade), ("ios/spanning-tree", Self.brocade), ("os10/spanning-tree", Self.brocade),
            ("linux/lshw-businfo", "  2 input errors, 1 CRC, 0 frame\n  Current system time: 12:02\n"),
            ("linux/kernel-parameters", "Total active entries from all ports = 8\n"),
        ])
    func untitled(_ name: String, _ text: String) throws {
        let entry = try #require(DialectCatalogue.entry(named: name))
        guard let table = try? entry.parse(text) else { return }
        #expect(table.rows.isEmpty && !table.statedEmpty && !table.unread.isEmpty, "\(name): \(table.rows.map(\.compactText))")
    }
}
