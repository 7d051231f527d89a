internal import Facts

/// The file tree of a node, derived from what is true of it now.
enum NodeFiles {
    static func tree(of node: NodeState, at now: Duration) -> FileTree {
        var tree = FileTree()
        tree.add("/proc/cmdline", node.site.commandLine + "\n", mode: 0o444)
        tree.add("/proc/uptime", uptime(at: now), mode: 0o444)
        tree.add("/etc/hostname", "\(node.site.name)\n")
        tree.add("/etc/os-release", "PRETTY_NAME=\"\(node.site.osImage)\"\n")
        SysTree.add(node, seenFrom: .host, at: now, to: &tree)
        addCNI(node.cni, to: &tree)
        addKubelet(node, to: &tree)
        for path in ["/dev", "/home", "/root", "/tmp", "/usr/bin", "/var/log"] { tree.folder(path) }
        return tree
    }

    /// The files that host-local, sriov-cni, the container runtime and the kubelet leave on a node.
    static func agents(of node: NodeState) -> [(path: String, text: String)] {
        var tree = FileTree()
        for (name, text) in node.cni.configurations { tree.add("/etc/cni/net.d/" + name, text) }
        addAttachments(node.cni, to: &tree)
        addKubelet(node, to: &tree)
        return tree.texts
    }

    /// The node was up a day before the site came up.
    private static func uptime(at now: Duration) -> String {
        let hundredths = 8_640_000 + now.components.seconds * 100
        return "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10) \(hundredths * 20 / 100).00\n"
    }

    private static func addCNI(_ cni: CNIState, to tree: inout FileTree) {
        tree.folder("/opt/cni/bin")
        for (name, binary) in cni.binaries {
            tree.add("/opt/cni/bin/" + name, bytes: elf(binary), mode: binary.mode)
        }
        tree.folder("/etc/cni/net.d")
        for (name, text) in cni.configurations { tree.add("/etc/cni/net.d/" + name, text, mode: 0o600) }
        addAttachments(cni, to: &tree)
    }

    private static func addAttachments(_ cni: CNIState, to tree: inout FileTree) {
        tree.folder("/var/lib/cni/networks")
        for lease in cni.leases {
            tree.add("/var/lib/cni/networks/\(lease.network)/\(lease.address)", "\(lease.containerID)\r\n\(lease.interface)")
        }
        for (network, address) in cni.lastReserved {
            tree.add("/var/lib/cni/networks/\(network)/lock", "")
            tree.add("/var/lib/cni/networks/\(network)/last_reserved_ip.0", "\(address)")
        }
        tree.folder("/var/lib/cni/sriov/pci")
        for (name, value) in cni.cache {
            tree.add("/var/lib/cni/sriov/" + name, value.compactText, mode: 0o600)
            guard let device = value["deviceID"]?.text else { continue }
            tree.add("/var/lib/cni/sriov/pci/" + device, value["netns"]?.text ?? "", mode: 0o600)
        }
    }

    /// The header of an ELF executable of 64 bits, padded to the file's size only as far as anybody reads.
    private static func elf(_ binary: CNIBinary) -> [UInt8] {
        var bytes: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0] + [UInt8](repeating: 0, count: 8)
        bytes += [2, 0, UInt8(binary.machine & 0xff), UInt8(binary.machine >> 8), 1, 0, 0, 0]
        return bytes + [UInt8](repeating: 0, count: 40)
    }

    private static func addKubelet(_ node: NodeState, to tree: inout FileTree) {
        let plugin = node.devicePlugin
        let entries = plugin.allocations.map { allocation in
            JSONValue.object([
                .init("PodUID", .string(allocation.podUID)), .init("ContainerName", .string(allocation.container)),
                .init("ResourceName", .string(allocation.resource.text)),
                .init("DeviceIDs", .object([.init("0", .array(allocation.devices.map { .string($0.description) }))])),
                .init("AllocResp", ""),
            ])
        }
        let registered = plugin.registered.keys.sorted().map { resource in
            JSONValue.Member(resource.text, .array((plugin.registered[resource] ?? []).map { .string($0.description) }))
        }
        let data = JSONValue.object([
            .init("PodDeviceEntries", entries.isEmpty ? .null : .array(entries)), .init("RegisteredDevices", .object(registered)),
        ])
        let checkpoint = JSONValue.object([.init("Data", data), .init("Checksum", 1_234_567_890)])
        tree.add("/var/lib/kubelet/device-plugins/kubelet_internal_checkpoint", checkpoint.compactText, mode: 0o600)
        tree.add("/var/lib/kubelet/device-plugins/kubelet.sock", bytes: [], mode: 0o755)
        for resource in plugin.registered.keys where plugin.running {
            let name = resource.text.replacing("/", with: "_")
            tree.add("/var/lib/kubelet/plugins_registry/\(name).sock", bytes: [], mode: 0o755)
        }
    }
}
