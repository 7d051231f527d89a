internal import Facts

/// Builds `/sys` of a node, as seen from one network namespace: PCI functions are the same everywhere, netdevs are listed
/// only in the namespace that holds them.
///
/// - Source: Linux `Documentation/ABI/testing/sysfs-bus-pci`, `sysfs-class-net`; listings in `recordings/linux-igb`.
struct SysTree {
    /// Whose netdevs are seen.
    enum Namespace: Hashable {
        case host
        case pod(uid: String)
    }

    private let node: NodeState
    private let namespace: Namespace
    private let now: Duration
    private var tree: FileTree

    static func add(_ node: NodeState, seenFrom namespace: Namespace, at now: Duration, to tree: inout FileTree) {
        var builder = SysTree(node: node, namespace: namespace, now: now, tree: tree)
        builder.build()
        tree = builder.tree
    }

    private init(node: NodeState, namespace: Namespace, now: Duration, tree: FileTree) {
        self.node = node
        self.namespace = namespace
        self.now = now
        self.tree = tree
    }

    private mutating func build() {
        tree.folder("/sys/class/net")
        tree.folder("/sys/bus/pci/devices")
        addVirtual(LinkRecord.loopback())
        for function in node.functions {
            add(function)
            for vf in function.virtualFunctions { add(vf, of: function) }
        }
        addOthers()
        addGroups()
    }

    /// `/sys/devices/pci0000:00/0000:00:03.0/<address>`.
    private func path(_ address: PCIAddress) -> String {
        let bridge = address.bus == 1 ? "0000:00:03.0" : "0000:00:1c.0"
        return "/sys/devices/pci0000:00/\(bridge)/\(address)"
    }

    private mutating func addDevice(
        _ address: PCIAddress, vendor: String, device: String, subsystem: (String, String), revision: String, driver: String
    ) {
        let path = path(address)
        tree.add(path + "/vendor", "0x\(vendor)\n", mode: 0o444)
        tree.add(path + "/device", "0x\(device)\n", mode: 0o444)
        tree.add(path + "/subsystem_vendor", "0x\(subsystem.0)\n", mode: 0o444)
        tree.add(path + "/subsystem_device", "0x\(subsystem.1)\n", mode: 0o444)
        tree.add(path + "/revision", "0x\(revision)\n", mode: 0o444)
        tree.add(path + "/class", "0x020000\n", mode: 0o444)
        tree.add(path + "/numa_node", "0\n")
        tree.add(path + "/enable", "1\n")
        tree.add(
            path + "/uevent",
            "DRIVER=\(driver)\nPCI_CLASS=20000\nPCI_ID=\(vendor.uppercased()):\(device.uppercased())\nPCI_SLOT_NAME=\(address)\n")
        tree.link(path + "/driver", to: "../../../../bus/pci/drivers/\(driver)")
        tree.link(path + "/subsystem", to: "../../../../bus/pci")
        tree.link("/sys/bus/pci/devices/\(address)", to: "../../.." + path.dropFirst(4))
        tree.link("/sys/bus/pci/drivers/\(driver)/\(address)", to: "../../../.." + path.dropFirst(4))
        tree.link("/sys/bus/pci/drivers/\(driver)/module", to: "../../../../module/\(driver)")
        tree.folder("/sys/module/\(driver)")
        tree.folder(path + "/net")
    }

    private mutating func add(_ function: PhysicalFunctionState) {
        let site = function.site
        let model = function.model
        let path = path(site.address)
        addDevice(
            site.address, vendor: model.vendor, device: model.device, subsystem: (model.subsystemVendor, model.subsystemDevice),
            revision: model.revision, driver: model.driver)
        if let virtual = model.virtualFunction {
            tree.add(path + "/sriov_totalvfs", "\(virtual.total)\n", mode: 0o444)
            tree.add(path + "/sriov_numvfs", "\(function.virtualFunctions.count)\n")
            tree.add(path + "/sriov_offset", "\(virtual.offset)\n", mode: 0o444)
            tree.add(path + "/sriov_stride", "\(virtual.stride)\n", mode: 0o444)
            tree.add(path + "/sriov_vf_device", "\(virtual.device)\n", mode: 0o444)
            tree.add(path + "/sriov_drivers_autoprobe", "1\n")
        }
        for vf in function.virtualFunctions { tree.link(path + "/virtfn\(vf.index)", to: "../\(vf.address)") }
        guard namespace == .host else { return }
        let speed = function.isUp ? "\(model.speedMegabits)\n" : "-1\n"
        addNetdev(
            site.name, below: path, index: site.index, mac: site.mac, mtu: site.mtuBytes,
            up: function.adminUp, carrier: function.carrier, speed: speed)
    }

    private mutating func add(_ vf: VirtualFunctionState, of function: PhysicalFunctionState) {
        guard let model = function.model.virtualFunction else { return }
        let path = path(vf.address)
        addDevice(
            vf.address, vendor: function.model.vendor, device: model.device,
            subsystem: (function.model.subsystemVendor, function.model.subsystemDevice),
            revision: function.model.revision, driver: model.driver)
        tree.link(path + "/physfn", to: "../\(function.site.address)")
        let name: String
        switch vf.netdev {
        case .host(let host) where namespace == .host: name = host
        case .pod(let uid, let inside) where namespace == .pod(uid: uid): name = inside
        default: return
        }
        let carrier = function.isUp && vf.hasCarrier(at: now)
        addNetdev(
            name, below: path, index: vf.netdevIndex, mac: vf.mac, mtu: 1500, up: vf.netdevUp, carrier: carrier,
            speed: carrier ? "\(function.model.speedMegabits)\n" : "-1\n")
    }

    /// The folder of a netdev and its link in `/sys/class/net`.
    private mutating func addNetdev(
        _ name: String, below device: String, index: Int, mac: MACAddress, mtu: Int, up: Bool, carrier: Bool, speed: String
    ) {
        let path = device + "/net/" + name
        tree.link(path + "/device", to: "../../../" + (device.split(separator: "/").last ?? ""))
        tree.link(path + "/subsystem", to: "../../../../../../class/net")
        addFiles(at: path, index: index, mac: mac, mtu: mtu, up: up, carrier: carrier, state: up && carrier ? "up" : "down")
        tree.add(path + "/speed", speed, mode: 0o444)
        tree.link("/sys/class/net/\(name)", to: "../.." + path.dropFirst(4))
    }

    private mutating func addFiles(
        at path: String, index: Int, mac: MACAddress, mtu: Int, up: Bool, carrier: Bool, state: String
    ) {
        tree.add(path + "/address", "\(mac)\n", mode: 0o444)
        tree.add(path + "/ifindex", "\(index)\n", mode: 0o444)
        tree.add(path + "/mtu", "\(mtu)\n")
        tree.add(path + "/operstate", state + "\n", mode: 0o444)
        // Reading `carrier` of a link that is down is refused by the kernel; an empty file is as near as we come.
        tree.add(path + "/carrier", up ? (carrier ? "1\n" : "0\n") : "", mode: 0o444)
        tree.add(path + "/flags", up ? "0x1003\n" : "0x1002\n")
        tree.add(path + "/type", "1\n", mode: 0o444)
        for name in ["rx_bytes", "rx_packets", "tx_bytes", "tx_packets", "rx_errors", "tx_errors"] {
            tree.add(path + "/statistics/" + name, "0\n", mode: 0o444)
        }
    }

    private mutating func addVirtual(_ link: LinkRecord) {
        let path = "/sys/devices/virtual/net/" + link.name
        addFiles(
            at: path, index: link.index, mac: link.mac, mtu: link.mtuBytes, up: link.flags.contains("UP"),
            carrier: link.flags.contains("LOWER_UP"), state: link.state.lowercased())
        tree.link("/sys/class/net/\(link.name)", to: "../.." + path.dropFirst(4))
    }

    /// Links without a PCI function: eth0 in a pod, the other ends and made-up links on the host.
    private mutating func addOthers() {
        switch namespace {
        case .host:
            for link in node.links where link.parent == nil && link.type != "loopback" { addVirtual(link) }
        case .pod(let uid):
            for interface in node.sandbox(uid)?.interfaces ?? [] {
                guard case .pair = interface.kind else { continue }
                addVirtual(
                    LinkRecord(
                        index: interface.index, name: interface.name, flags: ["UP", "LOWER_UP"], mtuBytes: interface.mtuBytes,
                        qdisc: "noqueue", state: "UP", mac: interface.mac))
            }
        }
    }

    /// `/sys/kernel/iommu_groups`: one group a function, when the kernel was told to use the IOMMU.
    private mutating func addGroups() {
        tree.folder("/sys/kernel/iommu_groups")
        guard node.site.commandLine.contains("intel_iommu=on") || node.site.commandLine.contains("amd_iommu=on") else { return }
        let addresses = node.functions.flatMap { [$0.site.address] + $0.virtualFunctions.map(\.address) }
        for (group, address) in addresses.enumerated() {
            tree.link("/sys/kernel/iommu_groups/\(group)/devices/\(address)", to: "../../../.." + path(address).dropFirst(4))
            tree.link(path(address) + "/iommu_group", to: "../../../../kernel/iommu_groups/\(group)")
        }
    }
}
