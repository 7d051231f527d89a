import Facts
import Testing

@testable import Dialects

@Suite struct SysfsFilesTests {
    private func output(_ name: String) throws -> CommandOutput {
        CommandOutput(
            try? Recorded.text("nodes/coreutils/\(name).txt"), errors: try? Recorded.text("nodes/coreutils/\(name).err"))
    }

    @Test("a PF with its files and links")
    func physicalFunction() throws {
        let found = try SysfsFiles.physicalFunction("eno2", files: output("eno2-files"), links: output("eno2-links")).found
        #expect(
            found
                == PhysicalFunction(
                    interface: "eno2", pciAddress: PCIAddress("0000:01:00.1"), vendor: "8086", device: "10c9", driver: "igb",
                    mac: MACAddress("52:54:00:c8:01:02"), mtuBytes: 1500, operState: "up", carrier: true, totalVFs: 7, numVFs: 3))
    }

    @Test("the carrier of an interface that is down cannot be read, and is not 'no carrier'")
    func down() throws {
        let found = try SysfsFiles.physicalFunction("eno1", files: output("eno1-files"), links: output("eno1-links")).found
        #expect(found?.operState == "down" && found?.carrier == nil && found?.numVFs == 0)
    }

    @Test("an interface that is not there is absent; one that could not be looked at is an error")
    func missing() throws {
        let lookup = try SysfsFiles.physicalFunction("eno9", files: output("eno9-files"), links: output("eno9-links"))
        #expect(lookup == .absent(hint: "/sys/class/net/eno9 does not exist"))
        let refused = CommandOutput("", errors: "ls: cannot access '/sys/class/net/eno9': Permission denied\n")
        #expect(throws: DialectError.permissionDenied("ls: cannot access '/sys/class/net/eno9': Permission denied")) {
            _ = try SysfsFiles.physicalFunction("eno9", files: CommandOutput(""), links: refused)
        }
        #expect(throws: DialectError.nothingPrinted(expected: "the files of /sys/class/net/eno9")) {
            _ = try SysfsFiles.physicalFunction("eno9", files: CommandOutput(""), links: CommandOutput(""))
        }
    }

    @Test("VFs by number: in the host, in a pod, and given to vfio")
    func vfDevices() throws {
        let devices = try SysfsFiles.vfDevices("eno2", links: output("eno2-vf-links"), files: output("eno2-vf-files"))
        let expected = [
            (0, "0000:01:10.1", "igbvf", ["eno2v0"]), (1, "0000:01:10.3", "igbvf", []), (2, "0000:01:10.5", "vfio-pci", []),
        ]
        #expect(
            devices
                == expected.compactMap { index, address, driver, netdevs in
                    PCIAddress(address).map {
                        VFDevice(
                            index: index, pciAddress: $0, vendor: "8086", device: "10ca", driver: driver,
                            netdevs: netdevs.map { InterfaceName($0) })
                    }
                })
    }

    @Test("a PF without VFs has none; a PF that is not there is an error")
    func noVFs() throws {
        #expect(try SysfsFiles.vfDevices("eno1", links: output("eno1-vf-links"), files: output("eno1-vf-files")).isEmpty)
        #expect(
            sentenceOf { _ = try SysfsFiles.vfDevices("eno9", links: output("eno9-vf-links"), files: output("eno9-vf-files")) }
                == "what was asked about is not there: '/sys/class/net/eno9/device: No such file or directory'")
        #expect(throws: DialectError.self) {
            _ = try SysfsFiles.vfDevices("eno2", links: CommandOutput(""), files: CommandOutput(""))
        }
    }

    @Test("VF 10 comes after VF 9, though its link is listed before")
    func order() throws {
        let lines = [0, 1, 10, 2, 9].map {
            "lrwxrwxrwx 1 root root 0 Nov 23 21:44 /sys/class/net/p0/device/virtfn\($0) -> ../0000:01:10.\($0 % 8)"
        }
        let text = (["lrwxrwxrwx 1 root root 0 Nov 23 21:44 /sys/class/net/p0/device -> ../../../0000:01:00.0"] + lines)
            .joined(separator: "\n")
        let devices = try SysfsFiles.vfDevices("p0", links: CommandOutput(text + "\n"), files: CommandOutput(""))
        #expect(devices.map(\.index) == [0, 1, 2, 9, 10])
        #expect(devices.allSatisfy { $0.vendor == nil && $0.driver == nil })
    }

    @Test("a link that breaks off is an error, not a VF without address")
    func cut() throws {
        let whole = try Recorded.text("nodes/coreutils/eno2-vf-links.txt")
        let cut = CommandOutput(whole.replacingFirst("-> ../0000:01:10.3", with: "-> ../0000:01:1"))
        #expect(throws: DialectError.self) { _ = try SysfsFiles.vfDevices("eno2", links: cut, files: CommandOutput("")) }
    }

    @Test("kernel, IOMMU groups and machine")
    func kernel() throws {
        let state = try KernelStateReader.read(
            commandLine: CommandOutput("BOOT_IMAGE=/vmlinuz root=/dev/sda1 intel_iommu=on iommu=pt\n"),
            groups: CommandOutput("0\n1\n10\n2\n"), kernel: CommandOutput("6.1.0-56-amd64 x86_64\n"))
        #expect(
            state
                == KernelState(
                    commandLine: "BOOT_IMAGE=/vmlinuz root=/dev/sda1 intel_iommu=on iommu=pt", iommuGroups: 4,
                    release: "6.1.0-56-amd64", machine: "x86_64"))
        let none = CommandOutput(
            "", errors: "ls: cannot access '/sys/kernel/iommu_groups': No such file or directory\n", exitStatus: 2)
        #expect(
            try KernelStateReader.read(
                commandLine: CommandOutput("quiet\n"), groups: none, kernel: CommandOutput("5.15.0 aarch64\n")
            ).iommuGroups == 0)
        #expect(throws: DialectError.self) {
            _ = try KernelStateReader.read(
                commandLine: CommandOutput("quiet\n"),
                groups: CommandOutput("", errors: "ls: cannot open directory '/sys/kernel/iommu_groups': Permission denied\n"),
                kernel: CommandOutput("5.15.0 aarch64\n"))
        }
    }
}

extension CommandOutput {
    fileprivate init(_ text: String?, errors: String?) { self.init(text ?? "", errors: errors ?? "") }
}
