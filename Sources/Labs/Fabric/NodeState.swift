package import Facts

/// What is true of one node now. A value: devices and pods answer from a copy of it.
package struct NodeState: Sendable {
    package let site: SiteNode
    /// By position in `site.nics`.
    package var functions: [PhysicalFunctionState]
    /// Pods whose sandbox exists, by pod UID, oldest first.
    package var sandboxes: [PodSandbox] = []
    package var cni: CNIState
    package var devicePlugin: DevicePluginState
    /// Pods of DaemonSets on this node, with their DaemonSet's name. They live in the host's own network.
    package var daemons: [PodReference: String] = [:]
    /// Why the SR-IOV operator could not set the node up, as its daemon says; nil when it could.
    package var operatorError: String?
    /// How many VFs the operator believes there are; nil: as many as there are.
    package var operatorCount: Int?
    /// True while a policy of the operator asks for one VF more than there is.
    package var policyWantsMore = false
    /// True while ResourceClaims of its pods name another VF than they have.
    package var claimsNameOther = false
    /// What containers on this node cannot do.
    package var containers = ContainerLimits()
    /// Sandboxes made since the node came up; their eth0 counts on from the site's first.
    package var sandboxesMade = 0

    package init(site: SiteNode, cluster: SiteCluster) {
        self.site = site
        functions = site.nics.map { PhysicalFunctionState(site: $0) }
        cni = CNIState(cluster: cluster)
        devicePlugin = DevicePluginState()
    }

    /// The PF with VFs; nil on a node without any.
    package var sriov: PhysicalFunctionState? { functions.first { $0.site.cable != nil && $0.model.virtualFunction != nil } }

    package func sandbox(_ uid: String) -> PodSandbox? { sandboxes.first { $0.uid == uid } }
}

/// One PF (or a port without VFs) and its VFs.
package struct PhysicalFunctionState: Sendable {
    package let site: SiteNIC
    /// The card that is really there.
    package var model: NICModel
    package var adminUp = true
    /// False while its cable is out or its switch port is down.
    package var carrier = true
    /// True where the kernel found no room for the registers of VFs, and said so in its log.
    package var lacksRoom = false
    /// As many as `sriov_numvfs` says; empty when none were created.
    package var virtualFunctions: [VirtualFunctionState]

    package init(site: SiteNIC) {
        self.site = site
        model = site.model
        virtualFunctions = site.virtualFunctions.enumerated().map { index, function in
            VirtualFunctionState(
                index: index, address: function.address, mac: function.mac, netdevIndex: site.index + 1 + index,
                netdev: .host(name: "\(site.name)v\(index)"))
        }
    }

    package var isUp: Bool { adminUp && carrier }
}

/// Link state of a VF as the PF's administrator sets it.
package enum VFLinkState: String, Sendable { case auto, enable, disable }

/// Where a VF's netdev is now.
package enum NetdevPlace: Hashable, Sendable {
    case host(name: String)
    /// In the network namespace of a pod, by pod UID.
    case pod(uid: String, name: String)
}

package struct VirtualFunctionState: Sendable {
    package let index: Int
    package let address: PCIAddress
    /// The MAC that the PF's `vf` line shows and the netdev has.
    package var mac: MACAddress
    package let netdevIndex: Int
    package var netdev: NetdevPlace
    /// Nil when untagged.
    package var vlan: VLANID?
    package var qos = 0
    package var vlanProtocol = "802.1Q"
    package var spoofCheck = true
    package var trust = false
    package var linkState = VFLinkState.auto
    /// Mb/s; 0 is no limit.
    package var minTxRate = 0
    package var maxTxRate = 0
    package var netdevUp = false
    /// When the carrier comes (or came), in site time; nil while the netdev is down.
    package var carrierAt: Duration?
    /// Whether the interface has sent what it sends by itself when its carrier comes.
    package var hasAnnounced = false

    package init(index: Int, address: PCIAddress, mac: MACAddress, netdevIndex: Int, netdev: NetdevPlace) {
        self.index = index
        self.address = address
        self.mac = mac
        self.netdevIndex = netdevIndex
        self.netdev = netdev
    }

    /// Whether the netdev has a carrier at this moment, its PF being up.
    package func hasCarrier(at now: Duration) -> Bool {
        guard netdevUp, linkState != .disable, let carrierAt else { return false }
        return carrierAt <= now
    }
}

/// What of the CNI is installed on a node.
package struct CNIState: Sendable {
    /// Executables in `/opt/cni/bin`, by name.
    package var binaries: [String: CNIBinary]
    /// Files in `/etc/cni/net.d`, by name; the first in order is what the container runtime uses.
    package var configurations: [String: String]
    package var multusRunning = true
    /// What sriov-cni does with the VLAN of a configuration.
    package var vlanWriting = VLANWriting.asConfigured
    /// Whether DEL puts back what ADD had set.
    package var resetsOnDelete = true
    /// What befalls the VFs of pods behind sriov-cni's back.
    package var mishaps: Set<Mishap> = []
    /// The address that host-local gave last, by network; its folder stays when the last lease goes.
    package var lastReserved: [String: IPAddress] = [:]
    /// host-local's leases: `/var/lib/cni/networks/<network>/<address>`.
    package var leases: [Lease] = []
    /// sriov-cni's cache: `/var/lib/cni/sriov/<container>-<interface>`, by that name.
    package var cache: [String: JSONValue] = [:]

    package struct Lease: Hashable, Sendable {
        package var network: String
        package var address: IPAddress
        package var containerID: String
        package var interface: String
    }

    package init(cluster: SiteCluster) {
        let reference = ["bridge", "host-local", "loopback", "portmap", "multus-shim", "sriov", "static"]
        binaries = Dictionary(uniqueKeysWithValues: reference.map { ($0, CNIBinary()) })
        configurations = [
            "00-multus.conf": CNIState.multusConfiguration(defaultNetwork: cluster.defaultNetwork),
            "10-\(cluster.defaultNetwork).conflist": CNIState.defaultConfiguration(name: cluster.defaultNetwork),
        ]
    }

    /// The name of the configuration in use: the first in lexical order. Nil when there is none.
    package var active: String? { configurations.keys.min() }

    /// Whether pods are set up by Multus.
    package var usesMultus: Bool { multusRunning && active == "00-multus.conf" }

    private static func multusConfiguration(defaultNetwork: String) -> String {
        JSONValue.object([
            .init("cniVersion", "0.3.1"), .init("name", "multus-cni-network"), .init("type", "multus"),
            .init("kubeconfig", "/etc/cni/net.d/multus.d/multus.kubeconfig"),
            .init(
                "delegates",
                [
                    .object([
                        .init("cniVersion", "0.3.1"), .init("name", .string(defaultNetwork)),
                        .init("plugins", [["type": "bridge"], ["type": "portmap"]]),
                    ])
                ]),
        ]).compactText
    }

    private static func defaultConfiguration(name: String) -> String {
        JSONValue.object([
            .init("cniVersion", "0.3.1"), .init("name", .string(name)),
            .init("plugins", [["type": "bridge"], ["type": "portmap"]]),
        ]).prettyText + "\n"
    }
}

/// An executable as `stat` and `od` see it.
package struct CNIBinary: Hashable, Sendable {
    package var mode = 0o755
    /// ELF `e_machine`: 0x3e is x86-64, 0xb7 is AArch64.
    package var machine: UInt16 = 0x3e
    package var sizeBytes = 4_205_568
    package init() {}
}

/// What the device plugin told the kubelet, and what the kubelet gave out.
package struct DevicePluginState: Sendable {
    package var running = true
    /// Devices by resource, as registered when the plugin started. It looks once: VFs that come later are not in it.
    package var registered: [ResourceName: [PCIAddress]] = [:]
    package var allocations: [Allocation] = []
    /// The VFs that were there when the plugin looked, where that is not all of them: a fault. Nil: it saw all.
    package var sawOnly: Set<PCIAddress>?

    package struct Allocation: Hashable, Sendable {
        package var podUID: String
        package var container: String
        package var resource: ResourceName
        package var devices: [PCIAddress]
    }

    package init() {}

    package func free(_ resource: ResourceName) -> [PCIAddress] {
        let taken = Set(allocations.filter { $0.resource == resource }.flatMap(\.devices))
        return (registered[resource] ?? []).filter { !taken.contains($0) }
    }
}
