import Facts
import Testing

@testable import Dialects

@Suite struct PodReadersTests {
    @Test("the PCI function behind net1")
    func deviceLink() throws {
        let path = "/sys/devices/pci0000:00/0000:00:10.0/0000:01:10.3\n"
        #expect(try PodDeviceLink.read(CommandOutput(path), interface: "net1").found == PCIAddress("0000:01:10.3"))
        // GNU prints the path itself where its last part is missing, busybox nothing.
        let itself = CommandOutput("/sys/class/net/net1/device\n")
        #expect(
            try PodDeviceLink.read(itself, interface: "net1")
                == .absent(hint: "net1 has no PCI function behind it: /sys/class/net/net1/device"))
        #expect(
            try PodDeviceLink.read(CommandOutput("", exitStatus: 1), interface: "net1")
                == .absent(hint: "/sys/class/net/net1/device does not resolve"))
        let missing = CommandOutput("", errors: "exec: \"readlink\": executable file not found in $PATH: unknown")
        #expect(throws: DialectError.self) { _ = try PodDeviceLink.read(missing, interface: "net1") }
    }

    @Test("the addresses in a container's environment")
    func environment() throws {
        let resource = ResourceName("intel.com/intel_sriov_netdevice")
        #expect(resource.environmentVariable == "PCIDEVICE_INTEL_COM_INTEL_SRIOV_NETDEVICE")
        #expect(
            try PodEnvironment.read(CommandOutput("0000:01:10.3,0000:01:10.5\n"), resource: resource).found
                == [PCIAddress("0000:01:10.3"), PCIAddress("0000:01:10.5")].compactMap { $0 })
        #expect(
            try PodEnvironment.read(CommandOutput("", exitStatus: 1), resource: resource)
                == .absent(hint: "PCIDEVICE_INTEL_COM_INTEL_SRIOV_NETDEVICE is not set"))
        #expect(throws: DialectError.self) { _ = try PodEnvironment.read(CommandOutput("0000:01:1\n"), resource: resource) }
    }
}
