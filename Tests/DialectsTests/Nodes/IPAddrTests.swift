import Facts
import Testing

@testable import Dialects

@Suite struct IPAddrTests {
    @Test("the seed's three pods as pasted, busybox, command lines included")
    func seed() throws {
        let reading = try IPAddr.read(try Recorded.text("pods/seed/ip-addr.txt"))
        #expect(reading.unread.isEmpty)
        #expect(reading.form == "text/busybox")
        #expect(reading.rows.map(\.interface.printed) == ["lo", "net1", "eth0", "lo", "net1", "eth0", "lo", "net1", "eth0"])
        let net1 = reading.rows.filter { $0.interface == "net1" }
        #expect(net1.map(\.index) == [7, 8, 13])
        #expect(net1.map(\.mac) == ["56:7f:f1:5e:ac:52", "0a:43:80:e7:80:15", "a2:1f:bc:be:1c:7e"].map { MACAddress($0) })
        #expect(
            net1.flatMap(\.ipv4).map(\.description) == ["192.168.201.2/24", "192.168.201.3/24", "192.168.201.4/24"])
        #expect(net1.flatMap(\.ipv6).map(\.description).first == "fe80::547f:f1ff:fe5e:ac52/64")
        #expect(net1.allSatisfy { $0.up == true && $0.lowerUp == true && $0.mtuBytes == 1500 })
        #expect(reading.rows[2].ipv4.map(\.description) == ["10.233.65.0/18"])
    }

    @Test("the same interface by iproute2, busybox and JSON")
    func forms() throws {
        let text = try IPAddr.read(try Recorded.text("pods/igb/ip-addr.txt")).rows.first { $0.interface == "net1" }
        let busybox = try IPAddr.read(try Recorded.text("pods/igb/ip-addr-busybox.txt")).rows.first { $0.interface == "net1" }
        let json = try IPAddr.read(try Recorded.text("pods/igb/ip-addr-net1.json")).rows.first
        #expect(text != nil && text == busybox && text == json)
        #expect(text?.ipv4.map(\.description) == ["192.168.201.2/24"])
        #expect(text?.ipv6.map(\.description) == ["fe80::a846:b8ff:fec3:b851/64"])
    }

    @Test("the pod of a true cluster: eth0 with its peer, net1 over a macvlan")
    func cluster() throws {
        let reading = try IPAddr.read(try Recorded.text("pods/kubernetes-1.36/ip-addr-busybox.txt"))
        #expect(reading.unread.isEmpty)
        #expect(reading.rows.map(\.interface.printed) == ["lo", "eth0", "net1"])
        #expect(reading.rows[2].ipv4.map(\.description) == ["192.168.201.2/24"])
        #expect(reading.rows[2].mac == MACAddress("5a:ad:db:7d:33:04"))
    }

    @Test("brief and one-line forms")
    func shortForms() throws {
        let brief = try IPAddr.read(try Recorded.text("nodes/bridge/br-addr.txt"))
        #expect(brief.unread.isEmpty && brief.rows.count == 8)
        #expect(brief.rows.last?.interface == "vlan.201")
        #expect(brief.rows.last?.ipv4.map(\.description) == ["192.168.201.1/24"])
        #expect(brief.rows.last?.up == nil, "the brief form prints no flags")
        let line =
            "4: eno2    inet 192.168.1.5/24 metric 100 brd 192.168.1.255 scope global dynamic eno2\\       valid_lft 85sec preferred_lft 85sec\n"
            + "4: eno2    inet6 fe80::1/64 scope link \\       valid_lft forever preferred_lft forever\n"
        let oneLine = try IPAddr.read(line)
        #expect(oneLine.unread.isEmpty)
        #expect(
            oneLine.rows == [
                InterfaceAddresses(
                    index: 4, interface: "eno2", ipv4: [IPPrefix("192.168.1.5/24")].compactMap { $0 },
                    ipv6: [IPPrefix("fe80::1/64")].compactMap { $0 })
            ])
    }

    @Test("a point-to-point address has the length of its peer")
    func peer() throws {
        let text = """
            9: tun0: <POINTOPOINT,MULTICAST,NOARP,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UNKNOWN group default qlen 500
                link/none
                inet 10.8.0.6 peer 10.8.0.5/32 scope global tun0
                   valid_lft forever preferred_lft forever

            """
        let reading = try IPAddr.read(text)
        #expect(reading.unread.isEmpty)
        #expect(reading.rows.first?.ipv4.map(\.description) == ["10.8.0.6/32"])
        #expect(reading.rows.first?.mac == nil)
    }

    @Test(
        "an address cut inside its length is unread, never another prefix",
        arguments: [
            "    inet 192.168.201.2/2", "    inet 192.168.201.2/24", "    inet 192.168.201.",
            "    inet6 fe80::547f:f1ff:fe5e:ac52/6",
        ])
    func cut(line: String) throws {
        var lines = try Recorded.text("pods/igb/ip-addr-busybox.txt").split(separator: "\n").map(String.init)
        lines = Array(lines.prefix(8)) + [line]
        let reading = try IPAddr.read(lines.joined(separator: "\n"))
        #expect(reading.unread.map(\.text) == [line])
        #expect(reading.rows.last?.ipv4.isEmpty == true)
    }

    @Test("links alone state no addresses, whoever printed them")
    func links() throws {
        for path in ["nodes/igb/ip-link.txt", "nodes/bridge/br-link.txt", "nodes/igb/ip-link-eno2.json"] {
            let text = try Recorded.text(path)
            #expect(
                sentenceOf { _ = try IPAddr.read(text) }
                    == "expected `ip addr`; this is `ip link` output, which never shows addresses", "\(path)")
        }
    }

    @Test("each program's output is refused where the other's is expected")
    func platforms() throws {
        let busybox = try Recorded.text("pods/igb/ip-addr-busybox.txt")
        let iproute2 = try Recorded.text("pods/igb/ip-addr.txt")
        #expect(
            sentenceOf { _ = try IPAddr.read(iproute2, platform: .busybox) }
                == "expected `ip addr` of busybox; this is iproute2 `ip` output")
        #expect(throws: DialectError.self) { _ = try IPAddr.read(busybox, platform: .iproute2) }
        // busybox built with musl prints a state, and nothing tells it from iproute2 before 3.0.
        let alpine = busybox.replacing("qdisc fq_codel qlen", with: "qdisc fq_codel state UP qlen")
            .replacing("qdisc noqueue qlen", with: "qdisc noqueue state UNKNOWN qlen")
        #expect(try IPAddr.read(alpine, platform: .busybox).rows == IPAddr.read(busybox).rows)
        #expect(try IPAddr.read(alpine, platform: .iproute2).rows == IPAddr.read(busybox).rows)
    }
}
