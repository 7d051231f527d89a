import Facts
import Testing

@testable import Dialects

@Suite struct LSPCITests {
    @Test("the seed's block as pasted")
    func seed() throws {
        let reading = try LSPCI.read(try Recorded.text("nodes/seed/lspci-vmmkns.txt"))
        #expect(reading.unread.isEmpty && reading.rows.count == 1)
        let device = try #require(reading.rows.first)
        #expect(device.address == PCIAddress("0000:01:10.1"))
        #expect(device["Vendor"] == "8086" && device["Device"] == "1515" && device["Driver"] == "ixgbevf")
        #expect(
            device.fields.map(\.key) == [
                "Slot", "Class", "Vendor", "Device", "SVendor", "SDevice", "Rev", "Driver", "Module", "NUMANode",
            ])
    }

    @Test("recorded blocks, with keys that the seed's pciutils did not print")
    func blocks() throws {
        let text = try Recorded.text("nodes/igb/lspci-vmmkns-pf.txt") + Recorded.text("nodes/igb/lspci-vmmkns-vf1.txt")
        let reading = try LSPCI.read(text)
        #expect(reading.rows.map { $0["Driver"] } == ["igb", "igbvf"])
        #expect(reading.rows.map { $0["PhySlot"] } == ["0", "16"])
        #expect(LSPCI.network(reading).rows.count == 2)
    }

    @Test("the lines of -nn, and of -k below them")
    func terse() throws {
        let reading = try LSPCI.read(try Recorded.text("nodes/igb/lspci-nn.txt"))
        #expect(reading.unread.isEmpty && reading.rows.count == 14 && reading.form == "text/nn")
        #expect(reading.rows[3]["Vendor"] == "8086" && reading.rows[3]["Device"] == "2922", "a name with brackets of its own")
        let network = LSPCI.network(reading).rows
        #expect(network.count == 9)
        #expect(
            network.last?.address == PCIAddress("01:11.5") && network.last?["Device"] == "10ca" && network.last?["Rev"] == "01")
        let detailed = try LSPCI.read(
            "0000:01:10.1 Ethernet controller [0200]: Intel Corporation 82576 Virtual Function [8086:10ca] (rev 01)\n"
                + "\tSubsystem: Red Hat, Inc. QEMU Virtual Machine [1af4:1100]\n\tKernel driver in use: igbvf\n\tKernel modules: igbvf, x\n"
        )
        #expect(detailed.unread.isEmpty)
        #expect(detailed.rows.first?["Driver"] == "igbvf" && detailed.rows.first?["SDevice"] == "1100")
        #expect(detailed.rows.first?.fields.filter { $0.key == "Module" }.map(\.value) == ["igbvf", "x"])
    }

    @Test("lines without numbers, with a domain, and those of -v")
    func named() throws {
        for name in ["lspci.txt", "lspci-D.txt", "lspci-v.txt"] {
            let reading = try LSPCI.read(try Recorded.text("nodes/virtio/\(name)"))
            #expect(reading.unread.isEmpty && reading.rows.count == 6, "\(name)")
            let card = try #require(LSPCI.network(reading).rows.first)
            #expect(card.address == PCIAddress("0000:00:03.0") && card["Rev"] == "01")
            #expect(card["Device"] == "Red Hat, Inc. Virtio 1.0 network device" && card["Vendor"] == nil)
            #expect(card["Driver"] == (name == "lspci-v.txt" ? "virtio-pci" : nil))
        }
        let blocks = try LSPCI.read(try Recorded.text("nodes/virtio/lspci-Dvmmkn.txt")).rows
        #expect(blocks.map(\.address) == (try LSPCI.read(try Recorded.text("nodes/virtio/lspci-n.txt")).rows.map(\.address)))
    }

    @Test("the quoted lines of -mm give the fields of -vmm")
    func quoted() throws {
        let blocks = try LSPCI.read(try Recorded.text("nodes/virtio/lspci-vmm.txt")).rows
        let lines = try LSPCI.read(try Recorded.text("nodes/virtio/lspci-mm.txt"))
        #expect(lines.unread.isEmpty && lines.rows.count == 6)
        for (line, block) in zip(lines.rows, blocks) {
            for key in ["Class", "Vendor", "Device", "SVendor", "SDevice", "Rev"] {
                #expect(line[key] == block[key], "\(key) of \(block["Slot"] ?? "")")
            }
            #expect(line.address == block.address)
        }
        let numbers = try LSPCI.read(try Recorded.text("nodes/virtio/lspci-Dmmnn.txt"))
        #expect(numbers.unread.isEmpty && numbers.rows[3]["Device"] == "Virtio 1.0 network device [1041]")
        #expect(LSPCI.network(numbers).rows.map(\.address) == [PCIAddress("0000:00:03.0")])
        let cut = try LSPCI.read(
            (try Recorded.text("nodes/virtio/lspci-mm.txt")).replacingFirst(" \"Virtio 1.0 RNG\"\n", with: " \"Virtio 1.0\n"))
        #expect(cut.rows.count == 5 && cut.unread.map(\.number) == [6])
    }

    @Test("what -vvv says of a capability, pasted with blanks, and a VF that does not answer")
    func verbose() throws {
        let reading = try LSPCI.read(try Recorded.text("nodes/reports/lspci-vvv-pasted.txt"))
        #expect(reading.unread.isEmpty && reading.rows.map { $0["Slot"] } == ["5e:00.0", "5e:02.0"])
        #expect(reading.rows.map { $0["Driver"] } == ["i40e", "vfio-pci"] && reading.rows[1]["Rev"] == "ff")
    }

    @Test("a block without an address is unread; an address that is not there prints nothing")
    func cut() throws {
        let whole = try Recorded.text("nodes/igb/lspci-vmmkns-vf1.txt")
        let text =
            try Recorded.text("nodes/igb/lspci-vmmkns-pf.txt") + whole.split(separator: "\n").dropFirst().joined(separator: "\n")
        let reading = try LSPCI.read(text)
        #expect(reading.rows.count == 1 && reading.unread.count == 10)
        let broken = try LSPCI.read(whole.replacingFirst("Driver:\tigbvf\n", with: "Dri\n"))
        #expect(broken.unread.map(\.text) == ["Dri"])
        #expect(throws: DialectError.nothingPrinted(expected: "`lspci -vmm` or `lspci -nn`")) { _ = try LSPCI.read("") }
        #expect(throws: DialectError.commandNotFound("bash: lspci: command not found")) {
            _ = try LSPCI.read("bash: lspci: command not found\n")
        }
    }
}

@Suite struct LSHWBusinfoTests {
    @Test("the tree, JSON and -short give the rows of -businfo")
    func forms() throws {
        let read = { (name: String) in try LSHWBusinfo.read(try Recorded.text("nodes/virtio/\(name)")) }
        let rows = try read("lshw-businfo.txt").rows
        #expect(rows.count == 2 && rows[1]["Device"] == "eth0")
        for name in ["lshw.txt", "lshw.json"] {
            let reading = try read(name)
            #expect(reading.unread.isEmpty && reading.rows.map { $0["Bus info"] } == rows.map { $0["Bus info"] })
            #expect(reading.rows.map { $0["Description"] } == rows.map { $0["Description"] })
            #expect(reading.rows.map { $0["Driver"] } == ["virtio-pci", "virtio_net"])
            #expect(reading.rows[1]["MAC"] == "02:fc:00:00:00:01" && reading.rows[1]["Device"] == "eth0")
        }
        let short = try read("lshw-short.txt")
        #expect(short.form == "text/short" && short.rows.map { $0["Device"] } == [nil, "eth0"])
        // Releases before B.02.19 print one object after the other.
        let old = try LSHWBusinfo.read(
            "{\"id\":\"network:0\",\"class\":\"network\",\"businfo\":\"pci@0000:01:00.0\",\"logicalname\":\"eno1\"},\n"
                + "{\"id\":\"network:1\",\"class\":\"network\",\"businfo\":\"pci@0000:01:00.1\",\"logicalname\":\"eno2\"}\n")
        #expect(old.rows.map { $0["Device"] } == ["eno1", "eno2"] && old.unread.isEmpty)
    }

    @Test("the seed's table as pasted: VFs, and interfaces without a bus")
    func seed() throws {
        let reading = try LSHWBusinfo.read(try Recorded.text("nodes/seed/lshw-businfo.txt"))
        #expect(reading.unread.isEmpty && reading.rows.count == 15)
        #expect(reading.rows[3]["Device"] == "eno2v1" && reading.rows[3].address == PCIAddress("0000:01:10.3"))
        #expect(reading.rows[14]["Device"] == "kube-ipvs0" && reading.rows[14].address == nil)
        #expect(reading.rows[0]["Description"] == "Ethernet Controller 10-Gigabit X540-AT2")
    }

    @Test("a whole tree, which begins with the computer")
    func wholeTree() throws {
        let text = try Recorded.text("nodes/virtio/lshw-full.txt")
        let reading = try LSHWBusinfo.read(text)
        #expect(reading.unread.isEmpty && reading.rows.count == 16)
        let card = try #require(reading.rows.first { $0["Class"] == "network" })
        #expect(card.address == PCIAddress("0000:00:03.0") && card["Driver"] == "virtio-pci")
        // Without the computer's name the first lines belong to a device whose own first line is lost.
        let headless = try LSHWBusinfo.read(text.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n")
        #expect(headless.unread.map(\.number) == [1, 2, 3])
    }

    @Test("a VF in a pod has no device name, also when the blanks are squeezed")
    func blank() throws {
        let text = try Recorded.text("nodes/igb/lshw-businfo.txt")
        let squeezed =
            text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: "\n") + "\n"
        for form in [text, squeezed] {
            let reading = try LSHWBusinfo.read(form)
            #expect(reading.rows.count == 9)
            let vf = try #require(reading.rows.first { $0.address == PCIAddress("0000:01:10.3") })
            #expect(vf["Device"] == nil && vf["Class"] == "network" && vf["Description"] == "82576 Virtual Function")
        }
    }

    @Test("warnings are read through, a cut row is unread")
    func robust() throws {
        let text =
            "WARNING: you should run this program as super-user.\n" + (try Recorded.text("nodes/igb/lshw-businfo.txt"))
            + "WARNING: output may be incomplete or inaccurate, you should run this program as super-user.\n"
        #expect(try LSHWBusinfo.read(text).unread.isEmpty)
        let cut = try LSHWBusinfo.read(text + "pci@0000:01:1\n")
        #expect(cut.unread.count == 1 && cut.rows.count == 9)
        let links = try Recorded.text("nodes/igb/ip-link.txt")
        #expect(throws: DialectError.self) { _ = try LSHWBusinfo.read(links) }
    }
}

@Suite struct CNIInstallationTests {
    private static let kernel = CommandOutput("6.1.0-56-amd64 x86_64\n")

    private func read(
        folder: CommandOutput? = nil, binary: CommandOutput? = nil, header: CommandOutput? = nil, versions: CommandOutput
    ) throws -> CNIInstallation {
        try CNIInstallationReader.read(
            CNIInstallationRequest(node: "worker1"),
            folder: folder ?? CommandOutput(try Recorded.text("nodes/coreutils/cni-folder.txt")),
            binary: binary ?? CommandOutput(try Recorded.text("nodes/coreutils/cni-binary.txt")),
            header: header ?? CommandOutput(try Recorded.text("nodes/coreutils/cni-header.txt")), versions: versions,
            kernel: Self.kernel)
    }

    @Test("a binary that is there, runs, and says its versions")
    func whole() throws {
        let answer = #"{"cniVersion":"1.0.0","supportedVersions":["0.1.0","0.3.1","1.0.0"]}"#
        let found = try read(versions: CommandOutput(answer))
        #expect(found.configurationFiles == ["00-multus.conf", "10-calico.conflist", "multus.d"])
        #expect(found.activeConfiguration == "00-multus.conf")
        #expect(
            found.binary
                == CNIInstallation.Binary(
                    path: "/opt/cni/bin/sriov", mode: "-rwxr-xr-x", sizeBytes: 35664, machine: "x86_64",
                    supportedVersions: ["0.1.0", "0.3.1", "1.0.0"]))
        #expect(found.binary?.isExecutable == true && found.nodeMachine == "x86_64")
    }

    @Test("missing folder and binary are answers; what could not be looked at is an error")
    func missing() throws {
        let none = "ls: cannot access '/etc/cni/net.d': No such file or directory\n"
        let noBinary = "ls: cannot access '/opt/cni/bin/sriov': No such file or directory\n"
        let found = try read(
            folder: CommandOutput("", errors: none), binary: CommandOutput("", errors: noBinary), versions: CommandOutput(""))
        #expect(found.configurationFiles == nil && found.binary == nil)
        let refused = CommandOutput("", errors: "ls: cannot open directory '/etc/cni/net.d': Permission denied\n")
        #expect(throws: DialectError.self) { _ = try read(folder: refused, versions: CommandOutput("")) }
    }

    @Test(
        "why it does not run, in the system's words",
        arguments: [
            (
                "bash: /opt/cni/bin/sriov: cannot execute binary file: Exec format error\n",
                "bash: /opt/cni/bin/sriov: cannot execute binary file: Exec format error"
            ),
            ("sh: 1: /opt/cni/bin/sriov: Permission denied\n", "sh: 1: /opt/cni/bin/sriov: Permission denied"),
        ])
    func problems(errors: String, problem: String) throws {
        let binary = try read(versions: CommandOutput("", errors: errors, exitStatus: 126)).binary
        #expect(binary?.supportedVersions == nil && binary?.runProblem == problem)
    }

    @Test(
        "the machine of a binary",
        arguments: [
            (" 7f 45 4c 46 02 01 01 00 00 00 00 00 00 00 00 00\n 02 00 b7 00\n", "aarch64"),
            (" 7f 45 4c 46 02 02 01 00 00 00 00 00 00 00 00 00\n 00 02 00 16\n", "s390x"),
            (" 7f 45 4c 46 02 01 01 00 00 00 00 00 00 00 00 00\n 02 00 15 00\n", "ppc64le"),
            (" 7f 45 4c 46 02 01 01 00 00 00 00 00 00 00 00 00\n 02 00 ff 7f\n", "elf-32767"),
            (" 23 21 2f 62 69 6e 2f 73 68 0a 65 63 68 6f 20 68\n 69 0a 0a 0a\n", nil), (" 7f 45 4c 46\n", nil),
        ] as [(String, String?)])
    func machines(bytes: String, machine: String?) {
        #expect(ELFHeader.machine(CommandOutput(bytes)) == machine)
    }

    @Test("the kubelet's checkpoint, with devices by NUMA node and as the list of older releases")
    func checkpoint() throws {
        let new =
            #"{"Data":{"PodDeviceEntries":[{"PodUID":"6942bdbf","ContainerName":"c","ResourceName":"intel.com/x","DeviceIDs":{"-1":["0000:01:10.3"],"0":["0000:01:10.5"]},"AllocResp":"CkI="}],"RegisteredDevices":{"intel.com/x":["0000:01:10.3"]}},"Checksum":1234}"#
        let old = new.replacing(#"{"-1":["0000:01:10.3"],"0":["0000:01:10.5"]}"#, with: #"["0000:01:10.3","0000:01:10.5"]"#)
        let expected = [
            DeviceAllocation(
                podUID: "6942bdbf", container: "c", resource: "intel.com/x", deviceIDs: ["0000:01:10.3", "0000:01:10.5"])
        ]
        #expect(try KubeletCheckpoint.read(new) == expected)
        #expect(try KubeletCheckpoint.read(old + "\n") == expected)
        #expect(try KubeletCheckpoint.read(#"{"Data":{"PodDeviceEntries":null,"RegisteredDevices":{}},"Checksum":1}"#).isEmpty)
        #expect(
            throws: DialectError.permissionDenied(
                "cat: /var/lib/kubelet/device-plugins/kubelet_internal_checkpoint: Permission denied")
        ) {
            _ = try KubeletCheckpoint.read(
                "cat: /var/lib/kubelet/device-plugins/kubelet_internal_checkpoint: Permission denied\n")
        }
        #expect(throws: DialectError.self) { _ = try KubeletCheckpoint.read(String(new.prefix(100))) }
        #expect(throws: DialectError.self) { _ = try KubeletCheckpoint.read("{}") }
    }
}
