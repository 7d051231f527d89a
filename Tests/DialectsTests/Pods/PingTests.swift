import Facts
import Testing

@testable import Dialects

@Suite struct PingTests {
    @Test("the seed's three pings as pasted")
    func seed() throws {
        let reading = try Ping.read(try Recorded.text("pods/seed/ping.txt"))
        #expect(reading.unread.isEmpty && reading.form == "text/busybox")
        #expect(reading.rows.map(\.rttAvgMs) == [2.455, 9.939, 4.626])
        #expect(reading.rows.allSatisfy { $0.sent == 1 && $0.received == 1 && $0.lossPercent == 0 })
        #expect(reading.rows.allSatisfy { $0.destination == IPAddress("192.168.201.1") })
    }

    @Test("recorded answers of iputils and busybox")
    func recordings() throws {
        let iputils = try Ping.readOne(try Recorded.text("pods/igb/ping-iputils.txt"))
        #expect(iputils.rttMinMs == 2.587 && iputils.rttMaxMs == 2.587 && iputils.received == 1)
        let busybox = try Ping.readOne(try Recorded.text("pods/igb/ping-busybox.txt"))
        #expect(busybox.rttAvgMs == 2.827 && busybox.received == 1)
    }

    @Test(
        "recorded losses, duplicates, refusals and errors of three programs",
        arguments: [
            ("iputils-unreachable", 3, 0, nil, nil), ("iputils-loss", 2, 0, nil, 2), ("iputils-df-local", 2, 0, nil, 2),
            ("iputils-df-remote", 3, 0, nil, 3), ("iputils-dup", 2, 2, 2, nil), ("iputils-ttl", 1, 0, nil, 1),
            ("iputils-6", 2, 2, nil, nil), ("iputils-D-O", 2, 2, nil, nil), ("iputils-bound", 2, 2, nil, nil),
            ("inetutils-unreachable", 3, 0, nil, nil), ("inetutils-remote-unreachable", 2, 0, nil, nil),
            ("inetutils-df", 2, 1, nil, nil), ("inetutils-df-v", 2, 2, nil, nil), ("inetutils-dup", 1, 1, 2, nil),
            ("inetutils-6", 2, 2, nil, nil), ("inetutils-ttl", 1, 0, nil, nil), ("inetutils-q", 2, 2, nil, nil),
            ("busybox-unreachable", 2, 0, nil, nil), ("busybox-remote-unreachable", 2, 0, nil, nil),
            ("busybox-df", 2, 1, nil, nil), ("busybox-dup", 2, 2, 2, nil), ("busybox-6", 2, 2, nil, nil),
        ] as [(String, Int, Int, Int?, Int?)])
    func recorded(_ name: String, _ sent: Int, _ received: Int, _ duplicates: Int?, _ errors: Int?) throws {
        let reading = try Ping.read(try Recorded.text("pods/ping/\(name).txt"))
        let result = try #require(reading.rows.first)
        #expect(reading.rows.count == 1 && reading.unread.isEmpty)
        #expect(result.sent == sent && result.received == received && result.duplicates == duplicates && result.errors == errors)
    }

    // The words are those of iputils `ping_common.c`, busybox `ping.c` and inetutils `ping_echo.c`.
    @Test(
        "statistics of each program",
        arguments: [
            ("2 packets transmitted, 0 received, 100% packet loss, time 1023ms\n", P(2, 0, 100)),
            (
                "3 packets transmitted, 1 received, 66.6667% packet loss, time 2043ms\nrtt min/avg/max/mdev = 0.1/0.2/0.3/0.0 ms\n",
                P(3, 1, 66.6667, 0.1, 0.2, 0.3)
            ),
            ("3 packets transmitted, 0 received, +3 errors, 100% packet loss, time 2051ms\npipe 3\n", P(3, 0, 100, errors: 3)),
            (
                "2 packets transmitted, 2 received, +2 duplicates, 0% packet loss, time 1001ms\nrtt min/avg/max/mdev = 0.5/0.6/0.7/0.1 ms\n",
                P(2, 2, 0, 0.5, 0.6, 0.7, duplicates: 2)
            ),
            ("1 packets transmitted, 0 packets received, 100% packet loss\n", P(1, 0, 100)),
            (
                "3 packets transmitted, 2 packets received, 33% packet loss\nround-trip min/avg/max = 1.5/2.0/2.5 ms\n",
                P(3, 2, 33, 1.5, 2.0, 2.5)
            ),
            (
                "2 packets transmitted, 2 packets received, 1 duplicates, 0% packet loss\nround-trip min/avg/max = 1.5/2.0/2.5 ms\n",
                P(2, 2, 0, 1.5, 2.0, 2.5, duplicates: 1)
            ),
            (
                "2 packets transmitted, 2 packets received, 0% packet loss\nround-trip min/avg/max/stddev = 0.030/0.038/0.046/0.000 ms\n",
                P(2, 2, 0, 0.030, 0.038, 0.046)
            ),
            (
                "2 packets transmitted, 2 received, 0% packet loss, time 1002ms\nrtt min/avg/max/mdev = 0.5/0.6/0.7/0.1 ms, pipe 2\n",
                P(2, 2, 0, 0.5, 0.6, 0.7)
            ),
        ] as [(String, P)])
    func statistics(lines: String, expected: P) throws {
        let text =
            "PING 192.168.201.1 (192.168.201.1) from 192.168.201.2 net1: 56(84) bytes of data.\n\n--- 192.168.201.1 ping statistics ---\n"
        let reading = try Ping.read(text + lines)
        #expect(reading.rows == [expected.result])
        #expect(reading.unread.isEmpty)
    }

    @Test("what stands between title and statistics: a flood's points, a count asked by a signal, kubectl's last words")
    func between() throws {
        let text =
            "PING 192.168.201.1 (192.168.201.1) 56(84) bytes of data.\n.^C\n1/1 packets, 0% loss, min/avg/ewma/max = 0.3/0.3/0.3/0.3 ms\n"
            + "--- 192.168.201.1 ping statistics ---\n2 packets transmitted, 0 received, 100% packet loss, time 1002ms\n"
            + "command terminated with exit code 1\n"
        let reading = try Ping.read(text)
        #expect(reading.unread.isEmpty && reading.rows.count == 1 && reading.rows.first?.received == 0)
    }

    @Test("a host that was named is told by its address")
    func named() throws {
        let text =
            "PING gateway (192.168.201.1): 56 data bytes\n\n--- gateway ping statistics ---\n1 packets transmitted, 1 packets received, 0% packet loss\n"
        #expect(try Ping.readOne(text).destination == IPAddress("192.168.201.1"))
        let six =
            "PING fe80::1%net1(fe80::1%net1) 56 data bytes\n\n--- fe80::1 ping statistics ---\n1 packets transmitted, 0 received, 100% packet loss, time 0ms\n"
        #expect(try Ping.readOne(six).destination == IPAddress("fe80::1"))
    }

    @Test(
        "what kept ping from answering is an error of its own",
        arguments: [
            (
                "PING 10.1.1.1 (10.1.1.1): 56 data bytes\nping: sendto: Network is unreachable\n",
                DialectError.unreachable("ping: sendto: Network is unreachable")
            ),
            ("ping: connect: Network is unreachable\n", .unreachable("ping: connect: Network is unreachable")),
            (
                "PING 10.1.1.1 (10.1.1.1): 56 data bytes\nping: permission denied (are you root?)\n",
                .permissionDenied("ping: permission denied (are you root?)")
            ),
            ("ping: socket: Operation not permitted\n", .permissionDenied("ping: socket: Operation not permitted")),
            ("ping: SO_BINDTODEVICE net1: No such device\n", .noSuchSubject("ping: SO_BINDTODEVICE net1: No such device")),
            ("ping: unknown iface net1\n", .noSuchSubject("ping: unknown iface net1")),
            (
                "exec: \"ping\": executable file not found in $PATH: unknown\n",
                .commandNotFound("exec: \"ping\": executable file not found in $PATH: unknown")
            ),
            (
                "PING 10.1.1.1 (10.1.1.1) 56(84) bytes of data.\n64 bytes from 10.1.1.1: icmp_seq=1 ttl=64 time=1 ms\n",
                .incomplete(expected: "the statistics of a ping", saw: "PING 10.1.1.1 (10.1.1.1) 56(84) bytes of data.")
            ),
            ("", .nothingPrinted(expected: "the statistics of a ping")),
        ])
    func errors(text: String, error: DialectError) {
        #expect(throws: error) { _ = try Ping.readOne(text) }
    }

    @Test("statistics cut before the loss are unread", arguments: [20, 33, 40, 47, 49])
    func cut(width: Int) throws {
        let whole = try Recorded.text("pods/seed/ping.txt")
        let statistics = "1 packets transmitted, 1 packets received, 0% packet loss"
        let reading = try Ping.read(whole.replacingFirst(statistics, with: String(statistics.prefix(width))))
        #expect(reading.rows.count == 2)
        #expect(!reading.unread.isEmpty)
    }

    @Test("replies, errors and warnings between are read through, wrapped statistics too")
    func noise() throws {
        let text = """
            ping: Warning: source address might be selected on device other than: net1
            PING 192.168.201.9 (192.168.201.9) from 192.168.201.2 net1: 56(84) bytes of data.
            From 192.168.201.2 icmp_seq=1 Destination Host Unreachable
            ping: local error: message too long, mtu=1500
            64 bytes from 192.168.201.9: icmp_seq=3 ttl=64 time=0.713 ms (DUP!)

            --- 192.168.201.9 ping statistics ---
            3 packets transmitted, 1 received, +1 duplicates, +1 errors, 66.6667% packe
            t loss, time 2043ms
            rtt min/avg/max/mdev = 0.713/0.713/0.713/0.000 ms

            """
        let result = try Ping.readOne(text)
        #expect(result.received == 1 && result.errors == 1 && result.duplicates == 1 && result.rttMaxMs == 0.713)
    }

    @Test("busybox' ping is refused where iputils' is expected, and the other way round")
    func programs() throws {
        let busybox = try Recorded.text("pods/igb/ping-busybox.txt")
        let iputils = try Recorded.text("pods/igb/ping-iputils.txt")
        #expect(
            sentenceOf { _ = try Ping.read(busybox, program: .linux) } == "expected ping of iputils; this is busybox ping output")
        #expect(
            sentenceOf { _ = try Ping.read(iputils, program: .busybox) }
                == "expected ping of busybox; this is iputils ping output")
        let links = try Recorded.text("nodes/igb/ip-link.txt")
        #expect(throws: DialectError.self) { _ = try Ping.read(links) }
    }
}

/// A ping's statistics, written short.
struct P: Sendable {
    let result: PingResult

    init(
        _ sent: Int, _ received: Int, _ loss: Double, _ min: Double? = nil, _ avg: Double? = nil, _ max: Double? = nil,
        duplicates: Int? = nil, errors: Int? = nil
    ) {
        result = PingResult(
            destination: IPAddress(octets: [192, 168, 201, 1]) ?? IPAddress(octets: [0, 0, 0, 0])!, sent: sent,
            received: received,
            duplicates: duplicates, lossPercent: loss, rttMinMs: min, rttAvgMs: avg, rttMaxMs: max, errors: errors)
    }
}
