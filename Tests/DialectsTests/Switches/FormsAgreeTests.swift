import Dialects
import Facts
import Testing

@Suite("One table in several forms")
struct FormsAgreeTests {
    @Test(
        "gives equal records",
        arguments: [
            ("junos/mac-table", ["non-els-seed.txt", "non-els-brief.xml", "non-els-brief-json.json"]),
            ("junos/mac-table", ["els-brief.txt", "els-brief-xml.xml"]),
            ("junos/arp-table", ["resolved.txt", "normal.xml"]),
            ("junos/vlans", ["non-els-extensive.txt", "non-els-detail.xml", "els-detail.xml"]),
            ("junos/vlans", ["switching-interfaces-detail.xml", "switching-interfaces-els-detail.xml"]),
            ("nxos/mac-table", ["list.json", "tables.json", "show.xml"]),
            ("nxos/arp-table", ["detail.txt", "all.json"]),
            ("eos/arp-table", ["vrf-all.txt", "vrf-all-json.json"]),
            ("junos/spanning-tree", ["vstp.txt", "vstp-xml.xml", "vstp-json.json"]),
            ("junos/aggregates", ["terse.txt", "terse-xml.xml"]),
            ("cumulus/aggregates", ["bonds.txt", "bonds-json.json"]),
        ])
    func equal(_ table: (name: String, files: [String])) throws {
        let entry = try #require(DialectCatalogue.entry(named: table.name))
        let rows = try table.files.map { try entry.parse(SwitchFixture.named("\(table.name)/\($0)")).rows }
        for other in rows.dropFirst() { #expect(other == rows[0], "\(table.name) \(table.files)") }
    }
}
