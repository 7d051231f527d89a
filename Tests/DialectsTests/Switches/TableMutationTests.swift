import Facts
import Foundation
import Testing

@testable import Dialects

/// The tables that `SwitchMutationTests` does not cover: VLANs, LLDP, interfaces, spanning tree, port-channels, trunks, and
/// what nodes print.
@Suite("Damaged recordings of every table")
struct TableMutationTests {
    /// How many damaged versions of each recording are read; PLUMBLINE_MUTATIONS asks for more.
    private static let rounds = ProcessInfo.processInfo.environment["PLUMBLINE_MUTATIONS"].flatMap { Int($0) } ?? 40

    struct Subject: Sendable, CustomTestStringConvertible {
        let dialect: String
        let path: String
        var testDescription: String { "\(dialect) \(path)" }
        var text: String { get throws { try Recorded.text(path) } }
    }

    private static let switches = SwitchFixture.all
        .filter { !["mac-table", "arp-table"].contains($0.table) }
        .map { Subject(dialect: "\($0.platform)/\($0.table)", path: "switches/\($0.testDescription)") }

    private static let nodes = [
        ("linux/vf-table", "nodes/seed/worker1-ip-link.txt"), ("linux/vf-table", "nodes/netdevsim/ip-link.txt"),
        ("linux/vf-table", "nodes/netdevsim/ip-link.json"), ("linux/links", "nodes/igb/ip-link.txt"),
        ("linux/addresses", "nodes/igb/ip-addr.txt"), ("busybox/addresses", "pods/seed/ip-addr.txt"),
        ("linux/arp-table", "nodes/bridge/ip-neigh.txt"), ("linux/arp-table", "nodes/bridge/proc-net-arp.txt"),
        ("linux/pci-devices", "nodes/igb/lspci-nn.txt"), ("linux/pci-devices", "nodes/igb/lspci-vmmkns-vf1.txt"),
        ("linux/lshw-businfo", "nodes/igb/lshw-businfo.txt"), ("linux/vlans", "nodes/bridge/bridge-vlan.txt"),
        ("linux/spanning-tree", "nodes/bridge/bridge-link.txt"), ("linux/vlans", "nodes/bridge/bridge-vlan.json"),
        ("linux/routes", "nodes/routes/ip-route.txt"), ("linux/routes", "nodes/routes/ip-route-o.txt"),
        ("linux/routes", "nodes/routes/ip-6-route.txt"), ("busybox/routes", "nodes/routes/ip-route-busybox.txt"),
        ("busybox/routes", "nodes/routes/route-n-busybox.txt"), ("linux/mac-table", "nodes/brctl/brctl-showmacs.txt"),
        ("linux/driver", "nodes/ethtool/ethtool-i.txt"), ("linux/interface-statistics", "nodes/ethtool/ethtool-S.txt"),
        ("linux/interface-features", "nodes/ethtool/ethtool-k.txt"), ("linux/lshw-businfo", "nodes/virtio/lshw.txt"),
        ("linux/lshw-businfo", "nodes/virtio/lshw-short.txt"), ("linux/pci-devices", "nodes/virtio/lspci.txt"),
        ("linux/kernel-log", "nodes/igb/dmesg.txt"),
    ].map { Subject(dialect: $0.0, path: $0.1) }

    static let subjects = switches + nodes

    /// What terminals, pagers and people do to an output without losing anything of it.
    private static let keepsAll: [Mutator.Kind] = [
        .squeeze, .noise, .crlf, .blank, .terminal,
    ]

    @Test("lose no entry without an unread line or an error", arguments: subjects)
    func nothingIsLostInSilence(_ subject: Subject) throws {
        let entry = try #require(DialectCatalogue.entry(named: subject.dialect))
        let text = try subject.text
        let whole = try entry.parse(text)
        let entries = Set(whole.rows.map(Entry.init))
        try #require(!entries.isEmpty || whole.statedEmpty)
        for seed in 0..<Self.rounds {
            var mutator = Mutator(seed: UInt64(seed) &+ UInt64(text.utf8.count) << 20)
            let (damaged, kinds) = mutator.mutate(text, with: Self.keepsAll)
            guard let table = try? entry.parse(damaged), table.unread.isEmpty else { continue }
            let lost = entries.subtracting(table.rows.map(Entry.init))
            #expect(lost.isEmpty, "seed \(seed), \(kinds): LOST \(lost.map(\.words)) of\n\(damaged)")
        }
    }

    /// The widths that terminals have; lines longer than that are broken where they are, in the middle of words too.
    private static let widths = [60, 64, 72, 80, 96, 100, 120, 132]

    @Test("say of an entry nothing that the whole does not, at any width", arguments: SwitchFixture.all.filter(\.isText))
    func nothingIsInvented(_ fixture: SwitchFixture) throws {
        let entry = try #require(fixture.entry)
        let text = try fixture.text
        var said: [Entry: Set<String>] = [:]
        for row in try entry.parse(text).rows { said[Entry(row), default: []].formUnion(row.leaves) }
        for width in Self.widths {
            let damaged = text.split(separator: "\n", omittingEmptySubsequences: false)
                .flatMap { Self.pieces($0, of: width) }.joined(separator: "\n")
            guard let table = try? entry.parse(damaged), table.unread.isEmpty else { continue }
            let invented = table.rows.filter { !$0.leaves.isSubset(of: said[Entry($0)] ?? []) }
            #expect(invented.isEmpty, "\(width) columns: \(invented.map(\.compactText)) of\n\(damaged)")
        }
    }

    private static func pieces(_ line: Substring, of width: Int) -> [String] {
        let bytes = Array(line.utf8)
        guard bytes.count > width else { return [String(line)] }
        return stride(from: 0, to: bytes.count, by: width).map { start in
            String(decoding: bytes[start..<min(bytes.count, start + width)], as: UTF8.self)
        }
    }
}

/// What names an entry of a table, whatever is said of it.
private struct Entry: Hashable {
    let words: [String]

    private static let names = [
        "vlanId", "name", "localInterface", "interface", "instance", "pf", "vf", "ip", "Slot", "Bus info", "destination",
        "device",
    ]

    init(_ row: JSONValue) {
        words = Self.names.compactMap { name in row[name].flatMap { $0 == .null ? nil : "\(name) \($0.compactText)" } }
    }
}

extension JSONValue {
    /// `key value` of each member that says something, those of lists one by one.
    fileprivate var leaves: Set<String> {
        var found: Set<String> = []
        for member in members ?? [] {
            for value in member.value.elements ?? [member.value] where value != .null {
                found.insert("\(member.key) \(value.compactText)")
            }
        }
        return found
    }
}
