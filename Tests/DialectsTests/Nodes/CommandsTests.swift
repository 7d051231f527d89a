import Facts
import Testing

@testable import Dialects

@Suite struct CommandsTests {
    @Test("what the commands say, to the letter")
    func texts() throws {
        #expect(try NodeCommands.linkJSON("eno2").text == "ip -j link show dev eno2")
        #expect(
            try NodeCommands.vfLinks("eno2").text
                == "LC_ALL=C ls -ld /sys/class/net/eno2/device /sys/class/net/eno2/device/virtfn* "
                + "/sys/class/net/eno2/device/virtfn*/driver /sys/class/net/eno2/device/virtfn*/net/*")
        #expect(try NodeCommands.cniVersion("/opt/cni/bin/sriov").text == "CNI_COMMAND=VERSION /opt/cni/bin/sriov </dev/null")
        #expect(
            NodeCommands.kubeletCheckpoint.privilegedText
                == "sudo -n cat /var/lib/kubelet/device-plugins/kubelet_internal_checkpoint")
        let gateway = try #require(IPAddress("192.168.201.1"))
        #expect(
            try PodCommands.ping(gateway, out: "net1", count: 3).arguments
                == ["ping", "-c", "3", "-W", "1", "-I", "net1", "192.168.201.1"])
        #expect(
            try PodCommands.environment("intel.com/intel_sriov_netdevice").arguments
                == ["printenv", "PCIDEVICE_INTEL_COM_INTEL_SRIOV_NETDEVICE"])
    }

    @Test(
        "names that could mean more are refused with the reason",
        arguments: [
            ("eno2; reboot", "the interface 'eno2; reboot' is not sent: a Linux interface name has no blank and no '/'"),
            ("../../etc", "the interface '../../etc' is not sent: a Linux interface name has no blank and no '/'"),
            ("-a", "the interface '-a' is not sent: it begins with '-' and would be read as an option"),
            ("", "the interface '' is not sent: a Linux interface name has 1 to 15 bytes"),
            (
                "averyveryverylongname",
                "the interface 'averyveryverylongname' is not sent: a Linux interface name has 1 to 15 bytes"
            ),
            ("..", "the interface '..' is not sent: it is a folder's name"),
        ])
    func refusals(name: String, sentence: String) {
        #expect(sentenceOf { _ = try NodeCommands.linkJSON(InterfaceName(name)) } == sentence)
    }

    @Test("a name with shell characters is quoted, not trusted")
    func quoting() throws {
        #expect(try NodeCommands.linkText("a$(id)").text == "ip link show dev 'a$(id)'")
        #expect(try NodeCommands.cniBinary("/opt/it's/sriov").text == "LC_ALL=C ls -lL '/opt/it'\\''s/sriov'")
        #expect(ShellQuoted("").text == "''" && ShellQuoted("a*b").text == "'a*b'" && ShellQuoted("vlan.201").text == "vlan.201")
        #expect(throws: CommandRefusal.self) { _ = try NodeCommands.cniBinary("opt/cni") }
        #expect(throws: CommandRefusal.self) { _ = try NodeCommands.cniBinary("/opt/\ncni") }
    }

    @Test(
        "what is sent to a device is letters, digits and a few marks",
        arguments: [
            ("SRIOV_201", nil), ("ge-0/0/9.0", nil), ("0a:43:80:e7:80:15", nil),
            ("a b", "the VLAN name 'a b' is not sent: ' ' is none of A-Z a-z 0-9 _ . : / -"),
            ("a|b", "the VLAN name 'a|b' is not sent: '|' is none of A-Z a-z 0-9 _ . : / -"),
            ("ü", "the VLAN name 'ü' is not sent: '\\u{00FC}' is none of A-Z a-z 0-9 _ . : / -"),
            ("-x", "the VLAN name '-x' is not sent: it begins with '-' and would be read as an option"),
            ("", "the VLAN name '' is not sent: it is empty"),
        ] as [(String, String?)])
    func deviceArguments(word: String, sentence: String?) {
        #expect(sentenceOf { _ = try DeviceArgument(word, for: "VLAN name") } == sentence)
    }

    @Test("a pod's interface cannot be a path, a ping has a count")
    func pods() throws {
        #expect(throws: CommandRefusal.self) { _ = try PodCommands.deviceLink("../../etc") }
        #expect(try PodCommands.deviceLink("net1").text == "readlink -f /sys/class/net/net1/device")
        let six = try #require(IPAddress("fe80::1"))
        #expect(try PodCommands.ping(six, out: "net1", count: 1).arguments[1] == "-6")
        #expect(throws: CommandRefusal.self) { _ = try PodCommands.ping(six, out: "net1", count: 0) }
    }
}
