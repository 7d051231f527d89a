import Facts
import Foundation
import Testing

@testable import Dialects

/// One table in several forms: the files of a folder of `fixtures/forms`.
struct TableForms: Sendable, CustomTestStringConvertible {
    let dialect: String
    /// Below `fixtures/forms`.
    let folder: String
    /// As a person counts them.
    let rows: Int
    /// What one of the forms truly does not carry, or prints in other words.
    let lacking: Set<String>

    init(_ dialect: String, in folder: String? = nil, rows: Int, lacking: Set<String> = []) {
        self.dialect = dialect
        self.folder = folder ?? dialect
        self.rows = rows
        self.lacking = lacking
    }

    static let root = SwitchFixture.folder.deletingLastPathComponent().appending(path: "forms")

    static let all: [TableForms] = [
        .init("junos/mac-table", rows: 3), .init("junos/arp-table", rows: 4),
        .init("junos/arp-table", in: "junos/arp-table-ipv6", rows: 3), .init("junos/lldp", rows: 4),
        .init("junos/vlans", rows: 3),
        .init("junos/vlans", in: "junos/vlans-by-port", rows: 3), .init("junos/interfaces", rows: 12),
        .init("junos/aggregates", rows: 1), .init("junos/aggregates", in: "junos/aggregates-lacp", rows: 1),
        .init("eos/mac-table", rows: 5), .init("eos/arp-table", rows: 3),
        .init("eos/arp-table", in: "eos/arp-table-ipv6", rows: 2), .init("eos/vlans", rows: 3), .init("eos/interfaces", rows: 5),
        // The short table has no chassis.
        .init("eos/lldp", rows: 2, lacking: ["chassisId"]), .init("eos/spanning-tree", rows: 3), .init("eos/aggregates", rows: 2),
        // JSON has one mode, and `access` for the text's `static access`.
        .init("eos/switch-ports", rows: 2, lacking: ["configuredMode", "mode"]),
        .init("nxos/mac-table", rows: 5), .init("nxos/arp-table", rows: 4),
        .init("nxos/arp-table", in: "nxos/arp-table-ipv6", rows: 2), .init("nxos/vlans", rows: 3),
        .init("nxos/interfaces", rows: 5), .init("nxos/lldp", rows: 3), .init("nxos/aggregates", rows: 3),
        .init("nxos/switch-ports", rows: 3),
        // `vlan201` in XML, `201` in text; both with the number.
        .init("os10/mac-table", rows: 2, lacking: ["vlan"]), .init("os10/interfaces", rows: 4), .init("os10/lldp", rows: 2),
        .init("srlinux/mac-table", rows: 3), .init("srlinux/arp-table", rows: 2),
        // The paragraphs say of a port only whether it was disabled; the state of encapsulation knows no network instance.
        .init("srlinux/interfaces", rows: 4, lacking: ["adminUp"]),
        .init("srlinux/interfaces", in: "srlinux/interfaces-brief", rows: 3),
        .init("srlinux/vlans", rows: 2, lacking: ["name"]), .init("srlinux/lldp", rows: 2),
        .init("sonic/mac-table", rows: 2),
        // `show arp` prints the port and the VLAN's number in place of the VLAN's interface, and no state.
        .init("sonic/arp-table", rows: 2, lacking: ["interface", "vlanId", "state"]),
        .init("sonic/vlans", rows: 2, lacking: ["name"]), .init("sonic/interfaces", rows: 3),
        .init("sonic/lldp", rows: 2, lacking: ["chassisId"]),
        .init("cumulus/mac-table", rows: 3), .init("cumulus/arp-table", rows: 2), .init("cumulus/vlans", rows: 3),
        .init("cumulus/interfaces", rows: 3), .init("cumulus/lldp", rows: 2, lacking: ["chassisId"]),
        .init("linux/spanning-tree", rows: 2),
    ]

    var testDescription: String { folder }

    var files: [URL] {
        get throws {
            let files = try FileManager.default.contentsOfDirectory(
                at: Self.root.appending(path: folder), includingPropertiesForKeys: nil)
            return files.sorted { $0.path < $1.path }
        }
    }
}

@Suite("One table in several forms")
struct FormsAgreeTests {
    @Test("gives equal records", arguments: TableForms.all)
    func agree(_ table: TableForms) throws {
        let entry = try #require(DialectCatalogue.entry(named: table.dialect))
        let files = try table.files
        #expect(files.count >= 2)
        let readings = try files.map { try entry.parse(String(contentsOf: $0, encoding: .utf8)) }
        let first = try #require(readings.first).rows.map { comparable($0, without: table.lacking) }
        #expect(first.count == table.rows)
        for (file, reading) in zip(files, readings) {
            #expect(reading.rows.map { comparable($0, without: table.lacking) } == first, "\(file.lastPathComponent)")
            #expect(reading.unread.isEmpty, "\(file.lastPathComponent)")
        }
    }

    @Test(
        "gives equal records, spelling included",
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

    /// What SONiC's daemon reports of port-channels and of its own spanning tree, and what the kernel knows, are two things; Cumulus'
    /// spanning tree and port-channels are the kernel's, as on any Linux.
    private static let apart: Set<String> = ["sonic/aggregates", "sonic/spanning-tree", "cumulus/spanning-tree"]

    @Test("is there for every table of a switch that has two forms, and no folder is left out")
    func complete() throws {
        let held = Set(TableForms.all.map(\.dialect)).union(["junos/spanning-tree", "cumulus/aggregates"])
        for entry in DialectCatalogue.all where SwitchFixture.platforms.contains(entry.platform) && entry.forms.count > 1 {
            #expect(held.contains(entry.name) || Self.apart.contains(entry.name), "\(entry.name)")
        }
        let manager = FileManager.default
        let folders = try manager.contentsOfDirectory(atPath: TableForms.root.path).filter { $0 != "README.md" }.flatMap {
            platform in
            try manager.contentsOfDirectory(atPath: TableForms.root.appending(path: platform).path).map { "\(platform)/\($0)" }
        }
        #expect(Set(folders) == Set(TableForms.all.map(\.folder)))
    }

    /// Without what a form lacks, names of ports in their canonical form (`Et5` is `Ethernet5`), protocols in small letters.
    private func comparable(_ value: JSONValue, without lacking: Set<String>) -> JSONValue {
        guard case .object(let members) = value else { return value }
        return .object(
            members.filter { !lacking.contains($0.key) }.map { member in
                switch (member.key, member.value) {
                case ("interface", .string(let name)), ("localInterface", .string(let name)):
                    .init(member.key, .string(canonical(name)))
                case ("interfaces", .array(let names)):
                    .init(member.key, .array(names.map { .string(canonical($0.text ?? "")) }))
                case ("members", .array(let ports)):
                    .init(member.key, .array(ports.map { comparable($0, without: lacking) }))
                case ("protocol", .string(let name)): .init(member.key, .string(name.lowercased()))
                default: member
                }
            })
    }

    private func canonical(_ printed: String) -> String {
        let name = InterfaceName(printed)
        return name.canonicalBase + (name.unit.map { ".\($0)" } ?? "")
    }
}
