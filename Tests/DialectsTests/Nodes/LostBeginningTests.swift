import Facts
import Testing

@testable import Dialects

/// A row whose beginning is lost (a pager wrote over it) must not become the end of the row before.
@Suite("Rows of a node's tables without their beginning")
struct LostBeginningTests {
    @Test(
        "are unread",
        arguments: [
            ("linux/mac-table", "nodes/bridge/bridge-fdb.txt"), ("linux/mac-table", "nodes/brctl/bridge-fdb.txt"),
            ("linux/arp-table", "nodes/bridge/ip-neigh.txt"), ("linux/arp-table", "nodes/arp/arp-an.txt"),
            ("linux/arp-table", "nodes/arp/arp-n.txt"), ("busybox/arp-table", "nodes/bridge/arp-n-busybox.txt"),
            ("linux/routes", "nodes/routes/ip-route.txt"), ("linux/routes", "nodes/routes/ip-6-route-encap.txt"),
            ("busybox/routes", "nodes/routes/ip-route-busybox.txt"), ("linux/routes", "nodes/routes/ip-route-all.txt"),
            ("linux/lshw-businfo", "nodes/seed/lshw-businfo.txt"), ("linux/lshw-businfo", "nodes/virtio/lshw.txt"),
            ("linux/lshw-businfo", "nodes/virtio/lshw-full.txt"), ("linux/pci-devices", "nodes/igb/lspci-nn.txt"),
            ("linux/vf-table", "nodes/seed/worker1-ip-link.txt"), ("busybox/addresses", "pods/seed/ip-addr.txt"),
            ("linux/vlans", "nodes/bridge/bridge-vlan.txt"), ("linux/spanning-tree", "nodes/bridge/bridge-link.txt"),
        ])
    func unread(_ name: String, _ path: String) throws {
        let entry = try #require(DialectCatalogue.entry(named: name))
        let text = try Recorded.text(path)
        let whole = try entry.parse(text)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines.removeLast()
        for place in lines.indices {
            var broken = lines
            broken[place] = String(lines[place].dropFirst(lines[place].count / 3))
            guard let table = try? entry.parse(broken.joined(separator: "\n") + "\n"), table.unread.isEmpty else { continue }
            #expect(table.rows.count >= whole.rows.count, "line \(place + 1): \(broken[place])")
        }
    }

    @Test("Without its header `lshw -businfo` has the same devices")
    func noHeader() throws {
        let text = try Recorded.text("nodes/seed/lshw-businfo.txt")
        let whole = try LSHWBusinfo.read(text)
        let bare = text.split(separator: "\n").filter { !$0.hasPrefix("Bus info") }.joined(separator: "\n") + "\n"
        #expect(try LSHWBusinfo.read(bare).rows == whole.rows)
    }
}
