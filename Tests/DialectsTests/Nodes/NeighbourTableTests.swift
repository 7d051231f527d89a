import Facts
import Testing

@testable import Dialects

@Suite struct NeighbourTableTests {
    private static let vlan201 = [
        ("192.168.201.4", "82:75:b3:9f:db:18"), ("192.168.201.3", "82:f2:10:5a:6d:71"), ("192.168.201.2", "aa:46:b8:c3:b8:51"),
    ]

    @Test(
        "the same neighbours from every program",
        arguments: [
            "proc-net-arp.txt", "arp-n-busybox.txt", "ip-neigh.txt", "ip-neigh-vlan.201.txt", "ip-neigh-vlan.201-statistics.txt",
            "ip-neigh-vlan.201.json", "ip-neigh-vlan.201-statistics.json",
        ])
    func recordings(file: String) throws {
        let reading = try NeighbourTable.read(try Recorded.text("nodes/bridge/\(file)"))
        #expect(reading.unread.isEmpty)
        #expect(reading.rows.prefix(3).map(\.ip.description) == Self.vlan201.map(\.0))
        #expect(reading.rows.prefix(3).map(\.mac) == Self.vlan201.map { MACAddress($0.1) })
        #expect(reading.canShowAbsence)
    }

    @Test("states and devices of a whole table")
    func states() throws {
        let reading = try NeighbourTable.read(try Recorded.text("nodes/bridge/ip-neigh.txt"))
        #expect(reading.rows.map(\.state) == ["reachable", "reachable", "reachable", "reachable", "stale"])
        #expect(reading.rows.map { $0.interface?.printed } == ["vlan.201", "vlan.201", "vlan.201", "em0", "em0"])
        #expect(reading.rows.last?.ip == IPAddress("fe80::2"))
    }

    @Test(
        "rows of each program",
        arguments: [
            ("192.168.201.1 dev net1 INCOMPLETE \n", nil, "incomplete", "net1"),
            ("192.168.201.1 dev net1  FAILED\n", nil, "failed", "net1"),
            (
                "192.168.201.1 dev net1 lladdr 52:54:00:c9:20:01 ref 1 used 0/0/0 probes 4 REACHABLE\n", "52:54:00:c9:20:01",
                "reachable", "net1"
            ),
            ("fe80::2 dev em0 lladdr 52:56:00:00:00:02 router STALE\n", "52:56:00:00:00:02", "stale", "em0"),
            ("10.0.0.9 dev swp1 lladdr 52:56:00:00:00:02 extern_learn NOARP proto zebra\n", "52:56:00:00:00:02", "noarp", "swp1"),
            (
                "IP address       HW type     Flags       HW address            Mask     Device\n10.0.0.9         0x1         0x0         00:00:00:00:00:00     *        net1\n",
                nil, "incomplete", "net1"
            ),
            (
                "10.0.0.9         0x1         0x6         52:56:00:00:00:02     *        net1\n", "52:56:00:00:00:02",
                "permanent", "net1"
            ),
            ("? (10.0.0.9) at <incomplete>  on net1\n", nil, "incomplete", "net1"),
            ("gateway (10.0.0.9) at 52:56:00:00:00:02 [ether] PERM on net1\n", "52:56:00:00:00:02", "permanent", "net1"),
            (
                "Address                  HWtype  HWaddress           Flags Mask            Iface\n10.0.0.9                 ether   52:56:00:00:00:02   C                     net1\n",
                "52:56:00:00:00:02", "complete", "net1"
            ),
            ("10.0.0.9                         (incomplete)                              net1\n", nil, "incomplete", "net1"),
        ] as [(String, String?, String, String)])
    func rows(text: String, mac: String?, state: String, device: String) throws {
        let reading = try NeighbourTable.read(text)
        #expect(reading.unread.isEmpty)
        #expect(reading.rows.count == 1)
        #expect(reading.rows.first?.mac == mac.flatMap { MACAddress($0) })
        #expect(reading.rows.first?.state == state)
        #expect(reading.rows.first?.interface?.printed == device)
    }

    @Test("addresses that the host answers for have no MAC", arguments: ["arp-n", "arp-an", "arp-an-busybox", "proc-net-arp"])
    func published(file: String) throws {
        let reading = try NeighbourTable.read(try Recorded.text("nodes/arp/\(file).txt"))
        #expect(reading.unread.isEmpty)
        #expect(reading.rows.map(\.ip.description) == ["192.168.201.77", "192.168.201.1", "192.168.201.9", "192.168.201.30"])
        #expect(
            reading.rows.map(\.mac) == [nil, MACAddress("02:00:c0:a8:c9:01"), MACAddress("02:00:c0:a8:c9:09"), nil])
        #expect(reading.rows.map(\.state).last == "permanent" && reading.rows[0].state == "incomplete")
    }

    @Test("InfiniBand's twenty bytes are no MAC and no cut one")
    func infiniBand() throws {
        let address = "80:00:02:08:FE:80:00:00:00:00:00:00:02:09:C0:03:00:7B:CB:A1"
        for line in [
            "192.168.100.7            infiniband   \(address)   C                     ib0\n",
            "? (192.168.100.7) at \(address) [infiniband] on ib0\n",
        ] {
            let reading = try NeighbourTable.read(line)
            #expect(reading.unread.isEmpty && reading.rows.count == 1 && reading.rows.first?.mac == nil)
            let cut = try? NeighbourTable.read(line.replacingFirst(":CB:A1", with: ""))
            #expect(cut?.rows.isEmpty != false)
        }
    }

    @Test("a device that only the command names is put into the rows")
    func namedDevice() throws {
        let text = "$ ip neigh show dev vlan.201\n" + (try Recorded.text("nodes/bridge/ip-neigh-vlan.201.txt"))
        #expect(try NeighbourTable.read(text).rows.allSatisfy { $0.interface == "vlan.201" })
    }

    @Test("a header alone is an empty table, nothing at all is not")
    func emptiness() throws {
        let header = "IP address       HW type     Flags       HW address            Mask     Device\n"
        let reading = try NeighbourTable.read(header)
        #expect(reading.rows.isEmpty && reading.statedEmpty)
        #expect(try !NeighbourTable.read(String(header.dropLast())).statedEmpty, "it may break off there")
        #expect(try NeighbourTable.read("[]\n").statedEmpty)
        #expect(throws: DialectError.self) { _ = try NeighbourTable.read("\n") }
    }

    @Test(
        "a cut row is unread", arguments: [5, 15, 22, 40, 50, 57, 59])
    func cut(width: Int) throws {
        let lines = try Recorded.text("nodes/bridge/ip-neigh.txt").split(separator: "\n")
        let text = lines[0] + "\n" + lines[1].prefix(width)
        let reading = try NeighbourTable.read(String(text))
        #expect(reading.rows.count == 1)
        #expect(reading.unread.map(\.number) == [2])
    }

    @Test("other outputs are told by name")
    func wrong() throws {
        let links = try Recorded.text("nodes/igb/ip-link.txt")
        #expect(
            sentenceOf { _ = try NeighbourTable.read(links) }
                == "expected a neighbour table of Linux (/proc/net/arp, `ip neigh` or `arp -n`); this is output of `ip link` or `ip addr` on a Linux host"
        )
        #expect(throws: DialectError.self) { _ = try NeighbourTable.read("cat: can't open '/proc/net/arp': Permission denied\n") }
    }
}
