import Facts
import Testing

@testable import Dialects

@Suite("Output of another table of the same platform")
struct WrongTableTests {
    /// What one output truly tells besides its own table: bundles from lists of interfaces, tags from subinterfaces; and
    /// the seed's captures, which hold the ARP table and the MAC table.
    private static let told: Set<String> = [
        "cumulus/aggregates as cumulus/interfaces", "cumulus/interfaces as cumulus/aggregates",
        "junos/aggregates as junos/interfaces", "junos/interfaces as junos/aggregates",
        "srlinux/interfaces as srlinux/vlans", "srlinux/vlans as srlinux/interfaces",
        "junos/arp-table as junos/mac-table", "junos/mac-table as junos/arp-table",
        "nxos/switch-ports as nxos/interfaces",
    ]

    @Test("is an error or unread lines, never rows and never an empty table", arguments: SwitchFixture.all)
    func refused(_ fixture: SwitchFixture) throws {
        for entry in DialectCatalogue.all where entry.platform == fixture.platform && entry.table != fixture.table {
            if Self.told.contains("\(fixture.platform)/\(fixture.table) as \(entry.name)") { continue }
            guard let table = try? entry.parse(fixture.text) else { continue }
            #expect(table.rows.isEmpty && !table.statedEmpty, "\(fixture.testDescription) as \(entry.name): \(table.rows.count)")
        }
    }

    @Test(
        "of iproute2's JSON likewise: every program names interfaces and destinations",
        arguments: [
            ("nodes/bridge/bridge-fdb.json", ["mac-table"]),
            ("nodes/bridge/bridge-vlan.json", ["vlans"]),
            ("forms/linux/spanning-tree/table.json", ["spanning-tree"]),
            ("nodes/bridge/ip-neigh-vlan.201.json", ["arp-table"]),
            ("nodes/routes/ip-route.json", ["routes"]),
        ])
    func iproute2(_ path: String, _ own: [String]) throws {
        let text = try Recorded.text(path)
        for entry in DialectCatalogue.all where ["linux", "sonic", "cumulus", "busybox"].contains(entry.platform) {
            guard !own.contains(entry.table), let table = try? entry.parse(text) else { continue }
            #expect(table.rows.isEmpty && !table.statedEmpty, "\(path) as \(entry.name): \(table.rows.count)")
        }
    }

    @Test(
        "is told where emptiness would be the wrong answer",
        arguments: [
            ("junos/aggregates", "switches/junos/interfaces/descriptions.txt"),
            ("srlinux/lldp", "forms/sonic/lldp/lldpd.json"), ("srlinux/lldp", "forms/nxos/lldp/table.xml"),
            ("srlinux/vlans", "forms/srlinux/arp-table/table.json"), ("srlinux/interfaces", "forms/srlinux/arp-table/table.json"),
            ("eos/interfaces", "forms/eos/mac-table/table.json"), ("os10/mac-table", "forms/os10/interfaces/table.xml"),
            ("os10/mac-table", "forms/os10/lldp/table.xml"), ("os10/lldp", "switches/os10/mac-table/bulk.xml"),
            ("linux/routes", "switches/junos/vlans/non-els.txt"), ("linux/kernel-parameters", "switches/os10/lldp/lldp.xml"),
        ])
    func notEmpty(_ name: String, _ path: String) throws {
        let entry = try #require(DialectCatalogue.entry(named: name))
        let text = try Recorded.text(path)
        guard let table = try? entry.parse(text) else { return }
        #expect(table.rows.isEmpty && !table.statedEmpty)
    }
}
