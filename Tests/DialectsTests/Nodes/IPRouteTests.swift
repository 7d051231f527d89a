import Facts
import Testing

@testable import Dialects

@Suite("Routes of a host")
struct IPRouteTests {
    private func read(_ name: String) throws -> Reading<RouteEntry> {
        try IPRoute.read(try Recorded.text("nodes/routes/\(name)"))
    }

    @Test("every form of a true kernel's twelve routes gives the same")
    func forms() throws {
        let rows = try read("ip-route.txt").rows
        #expect(
            rows.map(\.destination) == [
                "default", "default", "10.9.0.0/24", "10.20.0.0/16", "10.30.0.0/16", "10.31.0.0/16", "10.32.0.0/16",
                "10.33.0.0/16", "10.34.0.0/16", "10.35.0.1", "10.36.0.0/16", "192.168.201.0/24",
            ])
        #expect(rows[1].gateway == IPAddress("192.168.201.3") && rows[1].metric == 1024 && rows[1].origin == "dhcp")
        #expect(rows[1].source == IPAddress("192.168.201.2") && rows[1].interface == "net1")
        #expect(rows[2].flags == ["linkdown"] && rows[2].scope == "link" && rows[2].gateway == nil)
        #expect(
            rows[3].nextHops == [
                .init(gateway: IPAddress("192.168.201.1"), interface: "net1", weight: 1),
                .init(gateway: IPAddress("192.168.201.3"), interface: "net1", weight: 5),
            ])
        #expect(rows[4...6].map(\.type) == ["blackhole", "unreachable", "prohibit"])
        #expect(rows[7].mtuBytes == 1400 && rows[7].flags == ["onlink"])
        #expect(rows[10].gateway == IPAddress("fe80::1"))
        for form in ["ip-route.json", "ip-route-o.txt"] {
            #expect(try read(form).rows == rows && read(form).unread.isEmpty)
        }
        // `-d` says type, protocol and scope of all.
        let detailed = try read("ip-route-d.txt")
        #expect(detailed.unread.isEmpty && detailed.rows.map(\.destination) == rows.map(\.destination))
        #expect(detailed.rows.map(\.gateway) == rows.map(\.gateway) && detailed.rows.map(\.type) == rows.map(\.type))
    }

    @Test("IPv6, all tables, one route, and busybox, which leaves out next hops")
    func others() throws {
        #expect(try read("ip-6-route.txt").rows == read("ip-6-route.json").rows)
        let all = try read("ip-route-all.txt")
        #expect(all.unread.isEmpty && all.rows.filter { $0.table == "local" }.count == 11)
        #expect(try read("ip-route-get.txt").rows.map(\.gateway) == [IPAddress("192.168.201.3")])
        let busybox = try read("ip-route-busybox.txt")
        #expect(busybox.unread.isEmpty && busybox.rows.count == 13 && busybox.rows[4].nextHops.isEmpty)
        let table = try read("route-n-busybox.txt")
        #expect(table.form == "text/route-n" && table.unread.isEmpty && table.rows.count == 12)
        #expect(table.rows[1].destination == "default" && table.rows[1].metric == 1024)
        #expect(table.rows[5].type == "unreachable" && table.rows[9].destination == "10.35.0.1/32")
    }

    @Test("routes into tunnels, and locked metrics")
    func encapsulated() throws {
        let rows = try read("ip-route-encap.txt").rows
        #expect(
            rows.map(\.destination) == [
                "default", "10.0.2.0/24", "10.12.0.0/24", "10.14.0.0/24", "10.255.0.0/16", "192.168.201.0/24",
            ])
        #expect(rows[2].interface == "eth0" && rows[2].source == nil && rows[2].gateway == nil && rows[2].scope == "link")
        // JSON says `dst` of the route and of the tunnel.
        #expect(try read("ip-route-encap.json").rows == rows)
        let six = try read("ip-6-route-encap.txt")
        #expect(six.unread.isEmpty && six.rows.count == 7)
        #expect(six.rows[1].destination == "2001:db8:9::/48" && six.rows[1].interface == "eth0" && six.rows[1].metric == 1024)
        #expect(try read("ip-6-route-encap.json").rows == six.rows)
        let cut = try IPRoute.read("10.0.0.0/8 dev eth0 scope link\n10.12.0.0/24  encap ip id 100 src 0.0.0.0\n")
        #expect(cut.unread.map(\.number) == [2] && cut.rows.count == 1)
        let locked = try IPRoute.read("10.10.0.0/24 via 10.0.2.3 dev eth0 mtu lock 1400 rto_min lock 200ms \n")
        #expect(locked.unread.isEmpty && locked.rows.first?.mtuBytes == 1400)
    }

    @Test("the tables of net-tools: with names, with more columns, without metrics, of IPv6")
    func tables() throws {
        let rows = try read("route-n.txt").rows
        #expect(
            rows.map(\.destination) == [
                "default", "10.0.2.0/24", "10.12.0.0/24", "10.14.0.0/24", "10.255.0.0/16", "192.168.201.0/24",
            ])
        #expect(rows.map { $0.gateway?.description } == ["10.0.2.2", nil, nil, "10.0.2.3", nil, nil])
        #expect(rows[4].type == "unreachable" && rows[4].interface == nil && rows[5].interface == "net1")
        for name in ["route.txt", "route-ee.txt"] { #expect(try read(name).rows == rows && read(name).unread.isEmpty, "\(name)") }
        let netstat = try read("netstat-rn.txt")
        #expect(netstat.unread.isEmpty && netstat.rows.map(\.destination) == rows.map(\.destination))
        #expect(netstat.rows.allSatisfy { $0.metric == nil }, "its MSS is no metric")
        let six = try read("route-6.txt")
        #expect(six.unread.isEmpty && six.rows.count == 15)
        #expect(six.rows[6].destination == "default" && six.rows[6].gateway == IPAddress("fe80::1") && six.rows[6].metric == 1024)
        #expect(six.rows[14].type == "unreachable" && six.rows[14].metric == nil && six.rows[7].interface == "lo")
        // A gateway by name has no address, and newer releases put brackets around IPv6.
        let names = try IPRoute.read(
            (try Recorded.text("nodes/routes/route.txt")).replacingFirst("10.0.2.2 ", with: "_gateway "))
        #expect(names.rows.count == 5 && names.unread.map(\.number) == [3])
        let brackets = try IPRoute.read(
            "Kernel IPv6 routing table\nDestination                    Next Hop                   Flag Met Ref Use If\n"
                + "[::]/0                         _gateway                   UG   1024 1     0 eth0\n"
                + "fe80::/64                      [::]                       U    256 1     0 eth0\n")
        #expect(brackets.rows.map(\.destination) == ["fe80::/64"] && brackets.unread.map(\.number) == [3])
    }

    @Test("a next hop whose route was not read is unread, and so is a cut line")
    func damaged() throws {
        let text = try Recorded.text("nodes/routes/ip-route.txt")
        let orphan = try IPRoute.read(text.replacingFirst("10.20.0.0/16 \n", with: "10.20.0.0/16 what\n"))
        #expect(orphan.unread.count == 3 && orphan.rows.count == 11)
        #expect(orphan.rows.allSatisfy { $0.nextHops.isEmpty })
        let cut = try IPRoute.read(String(text.dropLast(5)))
        #expect(cut.unread.map(\.number) == [14] && cut.rows.count == 11)
    }

    @Test("nothing is an answer in JSON only; other outputs are named")
    func empty() throws {
        #expect(try IPRoute.read("[]\n").statedEmpty)
        #expect(throws: DialectError.nothingPrinted(expected: "`ip route` or `route -n`")) { _ = try IPRoute.read("") }
        let neighbours = try Recorded.text("nodes/bridge/ip-neigh.txt")
        #expect(
            sentenceOf { _ = try IPRoute.read(neighbours) }
                == "expected `ip route` or `route -n`; this is output of `ip neigh` on a Linux host")
    }
}
