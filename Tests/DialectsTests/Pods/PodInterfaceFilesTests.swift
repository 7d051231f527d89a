import Facts
import Testing

@testable import Dialects

/// What the files say, held against what `ip addr` said in the same namespace.
@Suite struct PodInterfaceFilesTests {
    private static func file(_ name: String) throws -> CommandOutput {
        CommandOutput(try Recorded.text("pods/procfs/\(name).txt"))
    }

    private static func files(
        net1: CommandOutput? = nil, net2: CommandOutput? = nil
    ) throws -> PodInterfaceFiles.Files {
        var attributes = [(interface: InterfaceName("net1"), output: try net1 ?? file("sys-net1"))]
        attributes.append((interface: "eth0", output: try file("sys-eth0")))
        if let net2 { attributes.append((interface: "net2", output: net2)) }
        return .init(
            interfaces: try file("proc-net-dev"), routes: try file("proc-net-route"), trie: try file("proc-net-fib_trie"),
            inet6: try file("proc-net-if_inet6"), attributes: attributes)
    }

    @Test("The files say the same as ip addr")
    func sameAsIP() throws {
        let reading = try PodInterfaceFiles.read(try Self.files(net1: try Self.file("sys-net1-no-carrier")))
        let told = try IPAddr.read(try Recorded.text("pods/procfs/ip-addr.txt"))
        #expect(reading.rows.map(\.interface) == told.rows.map(\.interface))
        for name in ["net1", "eth0"] as [InterfaceName] {
            let row = try #require(reading.rows.first { $0.interface == name })
            let other = try #require(told.rows.first { $0.interface == name })
            #expect(row.mac == other.mac && row.mtuBytes == other.mtuBytes && row.index == other.index)
            #expect(row.up == other.up && row.lowerUp == other.lowerUp)
            #expect(row.ipv4 == other.ipv4 && Set(row.ipv6) == Set(other.ipv6))
        }
        #expect(reading.canShowAbsence)
    }

    @Test("Carrier is up where the file says 1, and there is none on an interface that is down")
    func carrier() throws {
        let errors = try Recorded.text("pods/procfs/sys-net2-down.errors.txt")
        let down = CommandOutput(try Self.file("sys-net2-down").text, errors: errors, exitStatus: 1)
        let reading = try PodInterfaceFiles.read(try Self.files(net2: down))
        let net1 = try #require(reading.rows.first { $0.interface == "net1" })
        let net2 = try #require(reading.rows.first { $0.interface == "net2" })
        #expect(net1.up == true && net1.lowerUp == true)
        #expect(net2.up == false && net2.lowerUp == false && net2.ipv4.isEmpty)
    }

    @Test("An interface whose folder is hidden is there, and nothing is known of it")
    func hidden() throws {
        let errors = CommandOutput("", errors: "cat: can't open '/sys/class/net/net2/address': No such file or directory\n")
        let net2 = try #require(try PodInterfaceFiles.read(try Self.files(net2: errors)).rows.first { $0.interface == "net2" })
        #expect(net2.up == nil && net2.mac == nil)
    }

    @Test("An address that no subnet covers is of no interface: nothing can be called absent then")
    func uncovered() throws {
        var files = try Self.files()
        files.trie = try Self.file("proc-net-fib_trie-more")
        files.routes = try Self.file("proc-net-route-more")
        let reading = try PodInterfaceFiles.read(files)
        let net1 = try #require(reading.rows.first { $0.interface == "net1" })
        #expect(net1.ipv4.map(\.description) == ["192.168.201.2/24", "192.168.201.20/24"])
        // 172.16.0.1 is on net2, which is down, and 198.51.100.1 has a peer: neither has a route of its subnet.
        #expect(reading.unread.map { $0.text.split(separator: " ")[0] } == ["172.16.0.1", "198.51.100.1"])
        #expect(!reading.canShowAbsence)
    }

    @Test("Masks are read on big-endian machines too")
    func byteOrder() throws {
        let table = """
            Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
            net1\tC0A8C900\t00000000\t0001\t0\t0\t0\tFFFFFF00\t0\t0\t0

            """
        #expect(try ProcNet.connected(CommandOutput(table)).map(\.subnet.description) == ["192.168.201.0/24"])
    }

    @Test(
        "A file that is missing, cut or something else is an error that says so",
        arguments: [
            ("", "cat: can't open '/proc/net/fib_trie': No such file or directory\n", "what was asked about is not there"),
            ("Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 10.2", "", "expected all of /proc/net/fib_trie"),
            ("default via 10.0.0.1 dev eth0\n", "", "expected /proc/net/fib_trie"),
            ("", "", "nothing was printed"),
            ("", "exec: \"cat\": executable file not found in $PATH: unknown", "the program is not there"),
        ])
    func spoilt(text: String, errors: String, words: String) throws {
        var files = try Self.files()
        files.trie = CommandOutput(text, errors: errors, exitStatus: 1)
        let error = #expect(throws: DialectError.self) { _ = try PodInterfaceFiles.read(files) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test("A kernel without IPv6 has no such file, and no such addresses")
    func noIPv6() throws {
        var files = try Self.files()
        files.inet6 = CommandOutput("", errors: "cat: /proc/net/if_inet6: No such file or directory\n", exitStatus: 1)
        #expect(try PodInterfaceFiles.read(files).rows.allSatisfy(\.ipv6.isEmpty))
    }

    @Test("The device behind an interface stands in its uevent")
    func uevent() throws {
        let text = "DRIVER=ixgbevf\nPCI_CLASS=20000\nPCI_ID=8086:1515\nPCI_SLOT_NAME=0000:01:10.3\n"
        #expect(try PodDeviceLink.read(event: CommandOutput(text), interface: "net1").found == PCIAddress("0000:01:10.3"))
        let missing = CommandOutput(
            "", errors: "cat: /sys/class/net/net1/device/uevent: No such file or directory\n", exitStatus: 1)
        #expect(
            try PodDeviceLink.read(event: missing, interface: "net1")
                == .absent(hint: "/sys/class/net/net1/device/uevent does not exist"))
        #expect(
            try PodDeviceLink.read(event: CommandOutput("DRIVER=virtio_net\n"), interface: "eth0")
                == .absent(hint: "eth0 has no PCI function behind it: DRIVER=virtio_net"))
        #expect(throws: DialectError.self) {
            _ = try PodDeviceLink.read(event: CommandOutput("0000:01:10.3\n"), interface: "net1")
        }
    }
}
