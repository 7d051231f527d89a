package import Facts

/// One node: what its kernel, its PCI bus and its kubelet would show.
package struct SiteNode: Hashable, Sendable {
    package var name: NodeName
    /// The node's InternalIP.
    package var address: IPAddress
    package var cpus: Int
    package var memoryKiB: Int
    package var ephemeralStorageBytes: Int
    /// `uname -r`.
    package var kernel: String
    package var osImage: String
    /// `uname -m`.
    package var machine: String
    /// `/proc/cmdline`, without the newline.
    package var commandLine: String
    package var nics: [SiteNIC]
    /// Netdevs with no PCI function, by name (`pkt0`, `kube-ipvs0`), as `lshw` lists them.
    package var virtualInterfaces: [String]
    /// Whether lldpd runs on it: switches then hear of it on its ports.
    package var lldp = false
    /// The VF that the device plugin hands out first, and the address the seed's pod asks for there; nil on a node without VFs.
    package var attachment: SiteAttachment?
    /// eth0 of the first pod on this node; later pods count on from it.
    package var podInterface: SitePodInterface

    package init(name: NodeName, address: IPAddress, nics: [SiteNIC], podInterface: SitePodInterface) {
        self.name = name
        self.address = address
        self.nics = nics
        self.podInterface = podInterface
        cpus = 24
        memoryKiB = 131_670_000
        ephemeralStorageBytes = 529_563_926_061
        kernel = "5.4.0-135-generic"
        osImage = "Ubuntu 20.04.5 LTS"
        machine = "x86_64"
        commandLine =
            "BOOT_IMAGE=/boot/vmlinuz-5.4.0-135-generic root=/dev/sda1 ro intel_iommu=on iommu=pt "
            + "default_hugepagesz=1G hugepagesz=1G hugepages=16"
        virtualInterfaces = []
    }
}

/// Which VF the first pod on a node is given, by which address the scenario's pod goes, and how far the gateway is.
package struct SiteAttachment: Hashable, Sendable {
    /// 0-based VF index on the PF that has VFs.
    package var virtualFunction: Int
    package var address: IPAddress
    /// Round trip of an echo to the gateway.
    package var roundTrip: Duration

    package init(virtualFunction: Int, address: IPAddress, roundTrip: Duration) {
        self.virtualFunction = virtualFunction
        self.address = address
        self.roundTrip = roundTrip
    }
}

/// eth0 of a node's first pod.
package struct SitePodInterface: Hashable, Sendable {
    package var index: Int
    package var mac: MACAddress
    package var address: IPPrefix
    /// The MAC from which eth0's link-local address is made; some CNIs change the MAC after it was made.
    package var linkLocalMAC: MACAddress

    package init(index: Int, mac: MACAddress, address: IPPrefix, linkLocalMAC: MACAddress) {
        self.index = index
        self.mac = mac
        self.address = address
        self.linkLocalMAC = linkLocalMAC
    }
}

/// One port of a network card: a PCI function with a netdev, with or without VFs.
package struct SiteNIC: Hashable, Sendable {
    package var name: String
    package var index: Int
    package var model: NICModel
    package var address: PCIAddress
    package var mac: MACAddress
    package var mtuBytes: Int
    /// VF 0 first. Empty for a port without SR-IOV in use.
    package var virtualFunctions: [SiteVirtualFunction]
    /// The switch port at the other end of its cable; nil when it goes to a network that the site does not model.
    package var cable: SwitchPort?

    package init(
        name: String, index: Int, model: NICModel, address: PCIAddress, mac: MACAddress, mtuBytes: Int = 1500,
        virtualFunctions: [SiteVirtualFunction] = [], cable: SwitchPort? = nil
    ) {
        self.name = name
        self.index = index
        self.model = model
        self.address = address
        self.mac = mac
        self.mtuBytes = mtuBytes
        self.virtualFunctions = virtualFunctions
        self.cable = cable
    }
}

/// A VF as its driver created it.
package struct SiteVirtualFunction: Hashable, Sendable {
    package var address: PCIAddress
    package var mac: MACAddress

    package init(address: PCIAddress, mac: MACAddress) {
        self.address = address
        self.mac = mac
    }
}
