import Facts
import Testing

@testable import Labs

@Suite("What a node answers over SSH")
struct NodeShellTests {
    private func shell(_ name: String = "worker1") throws -> NodeShell {
        let node = try #require(FabricState(site: SeedOutput.site()).nodes[.init(name)])
        return NodeShell(node: node, at: .zero)
    }

    @Test("lshw lists the seed's functions and links")
    func lshwIsTheSeeds() throws {
        #expect(
            try shell().run("sudo lshw -c network -businfo").outputText
                == SeedOutput.answer("nodes/seed/lshw-businfo.txt", to: "sudo lshw"))
    }

    @Test("lspci gives the seed's first VF, and a blank line after it")
    func lspciIsTheSeeds() throws {
        #expect(
            try shell().run("lspci -vmmkns 01:10.1").outputText == SeedOutput.answer(
                "nodes/seed/lspci-vmmkns.txt", to: "lspci  -vmmkns") + "\n")
        #expect(try shell().run("lspci -Dvmmkns 0000:01:1f.7") == CommandAnswer(""))
    }

    @Test(
        "Files and links of sysfs are told from the site",
        arguments: [
            ("cat /sys/class/net/eno2/device/sriov_numvfs", "8\n"),
            ("cat /sys/class/net/eno2/device/sriov_totalvfs", "63\n"),
            ("readlink /sys/class/net/eno2/device/virtfn1", "../0000:01:10.3\n"),
            ("readlink -f /sys/class/net/eno2/device/virtfn1/physfn", "/sys/devices/pci0000:00/0000:00:03.0/0000:01:00.1\n"),
            ("readlink /sys/bus/pci/devices/0000:01:10.3/driver", "../../../../bus/pci/drivers/ixgbevf\n"),
            ("ls /sys/bus/pci/devices/0000:01:10.3/net", "eno2v1\n"),
            ("cat /sys/class/net/eno2/carrier /sys/class/net/eno2/operstate", "1\nup\n"),
            ("grep -Hs . /sys/class/net/eno2/device/sriov_numvfs", "/sys/class/net/eno2/device/sriov_numvfs:8\n"),
            ("od -An -tx1 -j18 -N2 /opt/cni/bin/sriov", " 3e 00\n"),
            ("stat -c '%A %n' /opt/cni/bin/sriov", "-rwxr-xr-x /opt/cni/bin/sriov\n"),
            ("uname -rm", "5.4.0-135-generic x86_64\n"),
        ])
    func filesOfSysfs(command: String, expected: String) throws {
        #expect(try shell().run(command) == CommandAnswer(expected))
    }

    @Test(
        "What is not there is refused as GNU tools refuse it",
        arguments: [
            ("cat /nope", "cat: /nope: No such file or directory\n", 1),
            ("ls /nope", "ls: cannot access '/nope': No such file or directory\n", 2),
            ("stat -c %A /nope", "stat: cannot statx '/nope': No such file or directory\n", 1),
            ("cat /etc/cni/net.d", "cat: /etc/cni/net.d: Is a directory\n", 1),
            ("readlink -e /nope", "", 1),
            ("test -x /opt/cni/bin/nope", "", 1),
            ("ethtool -i eno2", "sh: 1: ethtool: not found\n", 127),
            ("/opt/cni/bin/nope", "sh: 1: /opt/cni/bin/nope: not found\n", 127),
            ("ip link show nope0", "Device \"nope0\" does not exist.\n", 1),
        ])
    func refusals(command: String, errors: String, status: Int) throws {
        #expect(try shell().run(command) == CommandAnswer("", errors: errors, status: status))
    }

    @Test("A controller has no VFs and no eno2")
    func controllerHasNone() throws {
        #expect(try shell("controller1").run("test -e /sys/class/net/eno2").status == 1)
    }
}
