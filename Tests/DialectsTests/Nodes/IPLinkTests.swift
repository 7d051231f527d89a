import Facts
import Testing

@testable import Dialects

@Suite struct IPLinkTests {
    @Test("the recorded links of a node, down to the MACs of its VFs")
    func recording() throws {
        let reading = try IPLink.read(try Recorded.text("nodes/igb/ip-link.txt"))
        #expect(reading.unread.isEmpty)
        #expect(
            reading.rows.map(\.interface.printed) == [
                "lo", "dummy0", "eno1", "eno2", "eno2v0", "eno2v2", "eno2v3", "eno2v4", "eno2v5", "eno2v6",
            ])
        #expect(reading.rows.map(\.index) == [1, 2, 3, 4, 5, 7, 8, 9, 10, 11])
        let pf = try #require(reading.rows.first { $0.interface == "eno2" })
        #expect(pf.mac == MACAddress("52:54:00:c8:01:02"))
        #expect(pf.mtuBytes == 1500)
        #expect(pf.operState == "UP")
        #expect(pf.flags == ["BROADCAST", "MULTICAST", "UP", "LOWER_UP"])
        #expect(pf.vfs.count == 7)
        #expect(pf.vfs[1].mac == MACAddress("aa:46:b8:c3:b8:51"))
    }

    @Test(
        "text, JSON, details and statistics of one PF give the same link",
        arguments: [
            "nodes/igb/ip-link-eno2.txt", "nodes/igb/ip-link-eno2.json", "nodes/igb/ip-link-eno2-details.txt",
            "nodes/igb/ip-link-eno2-details.json", "nodes/igb/ip-link-eno2-statistics.txt",
        ])
    func forms(path: String) throws {
        let reading = try IPLink.read(try Recorded.text(path))
        #expect(reading.unread.isEmpty)
        #expect(reading.rows.count == 1)
        #expect(reading.rows.first?.withoutZeroRates == (try plainLink()).withoutZeroRates)
    }

    private func plainLink() throws -> Link {
        try #require(try IPLink.read(try Recorded.text("nodes/igb/ip-link.txt")).rows.first { $0.interface == "eno2" })
    }

    @Test("names with a peer or a lower device, masters, alternative names and brief rows are read through")
    func names() throws {
        let text = """
            32: eth0@if33: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default
                link/ether 02:d0:b6:cc:63:73 brd ff:ff:ff:ff:ff:ff link-netnsid 0
            8: vlan.201@br0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default qlen 1000
                link/ether 52:54:00:c9:20:01 brd ff:ff:ff:ff:ff:ff
            3: ens1f0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 9000 qdisc mq master bond0 state UP mode DEFAULT group default qlen 1000
                link/ether 52:54:00:c9:20:09 brd ff:ff:ff:ff:ff:ff permaddr 52:54:00:c9:20:0a
                vf 0     link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff, spoof checking on, link-state auto, trust off
                altname enp1s0f0
                altname ens1f0np0

            """
        let reading = try IPLink.read(text)
        #expect(reading.unread.isEmpty)
        #expect(reading.rows.map(\.interface.printed) == ["eth0", "vlan.201", "ens1f0"])
        #expect(reading.rows.last?.altNames == ["enp1s0f0", "ens1f0np0"])
        let brief = try IPLink.read(try Recorded.text("nodes/bridge/br-link.txt"))
        #expect(brief.rows.last?.interface == "vlan.201")
        #expect(brief.rows.last?.mac == MACAddress("52:54:00:c9:20:01"))
        #expect(brief.rows.map(\.operState).filter { $0 == "UP" }.count == 6)
    }

    @Test("the one-line form joins its lines with backslashes")
    func oneLine() throws {
        let text =
            "4: eno2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP mode DEFAULT group default qlen 1000\\"
            + "    link/ether 52:54:00:c8:01:02 brd ff:ff:ff:ff:ff:ff\\    vf 0     link/ether 00:00:00:00:00:00 brd "
            + "ff:ff:ff:ff:ff:ff, vlan 7, spoof checking on, link-state auto, trust off\n"
        let reading = try IPLink.read(text)
        #expect(reading.unread.isEmpty)
        #expect(reading.rows.first?.mac == MACAddress("52:54:00:c8:01:02"))
        #expect(reading.rows.first?.vfs.first?.vlan == VLANID(7))
    }

    @Test("outputs of two releases in one: a queue's length behind says that no group was cut")
    func putTogether() throws {
        let reading = try IPLink.read(try Recorded.text("nodes/reports/links-put-together.txt"))
        #expect(reading.rows.map(\.interface.printed) == ["eno2", "br0"])
        #expect(reading.unread.map(\.number) == [5], "without either it may be cut")
    }

    @Test("a header cut short is unread, and so is what stands under it")
    func cutHeader() throws {
        let whole = try Recorded.text("nodes/igb/ip-link.txt")
        let cut = whole.replacingFirst(
            "3: eno1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP mode", with: "3: eno1: <BROADC")
        let reading = try IPLink.read(cut)
        #expect(!reading.rows.contains { $0.interface == "eno1" })
        #expect(reading.unread.map(\.number) == [5, 6])
    }

    @Test(
        "another program's output and error texts are told by name",
        arguments: [
            ("nodes/bridge/ip-neigh.txt", "expected `ip link` of iproute2; this is output of `ip neigh` on a Linux host"),
            (
                "pods/igb/ip-addr-busybox.txt",
                "expected `ip link` of iproute2; this is busybox `ip` output, which states neither groups nor VFs"
            ),
            ("pods/igb/ping-iputils.txt", "expected `ip link` of iproute2; this is output of ping"),
        ])
    func wrongOutput(path: String, sentence: String) throws {
        let text = try Recorded.text(path)
        #expect(sentenceOf { _ = try IPLink.read(text) } == sentence)
    }

    @Test(
        "error texts are errors of their own kind",
        arguments: [
            ("Device \"eno9\" does not exist.\n", DialectError.noSuchSubject("Device \"eno9\" does not exist.")),
            ("bash: ip: command not found\n", .commandNotFound("bash: ip: command not found")),
            ("sh: 1: ip: not found\n", .commandNotFound("sh: 1: ip: not found")),
            ("Option \"-j\" is unknown, try \"ip -help\".\n", .formNotSupported("Option \"-j\" is unknown, try \"ip -help\".")),
            ("ip: unrecognized option: j\n", .formNotSupported("ip: unrecognized option: j")),
            ("sudo: a password is required\n", .sudo(.password, "sudo: a password is required")),
            (
                "Cannot open netlink socket: Permission denied\n",
                .permissionDenied("Cannot open netlink socket: Permission denied")
            ),
            ("", .nothingPrinted(expected: "`ip link` of iproute2")),
            ("\n\n$ \n", .nothingPrinted(expected: "`ip link` of iproute2")),
        ])
    func errors(text: String, error: DialectError) {
        #expect(throws: error) { _ = try IPLink.read(text) }
    }

    @Test("an empty list in JSON is stated, broken JSON is not")
    func json() throws {
        #expect(try IPLink.read("[]\n").statedEmpty)
        #expect(try IPLink.read("[{},{},{}]\n").statedEmpty)
        let whole = try Recorded.text("nodes/igb/ip-link-eno2.json")
        #expect(throws: DialectError.self) { _ = try IPLink.read(String(whole.prefix(700))) }
        #expect(try IPLink.read("root@worker1:~# ip -j link show eno2\n" + whole + "root@worker1:~# ").rows.count == 1)
    }

    @Test("JSON broken by a narrow terminal is put together again")
    func wrappedJSON() throws {
        let whole = try Recorded.text("nodes/igb/ip-link-eno2.json")
        #expect(try IPLink.read(whole.wrapped(at: 80)) == IPLink.read(whole))
    }
}

extension Link {
    /// JSON states rates of 0, text leaves them out.
    var withoutZeroRates: Link {
        var link = self
        link.vfs = vfs.map(\.withoutZeroRates)
        return link
    }
}

extension VirtualFunction {
    var withoutZeroRates: VirtualFunction {
        var vf = self
        if vf.maxTxRate == 0 { vf.maxTxRate = nil }
        if vf.minTxRate == 0 { vf.minTxRate = nil }
        return vf
    }
}

/// The sentence of the `DialectError` that is thrown; nil when none is.
func sentenceOf(_ body: () throws -> Void) -> String? {
    do {
        try body()
        return nil
    } catch { return "\(error)" }
}

extension String {
    func replacingFirst(_ old: String, with new: String) -> String {
        guard let range = firstRange(of: old) else { return self }
        return replacingCharacters(in: range, with: new)
    }

    private func replacingCharacters(in range: Range<Index>, with new: String) -> String {
        String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
    }

    /// Every line broken after this many characters, as a terminal does.
    func wrapped(at width: Int) -> String {
        split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var pieces: [Substring] = []
            var rest = line
            while rest.count > width {
                pieces.append(rest.prefix(width))
                rest = rest.dropFirst(width)
            }
            return (pieces + [rest]).joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
