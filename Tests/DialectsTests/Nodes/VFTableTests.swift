import Facts
import Testing

@testable import Dialects

@Suite struct VFTableTests {
    @Test(
        "the seed's three workers as pasted: prompt line, leading blank and missing index included",
        arguments: [
            ("worker1", 1, "56:7f:f1:5e:ac:52"), ("worker2", 2, "0a:43:80:e7:80:15"), ("worker3", 7, "a2:1f:bc:be:1c:7e"),
        ])
    func seed(worker: String, index: Int, mac: String) throws {
        let reading = try VFTable.read(try Recorded.text("nodes/seed/\(worker)-ip-link.txt"))
        #expect(reading.unread.isEmpty)
        #expect(reading.rows.map(\.index) == Array(0...7))
        #expect(reading.rows.allSatisfy { $0.pf == "eno2" && $0.queryRSS == false && $0.qos == nil })
        let tagged = reading.rows.filter { $0.vlan != nil }
        #expect(
            tagged == [
                VirtualFunction(
                    pf: "eno2", index: index, mac: MACAddress(mac), vlan: VLANID(201), spoofCheck: true, trust: false,
                    linkState: "auto", queryRSS: false)
            ])
    }

    @Test("every attribute that netdevsim can set, in text and JSON")
    func netdevsim() throws {
        let text = try VFTable.read(try Recorded.text("nodes/netdevsim/ip-link.txt"))
        let json = try VFTable.read(try Recorded.text("nodes/netdevsim/ip-link.json"))
        #expect(text.unread.isEmpty && json.unread.isEmpty)
        #expect(text.rows.map(\.withoutZeroRates) == json.rows.map(\.withoutZeroRates))
        #expect(text.rows[1].mac == MACAddress("56:00:00:00:00:01"))
        #expect(text.rows[1].vlan == VLANID(201))
        #expect(text.rows[2].qos == 3 && text.rows[2].vlanProtocol == "802.1ad")
        #expect(text.rows[3].linkState == "disable" && text.rows[3].trust == true && text.rows[3].spoofCheck == true)
        #expect(text.rows[4].maxTxRate == 100 && text.rows[4].queryRSS == true)
        #expect(json.rows[0].maxTxRate == 0, "JSON states that there is no limit")
        #expect(text.rows[0].maxTxRate == nil, "text does not")
    }

    @Test(
        "VF lines of every release since 2.6.34",
        arguments: [
            // 2.6.34 and its release candidates.
            ("vf 0 MAC 02:00:00:00:00:07", VF(mac: "02:00:00:00:00:07")),
            ("vf 0: MAC 02:00:00:00:00:07", VF(mac: "02:00:00:00:00:07")),
            (
                "vf 0 MAC 02:00:00:00:00:07, vlan 201, qos 5, tx rate 1000 (Mbps)",
                VF(mac: "02:00:00:00:00:07", vlan: 201, qos: 5, maxTxRate: 1000)
            ),
            // 3.2, 3.11
            (
                "vf 0 MAC 02:00:00:00:00:07, vlan 201, spoof checking on, link-state enable",
                VF(mac: "02:00:00:00:00:07", vlan: 201, spoof: true, link: "enable")
            ),
            // 3.16
            (
                "vf 0 MAC 02:00:00:00:00:07, tx rate 500 (Mbps), max_tx_rate 500Mbps, min_tx_rate 100Mbps, spoof checking off, link-state auto",
                VF(mac: "02:00:00:00:00:07", minTxRate: 100, maxTxRate: 500, spoof: false, link: "auto")
            ),
            // 4.9 prints query_rss twice.
            (
                "vf 0 MAC 02:00:00:00:00:07, vlan 7, vlan protocol 802.1ad, spoof checking on, link-state auto, trust on, query_rss off, query_rss off",
                VF(mac: "02:00:00:00:00:07", vlan: 7, proto: "802.1ad", spoof: true, trust: true, link: "auto", rss: false)
            ),
            // 5.3
            (
                "vf 0     link/ether 02:00:00:00:00:07 brd ff:ff:ff:ff:ff:ff, vlan 201, qos 2, vlan protocol 802.1ad, vlan 9, link-state disable",
                VF(mac: "02:00:00:00:00:07", vlan: 201, qos: 2, proto: "802.1ad", link: "disable")
            ),
            // mlx4: the guest may tag.
            (
                "vf 0     link/ether 02:00:00:00:00:07 brd ff:ff:ff:ff:ff:ff, vlan 4095, spoof checking off, link-state auto",
                VF(mac: "02:00:00:00:00:07", vlan: 4095, spoof: false, link: "auto")
            ),
            // InfiniBand, 5.3 and 5.5.
            (
                "vf 0     link/infiniband 00:00:00:b7:fe:80:00:00:00:00:00:00:00:11:22:33:44:77:66:77 brd 00:ff:ff:ff:ff:12:40:1b:ff:ff:00:00:00:00:00:00:ff:ff:ff:ff, spoof checking off, NODE_GUID 00:11:22:33:44:77:66:77, PORT_GUID 00:11:22:33:44:77:66:78, link-state disable, trust off, query_rss off",
                VF(
                    mac: nil, spoof: false, trust: false, link: "disable", rss: false, node: "00:11:22:33:44:77:66:77",
                    port: "00:11:22:33:44:77:66:78")
            ),
        ] as [(String, VF)])
    func releases(line: String, expected: VF) throws {
        let text =
            "2: p0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP qlen 1000\n    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff\n    \(line)\n    vf 1 \(line.dropFirst(line.hasPrefix("vf 0:") ? 6 : 5))\n"
        let reading = try VFTable.read(text)
        #expect(reading.unread.isEmpty)
        #expect(reading.rows.first == expected.record)
        #expect(reading.rows.count == 2)
    }

    @Test("before 5.3 the MAC of an InfiniBand VF means nothing and is left out")
    func oldInfiniBand() throws {
        let text = """
            4: ib0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 2044 qdisc mq state UP mode DEFAULT group default qlen 256
                link/infiniband 80:00:00:02:fe:80:00:00:00:00:00:00:e4:1d:2d:03:00:1f:7e:5e brd 00:ff:ff:ff:ff:12:40:1b:ff:ff:00:00:00:00:00:00:ff:ff:ff:ff
                vf 0 MAC 14:05:00:00:00:00, spoof checking off, link-state disable

            """
        let reading = try VFTable.read(text)
        #expect(reading.rows == [VirtualFunction(pf: "ib0", index: 0, spoofCheck: false, linkState: "disable")])
    }

    @Test(
        "the address of a VF has two keys in JSON, and its VLAN two places",
        arguments: [
            #""mac":"02:00:00:00:00:07","vlan":201,"qos":4,"tx_rate":100,"spoofchk":true"#,
            #""link_type":"ether","address":"02:00:00:00:00:07","broadcast":"ff:ff:ff:ff:ff:ff","vlan_list":[{"vlan":201,"qos":4}],"rate":{"max_tx":100},"spoofchk":true"#,
        ])
    func jsonKeys(members: String) throws {
        let reading = try VFTable.read(
            #"[{"ifindex":2,"ifname":"p0","link_type":"ether","vfinfo_list":[{"vf":3,"# + members + "}]}]")
        #expect(
            reading.rows == [
                VirtualFunction(
                    pf: "p0", index: 3, mac: MACAddress("02:00:00:00:00:07"), vlan: VLANID(201), qos: 4, spoofCheck: true,
                    maxTxRate: 100)
            ])
    }

    @Test("a PF without VFs is stated empty; output that would not show them is an error")
    func emptiness() throws {
        let none = try VFTable.read(
            "4: eno2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP mode DEFAULT group default qlen 1000\n"
                + "    link/ether 52:54:00:c8:01:02 brd ff:ff:ff:ff:ff:ff\n", pf: "eno2")
        #expect(none.rows.isEmpty && none.statedEmpty && none.canShowAbsence)
        let addresses = try Recorded.text("nodes/igb/ip-addr.txt")
        #expect(
            sentenceOf { _ = try VFTable.read(addresses) }
                == "expected VF lines of `ip link show`; this is `ip addr` output, which never shows VFs")
        let busybox = try Recorded.text("pods/igb/ip-addr-busybox.txt")
        #expect(throws: DialectError.self) { _ = try VFTable.read(busybox) }
        let link = try Recorded.text("nodes/igb/ip-link-eno2.txt")
        #expect(
            sentenceOf { _ = try VFTable.read(link, pf: "eno1") }
                == "expected the block of eno1 in `ip link show`; saw 'eno2, the first of 1'")
        let brief = try VFTable.read(try Recorded.text("nodes/bridge/br-link.txt"))
        #expect(brief.rows.isEmpty && !brief.statedEmpty)
    }

    @Test("a line cut anywhere is unread, never a VF with less", arguments: [40, 61, 75, 82, 83, 84, 98, 105, 113, 121, 130])
    func cutLine(width: Int) throws {
        var lines = try Recorded.text("nodes/seed/worker1-ip-link.txt").split(separator: "\n", omittingEmptySubsequences: false)
        let index = try #require(lines.firstIndex { $0.contains("vf 1") })
        lines[index] = lines[index].prefix(width)
        let reading = try VFTable.read(lines.joined(separator: "\n"))
        #expect(!reading.rows.contains { $0.index == 1 })
        #expect(reading.unread.map(\.number) == [index + 1])
        #expect(reading.rows.count == 7)
    }

    @Test("a capture that breaks off in a VF line leaves it unread", arguments: [1, 5, 14, 16, 25, 40, 56, 58, 62, 80, 100])
    func cutCapture(missing: Int) throws {
        let whole = try Recorded.text("nodes/seed/worker3-ip-link.txt").trimmingEnd
        let reading = try VFTable.read(String(whole.dropLast(missing)))
        #expect(!reading.rows.contains { $0.index == 7 })
        #expect(reading.unread.count == 1)
    }

    @Test("a warning that the list is cut leaves a line unread")
    func truncatedList() throws {
        let reading = try VFTable.read(try Recorded.text("nodes/igb/ip-link-eno2.txt") + "Truncated VF list: eno2\n")
        #expect(reading.rows.count == 7)
        #expect(reading.unread.map(\.text) == ["Truncated VF list: eno2"])
        #expect(!reading.canShowAbsence)
    }

    @Test("VF lines without a header belong to the PF that the pasted command names")
    func filtered() throws {
        let line =
            "    vf 1     link/ether aa:46:b8:c3:b8:51 brd ff:ff:ff:ff:ff:ff, vlan 201, spoof checking on, link-state auto, trust off\n"
        let named = try VFTable.read("$ ip link show eno2 | grep \"vf 1\"\n" + line)
        #expect(named.rows.first?.pf == "eno2" && named.unread.isEmpty)
        #expect(throws: DialectError.self) { _ = try VFTable.read(line) }
    }

    @Test("a missing header never puts VFs under the PF before")
    func missingHeader() throws {
        let first = try Recorded.text("nodes/seed/worker2-ip-link.txt")
        let second = try Recorded.text("nodes/seed/worker3-ip-link.txt").split(separator: "\n").dropFirst(2)
        let reading = try VFTable.read(first + second.joined(separator: "\n") + "\n")
        #expect(reading.rows.count == 8)
        #expect(reading.unread.count == second.count)
    }
}

/// A VF line's fields, written short.
struct VF: Sendable {
    var mac: String?
    var vlan: Int?
    var qos: Int?
    var proto: String?
    var minTxRate: Int?
    var maxTxRate: Int?
    var spoof: Bool?
    var trust: Bool?
    var link: String?
    var rss: Bool?
    var node: String?
    var port: String?

    var record: VirtualFunction {
        VirtualFunction(
            pf: "p0", index: 0, mac: mac.flatMap { MACAddress($0) }, vlan: vlan.flatMap { VLANID($0) }, qos: qos,
            vlanProtocol: proto, spoofCheck: spoof, trust: trust, linkState: link, minTxRate: minTxRate, maxTxRate: maxTxRate,
            queryRSS: rss, nodeGUID: node, portGUID: port)
    }
}

extension String {
    var trimmingEnd: String {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
