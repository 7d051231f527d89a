import Facts
import Testing

@testable import Dialects

@Suite("A kernel's log and parameters")
struct KernelLogTests {
    private func fault(_ line: String) throws -> KernelMessage? { try KernelLog.read(line + "\n").rows.first }

    @Test("a true log: two faults of VF 1; a log without any says so")
    func recorded() throws {
        let log = try KernelLog.read(try Recorded.text("nodes/igb/dmesg.txt"))
        #expect(log.unread.isEmpty && log.rows.map(\.fault) == [.vfMACInvalid, .vfMACInvalid])
        let first = try #require(log.rows.first)
        #expect(first.time == "121.813169" && first.driver == "igb" && first.pciAddress == PCIAddress("0000:01:00.1"))
        #expect(first.vf == 1 && first.text == "VF 1 attempted to set invalid MAC filter")
        #expect(try KernelLog.read(try Recorded.text("nodes/bridge/dmesg.txt")).statedEmpty)
    }

    // The sentences are those of the kernel's `drivers/pci/iov.c`, igb, ixgbe, i40e, ice and `drivers/iommu/intel/dmar.c`.
    @Test(
        "the faults that drivers name",
        arguments: [
            ("mlx5_core 0000:b0:00.0: not enough MMIO resources for SR-IOV", KernelMessage.Fault.mmioTooSmall, nil),
            ("igb 0000:07:00.0: SR-IOV: bus number out of range", .busRangeTooSmall, nil),
            ("igb 0000:02:00.0: VF 0 attempted to override administratively set MAC address", .vfMACOverride, 0),
            (
                "ixgbe 0000:01:00.1 eno2: VF 3 attempted to override administratively set VLAN configuration", .vfVLANOverride,
                3
            ),
            ("igb 0000:01:00.1: Spoof event(s) detected on VF 5", .spoofedPackets, 5),
            ("ixgbe 0000:01:00.1 enp1s0f1: 3 Spoofed packets detected", .spoofedPackets, nil),
            (
                "i40e 0000:03:00.0: Cannot add more MAC addresses, VF is not trusted, switch the VF to trusted to add more functionality",
                .vfNotTrusted, nil
            ),
            ("ice 0000:17:00.0: Malicious Driver Detection event 7 on TX queue 12 PF# 0 VF# 4", .maliciousDriver, 4),
            ("igb 0000:56:00.0 eth0: igb: eth0 NIC Link is Down", .linkDown, nil),
            (
                "DMAR: [DMA Write NO_PASID] Request device [01:10.3] fault addr 0xb97ff000 [fault reason 0x05] PTE Write access is not set",
                .iommuFault, nil
            ),
        ] as [(String, KernelMessage.Fault, Int?)])
    func faults(_ message: String, _ kind: KernelMessage.Fault, _ vf: Int?) throws {
        for stamp in [
            "[  119.262252] ", "[Mon Nov 23 10:10:10 2026] ", "Nov 23 10:10:10 worker1 kernel: ",
            "kern  :warn  : [  119.262252] ",
        ] {
            let entry = try #require(try fault(stamp + message))
            #expect(entry.fault == kind && entry.vf == vf, "\(stamp)")
        }
        #expect(try fault("Nov 23 10:10:10 worker1 kernel: [  119.262252] " + message)?.time == "Nov 23 10:10:10")
    }

    @Test("the device that a line names")
    func devices() throws {
        let spoof = try fault("[819.970742] ixgbe 0000:01:00.1 enp1s0f1: 3 Spoofed packets detected")
        #expect(spoof?.interface == "enp1s0f1" && spoof?.text == "3 Spoofed packets detected" && spoof?.driver == "ixgbe")
        let iommu = try fault("[ 1.0] DMAR: [DMA Read NO_PASID] Request device [01:10.3] fault addr 0x1 [fault reason 0x06] x")
        #expect(iommu?.pciAddress == PCIAddress("0000:01:10.3") && iommu?.driver == nil)
    }

    @Test("faults of every kind and in every form of time that users report")
    func reported() throws {
        let log = try KernelLog.read(try Recorded.text("nodes/reports/kernel-faults.txt"))
        #expect(log.unread.isEmpty)
        #expect(
            log.rows.map(\.fault) == [
                .busRangeTooSmall, .mmioTooSmall, .mmioTooSmall, .vfEnableFailed, .vfEnableFailed, .vfEnableFailed,
                .pfUnreachable,
                .pfUnreachable, .vfMACOverride, .vfRequestRefused, .vfNotTrusted, .vfRequestRefused, .vfNotTrusted,
                .maliciousDriver, .linkDown, .iommuRefused, .iommuFault, .iommuFault, .iommuFault,
            ], "BAR 2 is a PF's own, and a random MAC no fault")
        #expect(
            log.rows.map { $0.time ?? "" }.suffix(10) == [
                "4593.404029", "Nov23 23:57", "Nov 4 09:48", "5000.000001", "5000.000002", "2026-11-23T10:10:10,123456+00:00",
                "2026-11-23T10:10:10+0000", "Nov 23 10:10:10", "Nov 23 10:10:10", "5000.000003",
            ])
        #expect(log.rows.compactMap(\.vf) == [8, 1, 4])
        #expect(log.rows[14].interface == "ens1f0np0" && log.rows[14].text == "Link down")
        #expect(log.rows.suffix(3).map { $0.pciAddress?.description } == ["0000:e2:00.0", "0000:5e:10.0", "0000:5e:10.0"])
    }

    @Test("a VF's number in hex")
    func hexadecimal() throws {
        let line = "[ 1.0] i40e 0000:5e:00.0: Malicious Driver Detection event 0x02 on TX queue 5 PF number 0x00 VF number 0x1f"
        #expect(try fault(line)?.vf == 31)
    }

    @Test("what has no time of a kernel log is none")
    func others() {
        #expect(throws: DialectError.self) { _ = try KernelLog.read("driver: igb\n") }
        #expect(throws: DialectError.self) {
            _ = try KernelLog.read("dmesg: read kernel buffer failed: Operation not permitted\n")
        }
    }

    @Test("parameters, with values in quotes and without values")
    func parameters() throws {
        let text = "BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro intel_iommu=on iommu=pt dyndbg=\"file drivers/* +p\" quiet\n"
        let reading = try KernelParameters.read(text)
        #expect(reading.unread.isEmpty && reading.rows.count == 7)
        #expect(reading.rows[3] == NamedValue(name: "intel_iommu", value: "on"))
        #expect(reading.rows[5].value == "file drivers/* +p" && reading.rows[6] == NamedValue(name: "quiet", value: nil))
        #expect(try !KernelParameters.read(String(text.dropLast(4))).unread.isEmpty, "a line without its end may be cut")
        #expect(throws: DialectError.self) { _ = try KernelParameters.read("cat: /proc/cmdline: Permission denied\n") }
        #expect(throws: DialectError.self) { _ = try KernelParameters.read("") }
    }
}
